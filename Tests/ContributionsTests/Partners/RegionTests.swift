import Contributions
import MapGeometry
import TestSupport
import Testing

@Suite struct RegionTests {
    private static func at(_ longitude: Double, _ latitude: Double) -> Coordinate {
        Coordinate(clampingLongitude: longitude, latitude: latitude)
    }

    private static func polygon(_ corners: [(Double, Double)]) throws -> Polygon {
        let ring = (corners + [corners[0]]).map { at($0.0, $0.1) }
        return Polygon(exterior: try LinearRing(ring))
    }

    private static let square = [(0.0, 0.0), (4, 0), (4, 4), (0, 4)]

    @Test(
        "A polygon that crosses or touches itself, has holes, no area or half the globe in one side is no region",
        arguments: [
            ([(0, 0), (4, 4), (4, 0), (0, 4)], .crossesItself), ([(0, 0), (4, 0), (2, 0), (2, 3)], .crossesItself),
            ([(0, 0), (4, 0), (4, 4), (2, 0), (0, 4)], .crossesItself),
            ([(0, 0), (4, 0), (4, 4), (4, 0)], .crossesItself),
            ([(0, 0), (0, 0), (4, 0), (4, 4)], .crossesItself), ([(0, 0), (1, 1), (2, 2)], .crossesItself),
            ([(170, 0), (-170, 0), (-170, 5), (170, 5)], .antimeridian),
            ((0...256).map { (Double($0), Double($0 * $0) / 1_000) }, .tooManyCorners(found: 257)),
        ] as [([(Double, Double)], RegionFault)])
    func refused(corners: [(Double, Double)], fault: RegionFault) throws {
        let polygon = try Self.polygon(corners)
        #expect(throws: fault) { try Region(polygon) }
    }

    @Test("A box that crosses the antimeridian or has no area is no region, and a polygon with a hole is none")
    func otherRefusals() throws {
        #expect(throws: RegionFault.antimeridian) {
            try Region(BoundingBox(west: 170, south: 0, east: -170, north: 5))
        }
        #expect(throws: RegionFault.noArea) { try Region(BoundingBox(west: 1, south: 0, east: 1, north: 5)) }
        let inner = try Self.polygon([(1, 1), (2, 1), (2, 2)])
        let holed = Polygon(exterior: try Self.polygon(Self.square).exterior, holes: [inner.exterior])
        #expect(throws: RegionFault.hole) { try Region(holed) }
    }

    @Test(
        "Of a random polygon, sides that share a point are found as by looking at each pair",
        arguments: 1...3 as ClosedRange<UInt64>)
    func starsAreSimple(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            // Corners around a middle, in the order of their angles: such a ring never crosses itself.
            let angles = (0..<12).map { Double($0) + Double.random(in: 0..<0.9, using: &generator) }
            let corners = angles.map { angle -> (Double, Double) in
                let reach = Double.random(in: 1...5, using: &generator)
                return (reach * cosine(angle / 12), reach * cosine(angle / 12 - 0.25))
            }
            #expect(try Self.polygon(corners).exterior.isSimple, "seed \(seed)")
            var crossed = corners
            crossed.swapAt(1, 7)
            let isSimple = try Self.polygon(crossed).exterior.isSimple
            #expect(isSimple == !Self.crossesByTurns(crossed), "seed \(seed) \(crossed)")
        }
    }

    /// Whether two sides that are no neighbours cross, by the turns that their corners make; random corners never touch.
    private static func crossesByTurns(_ corners: [(Double, Double)]) -> Bool {
        func turns(_ a: (Double, Double), _ b: (Double, Double), _ c: (Double, Double)) -> Bool {
            (b.0 - a.0) * (c.1 - a.1) > (b.1 - a.1) * (c.0 - a.0)
        }
        let sides = corners.indices.map { (corners[$0], corners[($0 + 1) % corners.count]) }
        for first in sides.indices {
            for second in sides.indices where abs(first - second) > 1 && abs(first - second) < sides.count - 1 {
                let ((a, b), (c, d)) = (sides[first], sides[second])
                if turns(a, c, d) != turns(b, c, d), turns(a, b, c) != turns(a, b, d) { return true }
            }
        }
        return false
    }

    /// Of a share of a full turn, by a sum that converges fast enough for a test.
    private func cosine(_ share: Double) -> Double {
        let x = (share - share.rounded()) * 2 * Double.pi
        var (sum, term) = (1.0, 1.0)
        for step in 1...14 {
            term *= -x * x / Double((2 * step - 1) * 2 * step)
            sum += term
        }
        return sum
    }

    @Test("What is exact belongs to a region that it touches; a cell only when all of it lies inside")
    func belonging() throws {
        let corner = try Self.polygon([(0, 0), (6, 0), (6, 2), (2, 2), (2, 6), (0, 6)])
        let regions = [try Region(corner), try Region(BoundingBox(west: 0, south: 0, east: 6, north: 2))]
        func cell(_ west: Double, _ south: Double, _ side: Double) throws -> Geometry {
            .polygon(
                try Self.polygon([
                    (west, south), (west + side, south), (west + side, south + side), (west, south + side),
                ]))
        }
        for region in regions {
            #expect(region.holds(.point(Self.at(6, 2)), isCell: false), "edges belong to it")
            #expect(!region.holds(.point(Self.at(6.1, 2)), isCell: false))
            #expect(region.holds(try cell(1, 1, 1), isCell: true))
            #expect(region.holds(try cell(1, 0, 2), isCell: true), "edges may be shared")
            #expect(!region.holds(try cell(5, 1, 2), isCell: true))
            #expect(region.holds(try cell(5, 1, 2), isCell: false), "an area that is exact meets it")
            #expect(!region.holds(try cell(-1, -1, 9), isCell: true), "it lies inside the cell")
            #expect(region.holds(try cell(-1, -1, 9), isCell: false))
            #expect(!region.holds(nil, isCell: false) && !region.holds(.multiPoint([]), isCell: false))
            let line = Geometry.lineString(try LineString([Self.at(-1, 1), Self.at(9, 1)]))
            #expect(region.holds(line, isCell: false), "no end of it lies inside")
        }
        #expect(regions[0].holds(try cell(0, 3, 2), isCell: true))
        // Every corner is inside, and a piece between them is not.
        let bay = try Region(
            Self.polygon([(0, 0), (6, 0), (6, 6), (4, 6), (4, 2), (2, 2), (2, 6), (0, 6)]))
        #expect(!bay.holds(try cell(1, 1, 4), isCell: true), "the bay ends in the cell")
        let across = Geometry.polygon(try Self.polygon([(1, 3), (5, 3), (5, 5), (1, 5)]))
        #expect(!bay.holds(across, isCell: true), "the bay goes through the cell")
    }
}
