import Testing

@testable import MapGeometry

@Suite("What shows in a tile")
struct TileGridTests {
    private let grid: TileGrid

    init() throws {
        grid = TileGrid(try TileAddress(zoom: 6, column: 33, row: 21))
    }

    private func shapes(_ line: [(Double, Double)]) throws -> [TileShape] {
        grid.shapes(of: .lineString(try grid.line(line)))
    }

    private func shapes(_ exterior: LinearRing, holes: [LinearRing] = []) -> [TileShape] {
        grid.shapes(of: .polygon(Polygon(exterior: exterior, holes: holes)))
    }

    @Test("a tile's corners are its units 0 and 4096, from the north-west")
    func cornersOfTheGrid() throws {
        let box = grid.address.boundingBox()
        #expect(
            grid.project(try Coordinate(longitude: box.west, latitude: box.north)).snapped == TilePosition(x: 0, y: 0))
        #expect(
            grid.project(try Coordinate(longitude: box.east, latitude: box.south)).snapped
                == TilePosition(x: 4096, y: 4096))
        let middle = grid.project(grid.unproject(TilePosition(x: 1234, y: 3210)))
        #expect(abs(middle.x - 1234) < 1e-6 && abs(middle.y - 3210) < 1e-6)
    }

    @Test("points show as far as the buffer reaches")
    func points() {
        let shown = [grid.at(10.4, 20.6), grid.at(-63.9, 4159.9)]
        let hidden = [grid.at(-64.1, 100), grid.at(4160.1, 100), grid.at(100, -64.1), grid.at(100, 4160.1)]
        #expect(grid.shapes(of: .multiPoint(shown + hidden)) == [.points(positions([(10, 21), (-64, 4160)]))])
    }

    @Test("a line crossing the boundary is clipped with its buffer")
    func clippedLine() throws {
        #expect(try shapes([(2000, 2000), (6000, 2000)]) == [.lines([positions([(2000, 2000), (4160, 2000)])])])
        #expect(try shapes([(-500, 0), (0, 500)]) == [.lines([positions([(-64, 436), (0, 500)])])])
    }

    @Test("a line right through the tile is cut at both ends")
    func lineThrough() throws {
        #expect(try shapes([(-4096, 1000), (8192, 1000)]) == [.lines([positions([(-64, 1000), (4160, 1000)])])])
    }

    @Test("a line that leaves and returns becomes two")
    func leavesAndReturns() throws {
        #expect(
            try shapes([(4000, 1000), (5000, 1000), (5000, 3000), (4000, 3000)]) == [
                .lines([positions([(4000, 1000), (4160, 1000)]), positions([(4160, 3000), (4000, 3000)])])
            ])
    }

    @Test("a line that turns in the buffer stays one")
    func turnsInTheBuffer() throws {
        let turn: [(Int32, Int32)] = [(4000, 1000), (4150, 1500), (4000, 2000)]
        #expect(try shapes(turn.map { (Double($0.0), Double($0.1)) }) == [.lines([positions(turn)])])
    }

    @Test("a bend of less than a unit is left out, one of more stays", arguments: [(0.9, 2), (1.6, 3)])
    func bends(height: Double, count: Int) throws {
        #expect(try shapes([(0, 100), (500, 100 + height), (1000, 100)]).lines.map(\.count) == [count])
        let ring = try grid.ring([(0, 100), (500, 100 + height), (1000, 100), (1000, 900), (0, 900)])
        #expect(shapes(ring).polygons.first?.map(\.count) == [count + 2])
    }

    @Test("a line that only touches the buffer's corner, or is shorter than a unit, does not show")
    func vanishingLines() throws {
        #expect(try shapes([(-164, 36), (-64, -64), (36, -164)]).isEmpty)
        #expect(try shapes([(100.1, 100.1), (100.3, 100.3)]).isEmpty)
    }

    @Test("a polygon over the whole tile becomes the buffered square, clockwise on the screen")
    func coveringPolygon() throws {
        let polygons = shapes(try grid.square(-9000, 9000)).polygons
        #expect(polygons.count == 1 && polygons.first?.count == 1)
        let ring = try #require(polygons.first?.first)
        #expect(Set(ring) == Set(positions([(-64, -64), (4160, -64), (4160, 4160), (-64, 4160)])))
        #expect(ring.count == 4 && ring.doubledArea == 35_684_352)
    }

    @Test("an exterior has positive area and its holes negative, whichever way they came")
    func winding() throws {
        let exterior = try grid.square(100, 900)
        let hole = try grid.square(300, 400)
        for hole in [hole, try reversed(hole)] {
            let polygon = Polygon(exterior: exterior, holes: [hole])
            let rings = try #require(grid.shapes(of: .polygon(polygon)).polygons.first)
            #expect(rings.map(\.doubledArea) == [1_280_000, -20_000] as [Int64])
            #expect(rings.allSatisfy { $0.first != $0.last }, "a ring does not repeat its first position")
        }
    }

    @Test("a hole is clipped like its exterior")
    func clippedHole() throws {
        let polygons = shapes(try grid.square(-9000, 9000), holes: [try grid.square(4000, 6000)]).polygons
        #expect(polygons.first?.map(\.doubledArea) == [35_684_352, -51_200] as [Int64])
    }

    @Test("a tile inside a hole shows nothing of the polygon")
    func insideAHole() throws {
        #expect(shapes(try grid.square(-9000, 9000), holes: [try grid.square(-5000, 5000)]).isEmpty)
    }

    @Test("rings that collapse are dropped: a speck whole, a polygon's speck of a hole alone")
    func collapsedRings() throws {
        #expect(shapes(try grid.square(100.1, 100.4)).isEmpty)
        #expect(shapes(try grid.ring([(0, 100), (3000, 100.2), (0, 100.4)])).isEmpty)
        #expect(shapes(try grid.square(100, 900), holes: [try grid.square(300.1, 300.4)]).polygons.first?.count == 1)
    }

    @Test("a polygon that bends around the tile does not show")
    func bendsAround() throws {
        let bend = try grid.ring([
            (-900, -900), (-500, -900), (-500, 5000), (5000, 5000), (5000, -900), (5500, -900), (5500, 5500),
            (-900, 5500),
        ])
        #expect(shapes(bend).isEmpty)
    }

    @Test("what lies outside gives no shape", arguments: [-4000.0, -1200, 4200, 9000])
    func outside(offset: Double) throws {
        let square = try grid.square(offset, offset + 1000)
        let line = try grid.line([(offset, offset), (offset + 1000, offset + 10)])
        let all = Geometry.geometryCollection([
            .point(grid.at(offset, offset)), .lineString(line), .polygon(Polygon(exterior: square)),
        ])
        #expect(grid.shapes(of: all).isEmpty)
        #expect(grid.shapes(of: .geometryCollection([])).isEmpty)
    }

    @Test("a collection gives one shape of each dimension, areas below lines below points")
    func collections() throws {
        let square = Polygon(exterior: try grid.square(10, 50))
        let line = try grid.line([(60, 60), (90, 60)])
        let all = Geometry.geometryCollection([
            .point(grid.at(1, 2)), .multiLineString([line, line]), .multiPolygon([square, square]),
            .geometryCollection([.multiPoint([grid.at(3, 4), grid.at(5, 6)]), .lineString(line)]),
        ])
        let shapes = grid.shapes(of: all)
        #expect(shapes.count == 3)
        guard case .polygons(let polygons) = shapes[0], case .lines(let lines) = shapes[1],
            case .points(let points) = shapes[2]
        else {
            Issue.record("areas, lines, points: \(shapes)")
            return
        }
        #expect(polygons.count == 2 && lines.count == 3 && points == positions([(1, 2), (3, 4), (5, 6)]))
    }

    private func reversed(_ ring: LinearRing) throws -> LinearRing { try LinearRing(ring.coordinates.reversed()) }
}
