import MapGeometry
import TestSupport
import Testing

@Suite("Tile shapes as geometry")
struct TileShapeTests {
    private func position(_ x: Int32, _ y: Int32) -> TilePosition { TilePosition(x: x, y: y) }

    private var shapes: [TileShape] {
        let line = [position(-64, 10), position(40, 10), position(40, 4160)]
        let rings = [
            [position(0, 0), position(900, 0), position(900, 900), position(0, 900)],
            [position(100, 100), position(100, 200), position(200, 200)],
        ]
        return [
            .points([position(7, 8)]), .points([position(0, 0), position(4096, 4096)]),
            .lines([line]), .lines([line, line.reversed()]), .polygons([rings]), .polygons([rings, [rings[0]]]),
        ]
    }

    @Test("one part gives a simple geometry, several a multi-geometry")
    func types() throws {
        let grid = TileGrid(try TileAddress(zoom: 9, column: 200, row: 300))
        #expect(
            shapes.map { $0.geometry(in: grid).typeName } == [
                "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon",
            ])
    }

    @Test("there and back is the same shape wherever a unit is more than the last decimal", arguments: 1...16)
    func roundTrip(zoom: Int) throws {
        let side = 1 << zoom
        for (column, row) in [(side / 2, side / 2), (side / 2, 0), (side / 2, side - 1), (side / 3, side / 3)] {
            let grid = TileGrid(try TileAddress(zoom: zoom, column: max(column, 1), row: row))
            for shape in shapes {
                let back = grid.shapes(of: shape.geometry(in: grid))
                #expect(back.map(\.canonical) == [shape.canonical], "\(grid.address)")
            }
        }
    }

    @Test("every unit of a tile keeps a coordinate of its own", arguments: 0...16)
    func unitsStayApart(zoom: Int) throws {
        let side = 1 << zoom
        for row in Set([0, side / 2, side - 1]) {
            let grid = TileGrid(try TileAddress(zoom: zoom, column: side / 2, row: row))
            let diagonal = (Int32(0)...4096).map { position($0, $0) }
            guard case .multiPoint(let places) = TileShape.points(diagonal).geometry(in: grid) else {
                Issue.record("several points stay several")
                continue
            }
            #expect(places.map { grid.project($0).snapped } == diagonal, "zoom \(zoom), row \(row)")
        }
    }

    @Test("in the finest tiles a position is within half of the seventh decimal", arguments: 17...22)
    func finestTiles(zoom: Int) throws {
        let side = 1 << zoom
        let grid = TileGrid(try TileAddress(zoom: zoom, column: side / 2 + 7, row: side / 3))
        var random = SeededGenerator(seed: UInt64(zoom))
        for _ in 0..<100 {
            let unit = position(Int32(random.integer(-64...4160)), Int32(random.integer(-64...4160)))
            guard case .point(let place) = TileShape.points([unit]).geometry(in: grid) else { continue }
            let exact = grid.unproject(unit)
            #expect(
                abs(place.longitude - exact.longitude) <= 0.500_1e-7
                    && abs(place.latitude - exact.latitude) <= 0.500_1e-7)
        }
    }
}

extension TileShape {
    /// The same shape with every ring begun at its first position in reading order.
    fileprivate var canonical: TileShape {
        guard case .polygons(let polygons) = self else { return self }
        return .polygons(
            polygons.map {
                $0.map { ring in
                    let first = ring.indices.min { (ring[$0].y, ring[$0].x) < (ring[$1].y, ring[$1].x) } ?? 0
                    return Array(ring[first...] + ring[..<first])
                }
            })
    }
}
