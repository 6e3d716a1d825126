import TestSupport
import Testing

@testable import MapGeometry

@Suite("Simplification")
struct SimplificationTests {
    @Test("every position left out lies within one unit of what remains", arguments: 0..<12 as Range<UInt64>)
    func staysWithinTolerance(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let path = random.path(random.integer(3...400), step: [0.3, 1, 4, 40][Int(seed) % 4])
        let simplified = path.simplified(tolerance: 1)
        #expect(simplified.first == path.first && simplified.last == path.last)
        var kept = simplified[...].dropFirst()
        var previous = path[0]
        for point in path.dropFirst() {
            guard let next = kept.first else { break }
            if point == next {
                previous = next
                kept = kept.dropFirst()
            } else {
                #expect(distance(point, previous, next) <= 1 + 1e-9, "seed \(seed)")
            }
        }
        #expect(kept.isEmpty, "seed \(seed): what remains is part of the path, in order")
    }

    @Test("a wiggle below a unit goes and one above it stays")
    func threshold() {
        func path(_ height: Double) -> [TilePoint] {
            [TilePoint(x: 0, y: 0), TilePoint(x: 50, y: height), TilePoint(x: 100, y: 0)]
        }
        #expect(path(1).simplified(tolerance: 1).count == 2)
        #expect(path(1.01).simplified(tolerance: 1).count == 3)
    }

    @Test("a spike along the line stays: the distance is to the segment, not to its line")
    func spikes() {
        let path = [TilePoint(x: 0, y: 0), TilePoint(x: 90, y: 0), TilePoint(x: 10, y: 0)]
        #expect(path.simplified(tolerance: 1) == path)
    }

    @Test("a ring, whose chord has no length, keeps its corners")
    func rings() {
        let corners = [(0, 0), (10, 0), (10, 10), (0, 10), (0, 0)].map { TilePoint(x: $0.0, y: $0.1) }
        #expect(corners.simplified(tolerance: 1) == corners)
        let speck = corners.map { TilePoint(x: $0.x / 20, y: $0.y / 20) }
        #expect(speck.simplified(tolerance: 1).count == 2)
    }

    @Test("two positions or fewer are what they are")
    func shortPaths() {
        let two = [TilePoint(x: 0, y: 0), TilePoint(x: 0.1, y: 0)]
        #expect(two.simplified(tolerance: 1) == two)
        #expect([TilePoint]().simplified(tolerance: 1).isEmpty)
    }

    @Test("a line of twenty thousand positions does not exhaust the stack")
    func longLine() {
        var random = SeededGenerator(seed: 1)
        let path = random.path(20_000, step: 30)
        #expect(path.simplified(tolerance: 1).count > 10_000)
    }
}

extension SeededGenerator {
    /// A walk whose steps have at most this length along each axis.
    fileprivate mutating func path(_ count: Int, step: Double) -> [TilePoint] {
        var here = TilePoint(x: 0, y: 0)
        return (0..<count).map { _ in
            here = TilePoint(x: here.x + real(-step...step), y: here.y + real(-step...step))
            return here
        }
    }
}
