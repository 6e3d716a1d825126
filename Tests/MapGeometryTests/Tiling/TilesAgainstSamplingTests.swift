import Foundation
import TestSupport
import Testing

@testable import MapGeometry

@Suite("Tiles against a look at many points")
struct TilesAgainstSamplingTests {
    /// Units that simplifying (1) and snapping (0.71) may move a path, and a little more.
    private let tolerance = 1.75

    @Test("a clipped polygon covers what the polygon covers", arguments: 0..<10 as Range<UInt64>)
    func polygons(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let grid = try random.grid()
        let exterior = random.star(radius: 500...6_000, corners: random.integer(5...60))
        let hole = random.star(radius: 50...400, corners: random.integer(4...20))
        let polygon = try Polygon(
            exterior: grid.ring(exterior.map { ($0.x, $0.y) }), holes: [grid.ring(hole.map { ($0.x, $0.y) })])
        let shown = grid.shapes(of: .polygon(polygon)).polygons.first ?? []
        var answers: [Bool: Int] = [:]
        for _ in 0..<400 {
            let point = TilePoint(x: random.real(-60...4156), y: random.real(-60...4156))
            let edges = [exterior, hole].map { distance(point, to: $0 + $0.prefix(1)) }.min() ?? .infinity
            guard edges > tolerance else { continue }
            let expected = encloses([exterior, hole], point)
            #expect(encloses(shown.map { $0.map(\.point) }, point) == expected, "seed \(seed): \(point)")
            answers[expected, default: 0] += 1
        }
        #expect(answers.values.reduce(0, +) > 300)
    }

    @Test("clipped lines run where the line runs, and nowhere else", arguments: 0..<10 as Range<UInt64>)
    func lines(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let grid = try random.grid()
        let line = (0..<random.integer(2...60)).map { _ in
            TilePoint(x: random.real(-6_000...10_000), y: random.real(-6_000...10_000))
        }
        let pieces = grid.shapes(of: .lineString(try grid.line(line.map { ($0.x, $0.y) }))).lines.map {
            $0.map(\.point)
        }
        for piece in pieces {
            for position in piece { #expect(distance(position, to: line) <= tolerance, "seed \(seed)") }
        }
        for (a, b) in zip(line, line.dropFirst()) {
            for _ in 0..<60 {
                let share = random.real(0...1)
                let point = TilePoint(x: a.x + share * (b.x - a.x), y: a.y + share * (b.y - a.y))
                guard -60...4156 ~= point.x, -60...4156 ~= point.y else { continue }
                let nearest = pieces.map { distance(point, to: $0) }.min() ?? .infinity
                #expect(nearest <= tolerance, "seed \(seed): \(point)")
            }
        }
    }

    @Test("neighbouring tiles agree where they meet", arguments: 0..<10 as Range<UInt64>, [(1, 0), (0, 1)])
    func seams(seed: UInt64, step: (Int, Int)) throws {
        var random = SeededGenerator(seed: seed)
        let grid = try random.grid()
        let address = grid.address
        let next = TileGrid(
            try TileAddress(zoom: address.zoom, column: address.column + step.0, row: address.row + step.1))
        let offset = (x: Double(step.0) * 4096, y: Double(step.1) * 4096)
        let middle = TilePoint(x: 2048 + offset.x / 2, y: 2048 + offset.y / 2)
        // A walk to and fro across the seam, so that simplification has something to leave out.
        let line = random.walk(400, around: middle)
        let geometry = Geometry.lineString(try grid.line(line.map { ($0.x, $0.y) }))
        let ours = grid.shapes(of: geometry).lines.map { $0.map(\.point) }
        let theirs = next.shapes(of: geometry).lines.map { line in
            line.map { TilePoint(x: Double($0.x) + offset.x, y: Double($0.y) + offset.y) }
        }
        // Both draw what lies within both buffers; there every position of one is a position of the other.
        func isShared(_ point: TilePoint) -> Bool {
            step.0 == 1 ? abs(point.x - offset.x) < 60 : abs(point.y - offset.y) < 60
        }
        let here = Set(ours.joined().filter(isShared).map(\.snapped))
        let there = Set(theirs.joined().filter(isShared).map(\.snapped))
        #expect(here.count > 20 && here == there, "seed \(seed): \(here.symmetricDifference(there))")
    }

    @Test("a position half way between two units goes the same way in both tiles")
    func halfUnits() throws {
        let west = TileGrid(try TileAddress(zoom: 5, column: 7, row: 9))
        let east = TileGrid(try TileAddress(zoom: 5, column: 8, row: 9))
        for unit in -40...40 {
            let x = (8 * 4096 + Double(unit) + 0.5) / (32 * 4096)
            let y = (9 * 4096 + 7) / (32 * 4096.0)
            #expect(west.place(x: x, y: y).snapped.x - 4096 == east.place(x: x, y: y).snapped.x, "unit \(unit)")
        }
    }
}

extension SeededGenerator {
    /// A tile that is neither the last of its row nor of its column.
    fileprivate mutating func grid() throws -> TileGrid {
        let zoom = integer(3...16)
        let last = (1 << zoom) - 3
        return TileGrid(try TileAddress(zoom: zoom, column: integer(2...last), row: integer(2...last)))
    }

    /// A walk in small steps that is drawn back to its start.
    fileprivate mutating func walk(_ count: Int, around start: TilePoint) -> [TilePoint] {
        var here = start
        return (0..<count).map { _ in
            here = TilePoint(
                x: here.x + real(-9...9) + (start.x - here.x) / 20, y: here.y + real(-9...9) + (start.y - here.y) / 20)
            return here
        }
    }

    /// A ring that does not cross itself, seen around the tile's middle; not closed.
    fileprivate mutating func star(radius: ClosedRange<Double>, corners: Int) -> [TilePoint] {
        (0..<corners).map { corner in
            let angle = 2 * Double.pi * Double(corner) / Double(corners)
            let away = real(radius)
            return TilePoint(x: 2048 + away * cos(angle), y: 2048 + away * sin(angle))
        }
    }
}
