import Contributions
import MapGeometry
import TestSupport
import Testing

@Suite("Household tables")
struct HouseholdTableTests {
    private func table(_ rows: [(String, Double)]) throws -> HouseholdTable {
        try HouseholdTable(
            rows.map { name, count in
                try #require(HouseholdTable.Entry(cell: try GridCell(name: name), households: count))
            })
    }

    @Test("sums over any cell are those of adding up, on both grids and on both sides of their origins")
    func againstBruteForce() throws {
        let seed: UInt64 = 41
        var generator = SeededGenerator(seed: seed)
        var counts: [GridCell: Double] = [:]
        for _ in 0..<3_000 {
            let grid: CellGrid = Bool.random(using: &generator) ? .europe : .world
            // Crowded, so that coarse cells hold several; in the world's grid around its origin.
            let cell = GridCell(
                grid: grid, side: .metres200,
                holdingNorthing: Double.random(in: grid == .europe ? 2e6...2.1e6 : -5e4...5e4, using: &generator),
                easting: Double.random(in: grid == .europe ? -1e5...0 : -5e4...5e4, using: &generator))
            counts[cell] = Double(Int.random(in: 0...80, using: &generator)) / 8
        }
        let table = try HouseholdTable(
            counts.map { try #require(HouseholdTable.Entry(cell: $0.key, households: $0.value)) })
        #expect(table.count == counts.count)
        for cell in counts.keys.sorted(by: { $0.name < $1.name }).prefix(150) {
            for coarser in sequence(first: cell, next: \.parent) {
                let sum = counts.reduce(0) { $0 + (coarser.contains($1.key) ? $1.value : 0) }
                #expect(table.households(in: coarser) == sum, "seed \(seed): \(coarser)")
            }
            let natural = table.naturalCell(from: cell)
            let expected = sequence(first: cell, next: \.parent).first { coarser in
                coarser.parent == nil || counts.reduce(0) { $0 + (coarser.contains($1.key) ? $1.value : 0) } >= 11
            }
            #expect(natural == expected, "seed \(seed): \(cell)")
        }
    }

    @Test("the natural cell is the smallest one with eleven households, 32 km where there is none")
    func naturalCells() throws {
        let table = try table([
            ("CRS3035RES200mN2890400E3762800", 11), ("CRS3035RES200mN2890600E3762800", 10.999),
            ("CRS3035RES200mN3000000E4000000", 4), ("CRS3035RES200mN3001800E4001800", 7),
        ])
        for (name, expected) in [
            ("CRS3035RES200mN2890400E3762800", "CRS3035RES200mN2890400E3762800"),
            ("CRS3035RES200mN2890600E3762800", "CRS3035RES1000mN2890000E3762000"),
            ("CRS3035RES200mN3000200E4000200", "CRS3035RES2000mN3000000E4000000"),
            ("CRS3035RES1000mN2890000E3762000", "CRS3035RES1000mN2890000E3762000"),
            ("CRS3035RES200mN3300000E4300000", "CRS3035RES32000mN3296000E4288000"),
            ("CRS6933RES200mN0E0", "CRS6933RES32000mN0E0"),
        ] {
            #expect(table.naturalCell(from: try GridCell(name: name)).name == expected)
        }
    }

    @Test("a table coarsens what shows at about and wide, and nothing else")
    func publishedPlaces() throws {
        let place = Coordinate(clampingLongitude: 2.3795, latitude: 48.868)
        let crowded = try table([("CRS3035RES200mN2890400E3762800", 50)])
        let lonely = try table([("CRS3035RES200mN2890400E3762800", 2), ("CRS3035RES200mN2888400E3762800", 9)])
        #expect(PublishedPlace(of: place, at: .about, households: crowded).metres == 200)
        #expect(PublishedPlace(of: place, at: .wide, households: crowded).metres == 1_000)
        #expect(PublishedPlace(of: place, at: .about, households: lonely).metres == 4_000)
        #expect(PublishedPlace(of: place, at: .about, households: lonely).precision == .about)
        #expect(PublishedPlace(of: place, at: .exact, households: lonely) == PublishedPlace(of: place, at: .exact))
        let wide = PublishedPlace(of: place, at: .about).coarsened(to: .wide, households: lonely)
        #expect(wide == PublishedPlace(of: place, at: .wide, households: lonely))
        let away = Coordinate(clampingLongitude: 3, latitude: 48.868)
        #expect(PublishedPlace(of: place, at: .about).moved(to: away, households: lonely).metres == 32_000)
    }

    @Test(
        "a cell that stands twice is refused and named",
        arguments: ["CRS3035RES200mN2890400E3762800", "CRS6933RES200mN-200E-400"])
    func repeated(name: String) throws {
        let error = #expect(throws: HouseholdTable.RepeatedCell.self) {
            try table([(name, 1), ("CRS3035RES200mN3000000E4000000", 4), (name, 1)])
        }
        #expect(error?.cell.name == name)
        #expect(error?.description == "the cell \(name) stands twice in the household table")
    }

    @Test("counts are of cells of 200 m, and numbers of households", arguments: [-1, .nan, .infinity, 1_000_001])
    func entries(count: Double) throws {
        let cell = try GridCell(name: "CRS3035RES200mN2890400E3762800")
        #expect(HouseholdTable.Entry(cell: cell, households: count) == nil)
        #expect(HouseholdTable.Entry(cell: cell, households: 0) != nil)
        #expect(HouseholdTable.Entry(cell: cell.coarsened(to: .metres1000), households: 3) == nil)
    }

    @Test("an empty table coarsens everything to 32 km")
    func empty() throws {
        let cell = try GridCell(name: "CRS3035RES200mN2890400E3762800")
        #expect(try table([]).naturalCell(from: cell).side == .metres32000)
    }
}
