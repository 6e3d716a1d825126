import Foundation
import Testing

@testable import MapFormats

@Suite("Bytes that arrive in pieces")
struct ByteSourceTests {
    @Test("a file is read to its end and counted")
    func files() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("bytes-\(UUID()).txt").path
        let content = Data((0..<1000).map { UInt8($0 % 251) })
        try content.write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        var source = try ByteSource(path: path, chunkSize: 64)
        #expect(try source.peek(100).count == 128)
        #expect(source.bytesRead == 0)
        var bytes: [UInt8] = []
        while let piece = try source.next() { bytes += piece }
        #expect(bytes == Array(content))
        #expect(source.bytesRead == 1000)
        #expect(try source.next() == nil)
    }

    @Test("a file that is not there, a folder and a failing closure are unreadable, not empty")
    func unreadable() {
        #expect(throws: FormatError.self) { try ByteSource(path: "/nonexistent/file.csv") }
        #expect(throws: FormatError.self) {
            var source = try ByteSource(path: NSTemporaryDirectory())
            _ = try source.next()
        }
        struct Broken: Error {}
        var broken = ByteSource { throw Broken() }
        let error = #expect(throws: FormatError.self) { try broken.next() }
        #expect(error?.description.hasPrefix("the file cannot be read") == true)
    }

    @Test("empty pieces are passed over")
    func emptyPieces() throws {
        var pieces: [[UInt8]] = [[], [1], [], [2, 3], []]
        var source = ByteSource { pieces.isEmpty ? nil : pieces.removeFirst() }
        #expect(try source.peek(1) == [1])
        #expect(try source.next() == [1])
        #expect(try source.next() == [2, 3])
        #expect(try source.next() == nil)
    }

    @Test(
        "a format is recognised by the name, failing that by the first bytes",
        arguments: [
            ("a/b.GeoJSON", "", RecordFormat.geojson), ("x.ndjson", "", .geojsonl), ("x.geojsonl", "{", .geojsonl),
            ("x.csv", "{}", .csv), ("x.tsv", "", .csv),
            ("x.json", "{\"type\":\"Feature\"}\n{\"type\":\"Feature\"}", .geojsonl),
            ("x.json", "\u{FEFF} {\"type\":\"FeatureCollection\",\n\"features\":[{}", .geojson),
            ("x.json", "{\"type\":\"Feature\"}\n", .geojson), ("-", "\u{1E}{}", .geojsonl),
            ("data", "lon,lat\n1,2", .csv),
            ("data.geojson/x", "", .csv), ("", "[1]", .geojson), ("x.json", "{\"a\":]}", .geojson),
        ] as [(String, String, RecordFormat)])
    func detection(name: String, bytes: String, expected: RecordFormat) {
        #expect(RecordFormat.detect(fileName: name, firstBytes: Array(bytes.utf8)) == expected)
    }
}
