import MapGeometry
import TestSupport
import Testing

@Suite("Geometries and boxes, against a look at every point")
struct IntersectionAgainstSamplingTests {
    @Test("a line meets a box when a point of it lies there", arguments: 0..<4 as Range<UInt64>)
    func lines(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var answers: [Bool: Int] = [:]
        for _ in 0..<1_500 {
            let corners = random.corners(random.integer(2...4))
            let box = random.box()
            let expected = zip(corners, corners.dropFirst()).contains { box.meets($0, $1) }
            let line = Geometry.lineString(try LineString(corners.map(\.coordinate)))
            #expect(line.intersects(box.box) == expected, "seed \(seed): \(corners) in \(box)")
            answers[expected, default: 0] += 1
        }
        #expect(answers.values.allSatisfy { $0 > 100 } && answers.count == 2, "both answers occur")
    }

    @Test("a polygon meets a box when a point of it lies there", arguments: 0..<4 as Range<UInt64>)
    func polygons(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var answers: [Bool: Int] = [:]
        for _ in 0..<500 {
            let lattice = random.polygon()
            let box = random.box()
            let boundary = ([lattice.exterior] + lattice.holes).flatMap(\.edges)
            let expected = boundary.contains { box.meets($0, $1) } || box.quarters.contains(where: lattice.covers)
            let polygon = Geometry.polygon(try lattice.polygon())
            #expect(polygon.intersects(box.box) == expected, "seed \(seed): \(lattice) in \(box)")
            answers[expected, default: 0] += 1
        }
        #expect(answers.values.allSatisfy { $0 > 30 } && answers.count == 2, "both answers occur")
    }

    @Test(
        "a polygon covers what is inside it, its boundary and its holes' boundaries", arguments: 0..<4 as Range<UInt64>)
    func covering(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let everywhere = LatticeBox(west: -1, south: -1, east: 11, north: 11).quarters
        for _ in 0..<15 {
            let lattice = random.polygon()
            let polygon = Geometry.polygon(try lattice.polygon())
            let wrong = everywhere.filter { point in
                polygon.covers(at(Double(point.x) / 4, Double(point.y) / 4)) != lattice.covers(point)
            }
            #expect(wrong.isEmpty, "seed \(seed): \(lattice)")
        }
    }

    @Test("a point meets a box when the box contains it", arguments: 0..<4 as Range<UInt64>)
    func points(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let place = random.place()
            let west = random.place()
            let east = random.place()
            let box = BoundingBox(
                uncheckedWest: west.longitude, south: min(west.latitude, east.latitude), east: east.longitude,
                north: max(west.latitude, east.latitude))
            // Eastwards from the west edge, on the circle.
            let width = turn(from: box.west, to: box.east)
            let isWithin = turn(from: box.west, to: place.longitude) <= width || box.west == -180 && box.east == 180
            let expected = isWithin && box.south...box.north ~= place.latitude
            #expect(Geometry.point(place).intersects(box) == expected, "seed \(seed): \(place) in \(box)")
            #expect(box.contains(place) == expected)
        }
    }

    private func turn(from west: Double, to east: Double) -> Double {
        let turn = (east - west).truncatingRemainder(dividingBy: 360)
        return turn < 0 ? turn + 360 : turn
    }
}

extension SeededGenerator {
    fileprivate mutating func corners(_ count: Int) -> [LatticePoint] {
        (0..<count).map { _ in LatticePoint(x: integer(0...10), y: integer(0...10)) }
    }

    fileprivate mutating func box() -> LatticeBox {
        let west = integer(0...10)
        let south = integer(0...10)
        return LatticeBox(
            west: west, south: south, east: min(west + integer(0...3), 10), north: min(south + integer(0...3), 10))
    }

    fileprivate mutating func polygon() -> LatticePolygon {
        let exterior = LatticeRing(corners: corners(integer(3...7)))
        return LatticePolygon(
            exterior: exterior, holes: (0..<integer(0...2)).map { _ in LatticeRing(corners: corners(integer(3...5))) })
    }
}
