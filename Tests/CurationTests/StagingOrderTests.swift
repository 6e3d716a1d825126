import Foundation
import MapGeometry
import SpatialDatabase
import TestSupport
import Testing

@testable import Curation

/// What is put aside lies along Hilbert's curve, as the store takes it in fastest.
@Suite struct StagingOrderTests {
    @Test("Contributions are put aside in the order of their keys, those of one place as they came, and none is lost")
    func alongTheCurve() throws {
        let fixture = try ImportFixture()
        var generator = SeededGenerator(seed: 31)
        let rows = (0..<3_000).map { number -> (Double, Double, String) in
            let longitude = (Double.random(in: -1_800...1_800, using: &generator)).rounded() / 10
            let latitude = (Double.random(in: -840...840, using: &generator)).rounded() / 10
            return number % 5 == 0 ? (2.3, 48.8, "\(number)") : (longitude, latitude, "\(number)")
        }
        let text = "lon,lat,title\n" + rows.map { "\($0.0),\($0.1),\($0.2)\n" }.joined()
        let staged = try fixture.source("a.csv", text).stage(besideStore: fixture.store.path)
        defer { staged.remove() }
        let lines = try String(contentsOfFile: staged.path, encoding: .utf8).split(separator: "\n")
        let titles = lines.compactMap { line in
            line.split(separator: #""title":""#).last?.prefix { $0 != "\"" }
        }.compactMap { Int($0) }
        let keys = rows.map {
            WebMercator.hilbertKey(of: Coordinate(clampingLongitude: $0.0, latitude: $0.1))
        }
        let expected = rows.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
        #expect(titles == expected, "seed 31")
        let left = try FileManager.default.contentsOfDirectory(
            atPath: URL(fileURLWithPath: staged.path).deletingLastPathComponent().path)
        #expect(!left.contains { $0.hasSuffix(".waiting") })
    }
}
