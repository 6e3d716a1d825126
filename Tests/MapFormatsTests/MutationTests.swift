import MapGeometry
import TestSupport
import Testing

@testable import MapFormats

@Suite("Mutated input")
struct MutationTests {
    private static let seeds: [(RecordFormat, String)] =
        GeoJSONStreamTests.collections.map { (.geojson, $0) } + GeoJSONStreamTests.sequences.map { (.geojsonl, $0) }
        + [
            (.csv, "lon,lat,\"nom\"\r\n2.5,48.5,\"a\r\n\"\"b\"\"\"\r\n;\t,,\r\n"),
            (
                .geojsonl,
                #"{"type":"Feature","geometry":{"type":"MultiPolygon","coordinates":[[[[0,0],[4,0],[4,4],[0,0]]]]}}"#
            ),
        ]

    private static let tokens: [[UInt8]] =
        [
            "[", "]", "{", "}", "\"", "\\", ",", ":", "1e999", "-", "NaN", "\\ud800", "\n", "\r\n", "\u{1E}", ";",
            "null",
        ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0], [0xEF, 0xBB, 0xBF], []]

    private static func mutate(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        var bytes = bytes
        for _ in 0...Int.random(in: 0...3, using: &random) {
            let start = Int.random(in: 0...bytes.count, using: &random)
            let end = min(bytes.count, start + Int.random(in: 0...3, using: &random))
            bytes.replaceSubrange(start..<end, with: tokens.randomElement(using: &random) ?? [])
        }
        if Int.random(in: 0..<8, using: &random) == 0 { bytes.removeLast(bytes.count / 3) }
        return bytes
    }

    @Test("never crashes a reader, and reads the same however it is cut")
    func mutationsAreHarmless() {
        let seed: UInt64 = 2026
        var random = SeededGenerator(seed: seed)
        for round in 0..<4_000 {
            let (format, text) = Self.seeds[round % Self.seeds.count]
            let bytes = Self.mutate(Array(text.utf8), &random)
            let whole = Reading(bytes, as: format)
            let pieces = Reading(bytes, as: format, chunkSize: Int.random(in: 1...9, using: &random))
            #expect(whole == pieces, "seed \(seed), round \(round): \(bytes)")
        }
    }

    @Test("what is accepted after mutation is written as JSON that reads back the same")
    func acceptedFeaturesRoundTrip() throws {
        let seed: UInt64 = 77
        var random = SeededGenerator(seed: seed)
        var accepted = 0
        for round in 0..<3_000 {
            let (_, text) = Self.seeds[round % 2 == 0 ? 4 : Self.seeds.count - 1]
            let bytes = Self.mutate(Array(text.utf8), &random)
            guard let feature = try? GeoJSONReader.feature(from: bytes) else { continue }
            accepted += 1
            let written = GeoJSONWriter(decimals: 9).bytes(of: feature)
            #expect(try GeoJSONReader.feature(from: written) == feature, "seed \(seed), round \(round): \(bytes)")
        }
        #expect(accepted > 50)
    }
}
