import Foundation
import TestSupport
import Testing

@testable import MapGeometry

@Suite("Geometry made ready once for all zooms")
struct TileGeometryTests {
    @Test(
        "at every zoom it keeps the positions that simplifying at that zoom would keep",
        arguments: 0..<8 as Range<UInt64>)
    func sameAsAtEachZoom(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let coordinates = random.coordinates(random.integer(3...300), step: [0.000_1, 0.01, 0.5][Int(seed) % 3])
        let path = TilePath(coordinates)
        for zoom in TileAddress.zooms {
            let scale = 4096 * Double(1 << zoom)
            let middle = WebMercator.project(coordinates[0])
            let address = try TileAddress(
                zoom: zoom, column: Int(middle.x * Double(1 << zoom)), row: Int(middle.y * Double(1 << zoom)))
            let grid = TileGrid(address)
            let drawn = try #require(path.drawn(on: grid, in: .everywhere))
            let expected = coordinates.map(grid.project).simplified(tolerance: 1)
            #expect(drawn.count == expected.count, "seed \(seed), zoom \(zoom)")
            for (a, b) in zip(drawn, expected) {
                #expect(abs(a.x - b.x) < scale * 1e-12 && abs(a.y - b.y) < scale * 1e-12)
            }
        }
    }

    @Test(
        "leaving out what lies beside a tile changes nothing of what is drawn in it", arguments: 0..<12 as Range<UInt64>
    )
    func stretchesBesideTheTile(seed: UInt64) throws {
        var random = SeededGenerator(seed: 70 + seed)
        let coordinates = random.coordinates(2_000, step: [0.001, 0.02, 0.3][Int(seed) % 3])
        let ring = coordinates + coordinates.prefix(1)
        let (line, area) = (TilePath(coordinates), TilePath(ring))
        var drawn = 0
        for zoom in [3, 7, 9, 11, 13, 16] {
            for place in [coordinates[0], coordinates[700], coordinates[1_400]] {
                let (x, y) = WebMercator.project(place)
                let side = Double(1 << zoom)
                let grid = TileGrid(try TileAddress(zoom: zoom, column: Int(x * side), row: Int(y * side)))
                let window = TileWindow.buffered
                func all(_ path: TilePath) throws -> [TilePoint] {
                    try #require(path.drawn(on: grid, in: .everywhere))
                }
                let pieces = window.clip(line: try #require(line.drawn(on: grid, in: window)))
                #expect(pieces == window.clip(line: try all(line)), "seed \(70 + seed), \(grid.address)")
                let rest = window.clip(ring: try #require(area.drawn(on: grid, in: window)))
                let whole = window.clip(ring: try all(area))
                // But for strokes to and fro along the window's edge, which have no width.
                #expect(inside(rest) == inside(whole), "seed \(70 + seed), \(grid.address)")
                let difference = abs(doubledArea(rest) - doubledArea(whole))
                #expect(difference <= 1e-6 * 4224 * 4224, "seed \(70 + seed), \(grid.address)")
                drawn += rest.count
                let few = line.everything(on: grid, in: window).count
                #expect(few <= coordinates.count)
            }
        }
        #expect(drawn > 300, "seed \(70 + seed)")
    }

    @Test("what lies to one side of a tile is not looked at position by position")
    func elsewhere() throws {
        var random = SeededGenerator(seed: 3)
        let path = TilePath(random.coordinates(50, step: 0.001))
        let far = TileGrid(try TileAddress(zoom: 12, column: 1, row: 1))
        #expect(path.drawn(on: far, in: .buffered) == nil)
        #expect(far.shapes(of: TileGeometry(.lineString(try LineString(random.coordinates(50, step: 0.001))))).isEmpty)
    }

    @Test("a path that each division shortens by one position costs no more than so many looks a position")
    func divisionsAreBounded() {
        // Each corner is farther from the chord than all that follow, on the other side of it: half a square of looks.
        let count = 20_000
        let path = (0..<count).map { place in
            TilePoint(x: Double(place), y: (place % 2 == 0 ? 1 : -1) * 1e9 * pow(0.999, Double(place)))
        }
        let simplification = Simplification(path)
        #expect(simplification.measurements <= Simplification.mostMeasurements(count))
        #expect(Simplification.mostMeasurements(count) < 100 * count)
        // And what is left out lies within the tolerance all the same.
        expectWithin(path, path.simplified(tolerance: 50), 50)
    }

    @Test(
        "a ring of a hundred thousand positions is simplified in a bounded number of looks, and a tile of it is small")
    func manyPositions() throws {
        let count = 100_000
        var random = SeededGenerator(seed: 8)
        let ring = try LinearRing.through(
            (0..<count).map { place in
                let angle = 2 * Double.pi * Double(place) / Double(count)
                let away = random.real(0.9999...1)
                return at(2 + away * cos(angle), 48 + away * 0.6 * sin(angle))
            })
        let simplification = Simplification(ring.coordinates.map { TilePoint(x: $0.longitude, y: $0.latitude) })
        #expect(simplification.measurements <= Simplification.mostMeasurements(count + 1))
        let geometry = TileGeometry(.polygon(Polygon(exterior: ring)))
        #expect(geometry.byteCount <= 18 * (count + 1))
        for (zoom, most) in [(0, 40), (4, 200), (8, 5_000)] {
            let (x, y) = WebMercator.project(at(2, 48))
            let side = Double(1 << zoom)
            let grid = TileGrid(try TileAddress(zoom: zoom, column: Int(x * side), row: Int(y * side)))
            let drawn = grid.shapes(of: geometry).polygons.joined().joined().count
            #expect((3...most).contains(drawn), "zoom \(zoom): \(drawn)")
        }
    }

    /// What does not lie on the window's edge, in order.
    private func inside(_ ring: [TilePoint]) -> [TilePoint] {
        ring.filter { abs($0.x - 2048) < 2112 && abs($0.y - 2048) < 2112 }
    }

    private func doubledArea(_ ring: [TilePoint]) -> Double {
        zip(ring, ring.dropFirst() + ring.prefix(1)).reduce(0) { $0 + $1.0.x * $1.1.y - $1.1.x * $1.0.y }
    }

    /// Every position of a path lies within a distance of what is left of it.
    private func expectWithin(_ path: [TilePoint], _ kept: [TilePoint], _ tolerance: Double) {
        var next = kept[...]
        var previous = path[0]
        for point in path {
            if point == next.first {
                previous = point
                next = next.dropFirst()
            } else if let following = next.first {
                #expect(distance(point, previous, following) <= tolerance * (1 + 1e-9))
            }
        }
        #expect(next.isEmpty)
    }
}

extension SeededGenerator {
    /// A walk around Paris whose steps have at most so many degrees along each axis.
    fileprivate mutating func coordinates(_ count: Int, step: Double) -> [Coordinate] {
        var (longitude, latitude) = (2.35, 48.85)
        return (0..<count).map { _ in
            longitude = min(max(longitude + real(-step...step), -179), 179)
            latitude = min(max(latitude + real(-step...step), -80), 80)
            return at(longitude, latitude)
        }
    }
}
