import MapGeometry
import TestSupport
import Testing

@Suite("Cells of the grids")
struct GridCellTests {
    @Test(
        "a cell's name is that of INSPIRE, and leads back to the cell",
        arguments: [
            (CellGrid.europe, GridCell.Side.metres200, 2_889_400, 3_763_600, "CRS3035RES200mN2889400E3763600"),
            (.europe, .metres1000, 2_684_000, 4_258_000, "CRS3035RES1000mN2684000E4258000"),
            (.europe, .metres32000, 1_440_000, -128_000, "CRS3035RES32000mN1440000E-128000"),
            (.world, .metres200, 0, 0, "CRS6933RES200mN0E0"),
            (.world, .metres200, -200, 400, "CRS6933RES200mN-200E400"),
            (.world, .metres200, 7_342_200, -17_367_600, "CRS6933RES200mN7342200E-17367600"),
        ])
    func names(grid: CellGrid, side: GridCell.Side, northing: Int, easting: Int, name: String) throws {
        let cell = try GridCell(grid: grid, side: side, northing: northing, easting: easting)
        #expect(cell.name == name && cell.description == name)
        #expect(try GridCell(name: name) == cell)
    }

    @Test(
        "what is no cell's name to the letter is refused and named",
        arguments: [
            "", "CRS3035", "CRS3035RES200mN2889400E3763600 ", " CRS3035RES200mN2889400E3763600",
            "crs3035RES200mN2889400E3763600", "CRS2154RES200mN2889400E3763600", "CRS3035RES100mN2889400E3763600",
            "CRS3035RES0200mN2889400E3763600", "CRS3035RES200mN02889400E3763600", "CRS3035RES200mN+2889400E3763600",
            "CRS3035RES200mN2889400E3763601", "CRS3035RES1000mN2889400E3763000", "CRS3035RES200mE3763600N2889400",
            "CRS3035RES200mN2889400E", "CRS3035RES200mNE3763600", "CRS3035RES200mN2889400E3763600E3763600",
            "CRS6933RES200mN-0E0", "CRS6933RES200mN--200E0", "CRS6933RES200mN2-00E0", "CRS6933RES200mN200.0E0",
            "CRS6933RES200mN２00E0", "CRS3035RES1kmN2684E4258", "CRS6933RES200mN99999999999999999999E0",
            // Beyond Europe's area, beyond 180° and beyond the poles.
            "CRS3035RES200mN131600E4321000", "CRS3035RES200mN6013800E3763600", "CRS3035RES200mN2889400E-125000",
            "CRS3035RES200mN2889400E7862800", "CRS6933RES200mN0E17367600", "CRS6933RES200mN0E-17367800",
            "CRS6933RES200mN7342400E0", "CRS6933RES200mN-7342600E0",
        ])
    func refusedNames(name: String) {
        #expect(throws: GeometryError.noSuchCell(name)) { try GridCell(name: name) }
    }

    @Test("a corner that is none of the side's makes no cell")
    func corners() {
        #expect(throws: GeometryError.noSuchCell("CRS3035RES2000mN2889000E3764000")) {
            try GridCell(grid: .europe, side: .metres2000, northing: 2_889_000, easting: 3_764_000)
        }
    }

    @Test("the ladder goes up to 32 km, each side a multiple of the one before")
    func ladder() throws {
        let sides = GridCell.Side.allCases
        #expect(sides.map(\.metres) == [200, 1000, 2000, 4000, 8000, 16000, 32000])
        #expect(sides.dropFirst().map { Optional($0) } + [nil] == sides.map(\.coarser))
        #expect(zip(sides, sides.dropFirst()).allSatisfy { $1.metres.isMultiple(of: $0.metres) })
        let names = sequence(first: try GridCell(name: "CRS6933RES200mN-200E46800"), next: \.parent).map(\.name)
        #expect(
            names == [
                "CRS6933RES200mN-200E46800", "CRS6933RES1000mN-1000E46000", "CRS6933RES2000mN-2000E46000",
                "CRS6933RES4000mN-4000E44000", "CRS6933RES8000mN-8000E40000", "CRS6933RES16000mN-16000E32000",
                "CRS6933RES32000mN-32000E32000",
            ])
    }

    @Test("a parent holds its child's square, on both sides of the origin", arguments: CellGrid.allCases)
    func nesting(grid: CellGrid) {
        let seed: UInt64 = 7
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<20_000 {
            let northing = Double.random(in: grid.metres(grid.northings), using: &generator)
            let easting = Double.random(in: grid.metres(grid.eastings), using: &generator)
            let finest = GridCell(grid: grid, side: .metres200, holdingNorthing: northing, easting: easting)
            #expect(finest.holds(northing, easting), "seed \(seed): \(northing) \(easting)")
            for (child, parent) in zip(finest.ancestry, finest.ancestry.dropFirst()) {
                #expect(parent.encloses(child) && parent.contains(child), "seed \(seed): \(child) \(parent)")
                #expect(!child.contains(parent))
                let direct = GridCell(grid: grid, side: parent.side, holdingNorthing: northing, easting: easting)
                #expect(direct == parent, "seed \(seed): \(northing) \(easting)")
                #expect((try? GridCell(name: parent.name)) == parent, "seed \(seed): \(parent)")
            }
        }
    }

    @Test("a cell is not in its neighbour, nor in the other grid's cell of the same corner")
    func strangers() throws {
        let cell = try GridCell(name: "CRS3035RES200mN2889400E3763600")
        #expect(cell.contains(cell))
        for name in ["CRS3035RES1000mN2888000E3763000", "CRS6933RES1000mN2889000E3763000"] {
            #expect(try !GridCell(name: name).contains(cell))
        }
    }

    @Test(
        "a distance is told in whole sides, rounded up, and 0 is inside",
        arguments: [(0, 0), (0.001, 200), (199.999, 200), (200, 200), (200.001, 400), (1_234, 1_400)])
    func distances(metres: Double, told: Double) throws {
        let cell = try GridCell(name: "CRS3035RES200mN2889400E3763600")
        #expect(cell.distance(roundingUp: metres) == told)
        #expect(cell.coarsened(to: .metres32000).distance(roundingUp: metres) == (metres == 0 ? 0 : 32_000))
    }
}

extension CellGrid {
    fileprivate func metres(_ range: ClosedRange<Int>) -> ClosedRange<Double> {
        Double(range.lowerBound)...Double(range.upperBound)
    }
}

extension GridCell {
    fileprivate var ancestry: [GridCell] { Array(sequence(first: self, next: \.parent)) }

    fileprivate func holds(_ northing: Double, _ easting: Double) -> Bool {
        northing >= Double(self.northing) && northing < Double(self.northing + side.metres)
            && easting >= Double(self.easting) && easting < Double(self.easting + side.metres)
    }

    fileprivate func encloses(_ other: GridCell) -> Bool {
        northing <= other.northing && easting <= other.easting
            && northing + side.metres >= other.northing + other.side.metres
            && easting + side.metres >= other.easting + other.side.metres
    }
}
