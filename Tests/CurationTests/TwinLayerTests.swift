import Contributions
import Curation
import MapGeometry
import SpatialDatabase
import SpatialIndex
import Testing

/// A layer as single writes have left it, beside the same one fresh from the store.
@Suite struct TwinLayerTests {
    @Test(
        "Tiles and themes are, to the byte, those of a layer that never had what was withdrawn",
        arguments: 1...4 as ClosedRange<UInt64>)
    func withdrawnIsGone(seed: UInt64) async throws {
        var random = RandomContributions(seed: 900 + seed)
        let staying = try random.publications(60)
        let fixture = try await LayerFixture(staying)
        let fresh = try fixture.layer
        let other = Layer(identifier: try LayerIdentifier("detour"))
        try await fixture.layers.create(other)
        let layer = try fixture.layers.require(other.identifier)
        var withdrawn: [Publication] = []
        for publication in staying {
            let passing = try random.publications(random.number(4)) + [try secret(&random)]
            layer.apply(insert: passing + [publication], remove: withdrawn.suffix(3).map(\.identifier))
            withdrawn += passing
        }
        #expect(layer.themes.contains("secret"))
        layer.apply(remove: withdrawn.map(\.identifier))
        #expect(layer.themes == fresh.themes && !layer.themes.contains("secret"), "seed \(900 + seed)")
        #expect(layer.snapshot.count == staying.count && layer.snapshot.extent == fresh.snapshot.extent)
        for _ in 0..<150 {
            let (x, y) = WebMercator.project(random.place())
            guard 0..<1 ~= x, 0..<1 ~= y else { continue }
            let zoom = random.number(23)
            let side = Double(1 << zoom)
            let address = try TileAddress(zoom: zoom, column: Int(x * side), row: Int(y * side))
            let (found, expected) = (contents(address, layer), contents(address, fresh))
            #expect(found.geoJSON == expected.geoJSON, "seed \(900 + seed), \(address)")
            #expect(try found.vectorTile == expected.vectorTile, "seed \(900 + seed), \(address)")
        }
    }

    private func contents(_ address: TileAddress, _ layer: PublishedLayer) -> TileContents {
        TileContents(of: address, layer: "quartier", snapshot: layer.snapshot)
    }

    private func secret(_ random: inout RandomContributions) throws -> Publication {
        try PublishedFeature.publication(
            of: Contribution(themes: ["secret"], geometry: .point(random.place())), identifier: random.identifier())
    }

    @Test("What is applied is found by its kind, its themes, its time and its place, and gone when it is removed")
    func whatIsAppliedIsFound() async throws {
        let fixture = try await LayerFixture()
        let layer = try fixture.layer
        let contribution = try Contribution(
            kind: .memory, title: "La cour", themes: ["cour"], when: ExtendedDate("1987"),
            geometry: .point(place(2.38, 48.87)))
        let publication = try PublishedFeature.publication(of: contribution, identifier: PublicIdentifier(bits: 9))
        layer.apply(insert: [publication])
        let query = FeatureQuery(
            seconds: try ExtendedDate("1987-06").seconds, kinds: [.memory], themes: ["cour", "inconnu"])
        func found() -> [UInt128] {
            let filter = layer.filter(for: query, matches: nil)
            return layer.nearest(.init(place: place(2.38, 48.87), radius: 1), matching: filter, after: nil, limit: 9)
                .entries.map(\.feature.identifier)
        }
        #expect(found() == [9])
        #expect(layer.snapshot.feature(identifier: 9)?.withText { text, _ in Array(text) } == publication.feature)
        #expect(layer.themes == ["cour"])
        layer.apply(remove: [publication.identifier, PublicIdentifier(bits: 10)])
        #expect(found().isEmpty && layer.themes.isEmpty)
    }
}
