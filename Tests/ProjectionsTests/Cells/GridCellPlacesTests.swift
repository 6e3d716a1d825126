import MapGeometry
import TestSupport
import Testing

@testable import Projections

@Suite("Cells and the places in them")
struct GridCellPlacesTests {
    @Test("the cell of a street in Paris is the one in the contract's example, and its outline that of PROJ")
    func street() throws {
        let cell = GridCell(holding: at(2.3795, 48.868))
        #expect(cell.name == "CRS3035RES200mN2890400E3762800")
        #expect(GridCell(holding: at(2.3795, 48.868), side: .metres1000).name == "CRS3035RES1000mN2890000E3762000")
        // `echo 3762800 2890400 | gdaltransform -s_srs EPSG:3035 -t_srs OGC:CRS84` of GDAL 3.6.2, and so on.
        let ring = try LinearRing([
            at(2.3784474, 48.8666695), at(2.3811607, 48.8668553), at(2.3808849, 48.8686433),
            at(2.3781715, 48.8684574), at(2.3784474, 48.8666695),
        ])
        #expect(cell.polygon == .polygon(Polygon(exterior: ring)))
        #expect(cell.centre == at(2.3796661, 48.8676564))
    }

    @Test("the grids meet at the edges of Europe's area, which are Europe's")
    func edgesOfEurope() {
        for place in [at(-35, 24), at(45, 73), at(45, 24), at(-35, 73), at(2, 48)] {
            #expect(CellGrid(around: place) == .europe)
        }
        for place in [at(-35.0000001, 50), at(45.0000001, 50), at(10, 73.0000001), at(10, 23.9999999), at(-61, 16)] {
            #expect(CellGrid(around: place) == .world)
        }
    }

    @Test(
        "the published square holds every place in it, to the width of the edge's bow, at every side",
        arguments: [(CellGrid.europe, UInt64(21)), (.world, 22)])
    func polygonsHoldTheirPlaces(grid: CellGrid, seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var furthest = 0.0
        for round in 0..<6_000 {
            let place = grid == .world ? generator.place() : generator.place(on: grid)
            let side = GridCell.Side.allCases[round % GridCell.Side.allCases.count]
            let cell = GridCell(holding: place, side: side)
            let metres = Geodesic.wgs84.metres(from: place, to: cell.polygon)
            furthest = max(furthest, metres)
            #expect(metres <= 0.08, "seed \(seed): \(place) \(cell)")
            #expect((try? GridCell(name: cell.name)) == cell, "seed \(seed): \(place) \(cell)")
        }
        print("\(grid): places are \(furthest) m outside their published square at most, seed \(seed)")
    }

    @Test(
        "an edge departs from the true one by at most 8 cm",
        arguments: [("CRS3035RES32000mN5984000E1024000", 0.08), ("CRS3035RES1000mN2890000E3762000", 0.03)])
    func bows(name: String, metres: Double) throws {
        let cell = try GridCell(name: name)
        guard case .polygon(let polygon) = cell.polygon else { throw GeometryError.noSuchCell(name) }
        let outline = Geometry.lineString(try LineString(polygon.exterior.coordinates))
        for step in 0..<(4 * cell.side.metres / 125) {
            let along = Double(step * 125 % cell.side.metres)
            let (south, west) = (Double(cell.northing), Double(cell.easting))
            let far = Double(cell.side.metres)
            let position =
                switch step * 125 / cell.side.metres {
                case 0: GridPosition(northing: south, easting: west + along)
                case 1: GridPosition(northing: south + along, easting: west + far)
                case 2: GridPosition(northing: south + far, easting: west + along)
                default: GridPosition(northing: south + along, easting: west)
                }
            let gap = Geodesic.wgs84.metres(from: cell.grid.place(at: position), to: outline)
            #expect(gap <= metres, "\(name): \(gap) m")
        }
    }

    @Test("outlines are valid: closed, counterclockwise, of the positions promised, and neighbours share an edge")
    func outlines() throws {
        for (name, count) in [
            ("CRS3035RES200mN2890400E3762800", 5), ("CRS3035RES1000mN2890000E3762000", 5),
            ("CRS3035RES2000mN2890000E3762000", 9), ("CRS3035RES32000mN2880000E3744000", 129),
            ("CRS6933RES32000mN-32000E32000", 5),
        ] {
            guard case .polygon(let polygon) = try GridCell(name: name).polygon else {
                throw GeometryError.ringNotClosed
            }
            let ring = polygon.exterior.coordinates
            #expect(ring.count == count && ring.first == ring.last && Set(ring).count == count - 1)
            #expect(polygon.exterior.doubledSignedArea > 0 && polygon.holes.isEmpty)
            #expect(ring.allSatisfy { $0.rounded(decimals: 7) == $0 })
        }
        let west = try GridCell(name: "CRS3035RES4000mN2888000E3760000").positions
        let east = try GridCell(name: "CRS3035RES4000mN2888000E3764000").positions
        #expect(west.intersection(east).count == 5)
    }

    @Test("every place of the world is in a cell, those with several names in one")
    func endsOfTheWorld() throws {
        for latitude in [-89.999, -16.8, 0, 65, 80] {
            #expect(GridCell(holding: at(180, latitude)) == GridCell(holding: at(-180, latitude)))
        }
        for latitude in [-90.0, 90] {
            #expect(Set([-180.0, -3, 0, 77, 180].map { GridCell(holding: at($0, latitude)) }).count == 1)
        }
        let east = try #require(GridCell(holding: at(179.9999999, 65)).polygon.boundingBox)
        let west = try #require(GridCell(holding: at(180, 65)).polygon.boundingBox)
        let north = try #require(GridCell(holding: at(5, 89.99)).polygon.boundingBox)
        let south = try #require(GridCell(holding: at(5, -90), side: .metres32000).polygon.boundingBox)
        #expect(east.east == 180 && east.west > 179.99 && west.west == -180 && west.east < -179.99)
        #expect(north.north == 90 && north.south < 89.99 && south.south == -90)
    }

    @Test("what stands for a cell leads back to it, wherever the cell is")
    func representatives() {
        let seed: UInt64 = 23
        var generator = SeededGenerator(seed: seed)
        for round in 0..<9_000 {
            // At the ends of Europe's area, of the world, and anywhere.
            let place =
                switch round % 3 {
                case 0: generator.placeAtTheEndOfEurope()
                case 1: generator.place(on: .europe)
                default: generator.place()
                }
            for side in [GridCell.Side.metres200, .metres1000] {
                let cell = GridCell(holding: place, side: side)
                #expect(
                    GridCell(holding: cell.representative, side: side) == cell, "seed \(seed): \(place) \(cell)")
            }
        }
    }

    @Test("away from the ends of the areas what stands for a cell is its centre")
    func representativeIsTheCentre() {
        let cell = GridCell(holding: at(2.3795, 48.868))
        #expect(cell.representative == cell.centre)
    }
}

extension GridCell {
    fileprivate var positions: Set<Coordinate> {
        var positions: Set<Coordinate> = []
        polygon.forEachCoordinate { positions.insert($0) }
        return positions
    }
}

extension SeededGenerator {
    /// Within some metres of the edge of Europe's area, on either side; not at its corners.
    fileprivate mutating func placeAtTheEndOfEurope() -> Coordinate {
        let away = Double.random(in: -0.003...0.003, using: &self)
        let (longitude, latitude) = (
            Double.random(in: -34...44, using: &self), Double.random(in: 25...72, using: &self)
        )
        return switch Int.random(in: 0..<4, using: &self) {
        case 0: at(-35 + away, latitude)
        case 1: at(45 + away, latitude)
        case 2: at(longitude, 24 + away)
        default: at(longitude, 73 + away)
        }
    }
}
