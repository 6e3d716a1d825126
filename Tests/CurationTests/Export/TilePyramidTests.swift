import Contributions
import MapFormats
import MapGeometry
import SpatialIndex
import Testing

@testable import Curation

/// The tiles of an archive are those that one would find by looking at every tile there can be.
@Suite struct TilePyramidTests {
    private static let last = 5

    @Test(
        "Each tile that is not empty is there once, with the bytes that are served",
        arguments: 1...4 as ClosedRange<UInt64>)
    func theTilesAreThoseOfTheServer(seed: UInt64) async throws {
        var random = RandomContributions(seed: seed, hasCells: true)
        let layer = try await LayerFixture(try random.publications(80)).layer
        try compare(layer.snapshot, layer.identifier, "seed \(seed)")
    }

    @Test("What an area fills is written once for all tiles inside, and is what they would be")
    func fullTilesStandForThoseInside() async throws {
        let ring = try LinearRing([place(-30, -30), place(60, -30), place(60, 60), place(-30, 60), place(-30, -30)])
        let contribution = try Contribution(kind: .place, title: "Mer", geometry: .polygon(Polygon(exterior: ring)))
        let publication = try PublishedFeature.publication(of: contribution, identifier: PublicIdentifier(bits: 7))
        let layer = try await LayerFixture([publication]).layer
        let repeated = try compare(layer.snapshot, layer.identifier, "one area")
        #expect(repeated >= 20, "\(repeated)")
    }

    @Test("A tile that is stretched shows each feature by itself")
    func theLastZoomHasNoClusters() async throws {
        let publications = try (0..<50).map { number in
            try PublishedFeature.publication(
                of: try Contribution(kind: .place, title: "\(number)", geometry: .point(place(2.3795, 48.868))),
                identifier: PublicIdentifier(bits: UInt128(number)))
        }
        let layer = try await LayerFixture(publications).layer
        var titles: Set<String> = []
        let pyramid = TilePyramid(of: layer.identifier, snapshot: layer.snapshot, matching: .all)
        try pyramid.forEachRun { run in
            let features = try DecodedTile(run.tile).features
            #expect(features.contains { $0.properties["cluster"] != nil } == (run.zoom < 14))
            guard run.zoom == 14 else { return }
            for case .text(let title)? in features.map({ $0.properties["title"] }) { titles.insert(title) }
        }
        #expect(titles.count == 50)
    }

    /// Returns how many tiles were written without being looked at.
    @discardableResult
    private func compare(_ snapshot: IndexSnapshot, _ layer: LayerIdentifier, _ what: String) throws -> Int {
        var found: [TileAddress: [UInt8]] = [:]
        var order: [UInt64] = []
        var repeated = 0
        let pyramid = TilePyramid(of: layer, snapshot: snapshot, matching: .all, zooms: 0...Self.last)
        try pyramid.forEachRun { run in
            order.append(PMTilesEntry.firstTile(ofZoom: run.zoom) + run.first)
            if run.count > 1 { repeated += run.addresses.count }
            #expect(run.addresses.count == Int(run.count))
            for address in run.addresses {
                #expect(found.updateValue(run.tile, forKey: address) == nil, "\(what), \(address)")
            }
        }
        #expect(order == order.sorted(), "\(what)")
        for zoom in 0...Self.last {
            for column in 0..<(1 << zoom) {
                for row in 0..<(1 << zoom) {
                    let address = try TileAddress(zoom: zoom, column: column, row: row)
                    let contents = TileContents(
                        of: address, layer: layer.text, snapshot: snapshot, mayCluster: zoom < Self.last)
                    let tile = try contents.vectorTile
                    #expect(try tile == VectorTileWriter.bytes(of: [contents.vectorLayer]), "\(what), \(address)")
                    #expect(found[address] ?? [] == tile, "\(what), \(address)")
                }
            }
        }
        return repeated
    }
}
