import TestSupport
import Testing

@testable import MapGeometry

@Suite("Tiles of every zoom")
struct TileZoomsTests {
    @Test("geometry of every type keeps a tile's rules", arguments: TileAddress.zooms)
    func rules(zoom: Int) throws {
        var random = SeededGenerator(seed: UInt64(zoom))
        for _ in 0..<15 {
            let side = (1 << zoom) - 1
            let address = try TileAddress(zoom: zoom, column: random.integer(0...side), row: random.integer(0...side))
            let grid = TileGrid(address)
            for geometry in try random.geometries(in: grid) {
                let shapes = grid.shapes(of: geometry)
                let faults = shapes.flatMap(faults)
                #expect(faults.isEmpty, "seed \(zoom), \(geometry.typeName) in \(address): \(faults)")
            }
            let inside = Geometry.point(grid.at(random.real(0...4096), random.real(0...4096)))
            #expect(grid.shapes(of: .geometryCollection([inside])).points.count == 1, "seed \(zoom)")
        }
    }

    @Test("poles and ±180 are no trouble", arguments: TileAddress.zooms)
    func poles(zoom: Int) throws {
        let side = (1 << zoom) - 1
        let cap = try Polygon(exterior: .square(-180, 60, 180, 90))
        let antarctica = try Polygon(exterior: .square(-180, -90, 180, -60))
        let line = try LineString([at(-180, -90), at(0, 90), at(180, -90)])
        let everything = Geometry.geometryCollection([
            .multiPolygon([cap, antarctica]), .lineString(line), .multiPoint([at(0, 90), at(0, -90)]),
        ])
        for (column, row) in [(0, 0), (side, 0), (0, side), (side, side)] {
            let shapes = TileGrid(try TileAddress(zoom: zoom, column: column, row: row)).shapes(of: everything)
            #expect(shapes.flatMap(faults).isEmpty)
            // Both caps reach into the one tile of zoom 0; every corner of finer zooms has its own.
            #expect(shapes.polygons.count == (zoom == 0 ? 2 : 1))
            #expect(shapes.points.isEmpty, "tiles do not show the poles")
        }
    }

    @Test(
        "a polygon over the world fills every tile's buffered square up to the world's sides",
        arguments: TileAddress.zooms)
    func world(zoom: Int) throws {
        let side = 1 << zoom
        let world = Geometry.polygon(try Polygon(exterior: .square(-180, -90, 180, 90)))
        let grid = TileGrid(try TileAddress(zoom: zoom, column: side - 1, row: side - 1))
        let rings = try #require(grid.shapes(of: world).polygons.first)
        let west: Int32 = zoom == 0 ? 0 : -64
        #expect(Set(rings[0]) == Set(positions([(west, -64), (4096, -64), (4096, 4160), (west, 4160)])))
    }

    /// What breaks a rule of `TileShape`, in words.
    private func faults(of shape: TileShape) -> [String] {
        let paths: [[TilePosition]]
        var faults: [String] = []
        switch shape {
        case .points(let points): paths = points.map { [$0] }
        case .lines(let lines):
            paths = lines
            if lines.contains(where: { $0.count < 2 }) { faults.append("a line of one position") }
        case .polygons(let polygons):
            paths = polygons.flatMap(\.self)
            if paths.contains(where: { $0.count < 3 || $0.first == $0.last }) {
                faults.append("a short or closed ring")
            }
            if polygons.contains(where: { $0[0].doubledArea <= 0 }) { faults.append("an exterior the wrong way round") }
            if polygons.contains(where: { $0.dropFirst().contains { $0.doubledArea >= 0 } }) {
                faults.append("a hole the wrong way")
            }
        }
        if paths.isEmpty { faults.append("an empty shape") }
        if paths.contains(where: { path in zip(path, path.dropFirst()).contains { $0 == $1 } }) {
            faults.append("a repeat")
        }
        let reach = Int32(-64)...4160
        if paths.joined().contains(where: { !reach.contains($0.x) || !reach.contains($0.y) }) {
            faults.append("too far out")
        }
        return faults
    }
}

extension SeededGenerator {
    /// One geometry of every type, of anything from a unit to many tiles, around the tile.
    fileprivate mutating func geometries(in grid: TileGrid) throws -> [Geometry] {
        let reach = [3.0, 300, 6_000, 40_000][integer(0...3)]
        let line = try LineString(places(integer(2...9), reach, grid))
        let polygon = try Polygon(
            exterior: .through(places(integer(3...9), reach, grid)), holes: [.through(places(4, reach / 2, grid))])
        let simple: [Geometry] = [.point(places(1, reach, grid)[0]), .lineString(line), .polygon(polygon)]
        return simple + [
            .multiPoint(places(3, reach, grid)), .multiLineString([line, line]), .multiPolygon([polygon, polygon]),
            .geometryCollection(simple),
        ]
    }

    private mutating func places(_ count: Int, _ reach: Double, _ grid: TileGrid) -> [Coordinate] {
        (0..<count).map { _ in grid.at(2048 + real(-reach...reach), 2048 + real(-reach...reach)) }
    }
}
