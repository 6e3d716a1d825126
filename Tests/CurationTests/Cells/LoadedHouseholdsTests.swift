import Contributions
import Curation
import MapGeometry
import Projections
import SpatialDatabase
import SpatialIndex
import TestSupport
import Testing

@Suite("A household table in force")
struct LoadedHouseholdsTests {
    /// Where few live: scattered cells in some 100 km around Paris, most of them with fewer than eleven households.
    private struct Countryside {
        var counts: [GridCell: Double] = [:]
        var generator: SeededGenerator

        init(seed: UInt64) {
            generator = SeededGenerator(seed: seed)
            for _ in 0..<4_000 {
                counts[GridCell(holding: place())] = Double.random(in: 0...15, using: &generator).rounded()
            }
        }

        mutating func place() -> Coordinate {
            Coordinate(
                clampingLongitude: Double.random(in: 2...3.4, using: &generator),
                latitude: Double.random(in: 48.4...49.3, using: &generator))
        }

        func table() throws -> HouseholdTable {
            try HouseholdTable(
                counts.map { try #require(HouseholdTable.Entry(cell: $0.key, households: $0.value)) })
        }

        func households(in cell: GridCell) -> Double {
            counts.reduce(0) { cell.contains($1.key) ? $0 + $1.value : $0 }
        }
    }

    @Test("LP8 ten thousand places show in cells with eleven households, or in the coarsest, by a table from the store")
    func density() async throws {
        let seed: UInt64 = 8
        var countryside = Countryside(seed: seed)
        let fixture = try await LayerFixture()
        try await fixture.layers.loadHouseholds(try countryside.table(), at: 0)
        let table = try #require(try PublishedLayers(store: fixture.store).households.table)
        #expect(table.count == countryside.counts.count)
        var known: [GridCell: Double] = [:]
        var sides: Set<GridCell.Side> = []
        for _ in 0..<10_000 {
            let place = countryside.place()
            let cell = try #require(PublishedPlace(of: place, at: .about, households: table).cell)
            #expect(cell.contains(GridCell(holding: place)), "seed \(seed)")
            let households = known[cell] ?? countryside.households(in: cell)
            known[cell] = households
            sides.insert(cell.side)
            #expect(households >= 11 || cell.side == .metres32000, "seed \(seed): \(cell) holds \(households)")
        }
        // Were all cells of one side, the table would not have been asked.
        #expect(sides.count >= 4, "seed \(seed): \(sides)")
    }

    @Test("New contributions follow the table at once; what shows already stays; the journal tells")
    func atOnce() async throws {
        let fixture = try await LayerFixture()
        let participation = Participation(layers: fixture.layers, localTime: .paris)
        func side() async throws -> Int? {
            try await participation.contribute(
                Self.memory, to: fixture.identifier, isCurator: true, consentText: .text(in: .french), at: 0
            )
            .shows.cell?.side.metres
        }
        #expect(try await side() == 200)
        let cell = GridCell(holding: Self.here)
        let far = GridCell(holding: place(3.9, 48.8))
        let alone = [(cell, 3.0), (far, 50.0)].compactMap { HouseholdTable.Entry(cell: $0, households: $1) }
        try await fixture.layers.loadHouseholds(try HouseholdTable(alone), at: 5)
        #expect(try await side() == 32_000)
        let crowded = try HouseholdTable([try #require(HouseholdTable.Entry(cell: cell, households: 11))])
        try await fixture.layers.loadHouseholds(crowded, at: 6)
        #expect(try await side() == 200)
        let shown = try fixture.layer.snapshot.features(limit: 9).features.compactMap { $0.cellSide?.metres }
        #expect(shown.sorted() == [200, 200, 32_000])
        #expect(try fixture.store.householdSummary() == HouseholdSummary(cells: 1, households: 11))
        let acts = try fixture.store.journal().filter { $0.act == "load households" }
        #expect(acts.map(\.detail) == ["2", "1"] && acts.map(\.moment) == [5, 6])
    }

    @Test("A table that cannot be kept leaves the one before in force, in memory as in the store")
    func refused() async throws {
        let fixture = try await LayerFixture()
        let cell = try #require(HouseholdTable.Entry(cell: GridCell(holding: Self.here), households: 20))
        try await fixture.layers.loadHouseholds(try HouseholdTable([cell]), at: 0)
        try fixture.store.close()
        await #expect(throws: (any Error).self) {
            try await fixture.layers.loadHouseholds(try HouseholdTable([]), at: 1)
        }
        #expect(fixture.layers.households.table?.count == 1)
    }

    private static let here = place(2.3795, 48.868)

    private static var memory: Submission {
        var submission = Submission()
        submission.title = "Le bal"
        submission.isConsenting = true
        submission.place = .at(here)
        return submission
    }
}
