import TestSupport
import Testing

@testable import MapGeometry

@Suite("The window that tiles are clipped to")
struct TileWindowTests {
    private let window = TileWindow(minimum: 0, maximum: 10)

    private func path(_ pairs: [(Double, Double)]) -> [TilePoint] { pairs.map { TilePoint(x: $0.0, y: $0.1) } }

    @Test("edges belong to the window")
    func edges() {
        #expect(path([(0, 0), (10, 10), (0, 5), (5, 10)]).allSatisfy(window.contains))
        #expect(!path([(-0.1, 5), (10.1, 5), (5, -0.1), (5, 10.1)]).contains(where: window.contains))
    }

    @Test("a line along an edge stays, one just beyond goes")
    func alongAnEdge() {
        #expect(window.clip(line: path([(-5, 10), (15, 10)])) == [path([(0, 10), (10, 10)])])
        #expect(window.clip(line: path([(-5, 10.5), (15, 10.5)])).isEmpty)
    }

    @Test("a line that ends on the edge and goes on inside is one piece")
    func pauseOnTheEdge() {
        let bent = path([(5, 5), (10, 5), (5, 8)])
        #expect(window.clip(line: bent) == [bent])
    }

    @Test("a line of one position, or of none, has no pieces")
    func shortLines() {
        #expect(window.clip(line: path([(1, 1)])).isEmpty && window.clip(line: []).isEmpty)
    }

    @Test("a ring around the window becomes the window; one aside becomes nothing")
    func rings() {
        let clipped = window.clip(ring: path([(-50, -50), (50, -50), (50, 50), (-50, 50)]))
        #expect(Set(clipped.map(\.snapped)) == Set(positions([(0, 0), (10, 0), (10, 10), (0, 10)])))
        #expect(window.clip(ring: path([(20, 0), (30, 0), (30, 10)])).isEmpty)
        #expect(window.clip(ring: []).isEmpty)
    }

    @Test("clipping keeps the area that lies inside", arguments: 0..<4 as Range<UInt64>)
    func area(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let (west, east) = (random.real(-20...20), random.real(-20...20))
            let (north, south) = (random.real(-20...20), random.real(-20...20))
            let ring = path([(west, north), (east, north), (east, south), (west, south)])
            let width = min(max(west, east), 10) - max(min(west, east), 0)
            let height = min(max(north, south), 10) - max(min(north, south), 0)
            #expect(abs(area(window.clip(ring: ring)) - max(width, 0) * max(height, 0)) < 1e-9, "seed \(seed)")
        }
    }

    private func area(_ ring: [TilePoint]) -> Double {
        abs(zip(ring, ring.dropFirst() + ring.prefix(1)).reduce(0) { $0 + $1.0.x * $1.1.y - $1.1.x * $1.0.y }) / 2
    }
}
