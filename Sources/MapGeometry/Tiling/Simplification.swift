/// Which positions of a path are left out at which tolerance, found once for all tolerances.
///
/// Source: Douglas and Peucker, "Algorithms for the reduction of the number of points required to represent a
/// digitized line or its caricature", Cartographica 10(2), 1973. A position is kept at a tolerance when it and every
/// position that divided the path before it lie farther from their chord; so one pass serves every zoom.
/// Iterative, so that a line of a million positions does not exhaust the stack.
struct Simplification {
    /// By position: the square of the tolerance at which it begins to be left out, in the path's own units; infinite
    /// for both ends.
    private(set) var squaredTolerances: [Double]
    /// How many distances have been measured: at most `Self.mostMeasurements(count)`.
    private(set) var measurements = 0
    private let path: [TilePoint]
    private let deepest: Int

    private struct Stretch {
        let first: Int
        let last: Int
        let depth: Int
        let squaredTolerance: Double
    }

    /// - Parameter finest: what no tolerance will ever go below; stretches as straight as that are not looked at further.
    init(_ path: [TilePoint], finest: Double = 0) {
        self.path = path
        deepest = Self.deepest(path.count)
        squaredTolerances = Array(repeating: 0, count: path.count)
        guard path.count > 2 else {
            squaredTolerances = Array(repeating: .infinity, count: path.count)
            return
        }
        squaredTolerances[0] = .infinity
        squaredTolerances[path.count - 1] = .infinity
        divideAll(finest: finest)
    }

    /// However a path winds: each position is measured once a level, and after `deepest` levels stretches are halved.
    static func mostMeasurements(_ count: Int) -> Int { count * (deepest(count) + bits(count)) }

    private static func deepest(_ count: Int) -> Int { 4 * bits(count) }

    private static func bits(_ count: Int) -> Int { count.bitWidth - count.leadingZeroBitCount }

    private mutating func divideAll(finest: Double) {
        var pending = [Stretch(first: 0, last: path.count - 1, depth: 0, squaredTolerance: .infinity)]
        while let stretch = pending.popLast() {
            guard let (index, distance) = farthest(between: stretch.first, stretch.last), distance > finest * finest
            else { continue }
            // A path made so that each division takes off one position would cost the square of its length.
            let middle = stretch.depth < deepest ? index : (stretch.first + stretch.last) / 2
            let squaredTolerance = min(distance, stretch.squaredTolerance)
            squaredTolerances[middle] = squaredTolerance
            for (first, last) in [(stretch.first, middle), (middle, stretch.last)] where last - first > 1 {
                pending.append(
                    Stretch(first: first, last: last, depth: stretch.depth + 1, squaredTolerance: squaredTolerance))
            }
        }
    }

    /// The position farthest from the chord of two others, and its squared distance.
    private mutating func farthest(between first: Int, _ last: Int) -> (index: Int, squaredDistance: Double)? {
        var best: (index: Int, squaredDistance: Double)?
        for index in (first + 1)..<max(last, first + 1) {
            let distance = squaredDistance(path[index], path[first], path[last])
            if distance > best?.squaredDistance ?? -1 { best = (index, distance) }
        }
        measurements += max(last - first - 1, 0)
        return best
    }
}

extension [TilePoint] {
    /// The path with positions left out that lie within `tolerance` units of what remains; ends stay.
    func simplified(tolerance: Double) -> [TilePoint] {
        let simplification = Simplification(self, finest: tolerance)
        return zip(self, simplification.squaredTolerances).compactMap { $1 > tolerance * tolerance ? $0 : nil }
    }
}

/// From a point to a segment; a ring's chord may have no length.
private func squaredDistance(_ point: TilePoint, _ a: TilePoint, _ b: TilePoint) -> Double {
    var x = a.x
    var y = a.y
    let deltaX = b.x - x
    let deltaY = b.y - y
    let length = deltaX * deltaX + deltaY * deltaY
    if length > 0 {
        let share = min(max(((point.x - x) * deltaX + (point.y - y) * deltaY) / length, 0), 1)
        x += share * deltaX
        y += share * deltaY
    }
    return (point.x - x) * (point.x - x) + (point.y - y) * (point.y - y)
}
