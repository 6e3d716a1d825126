extension [TilePoint] {
    /// The path with positions left out that lie within `tolerance` units of what remains; ends stay.
    ///
    /// Source: Douglas and Peucker, "Algorithms for the reduction of the number of points required to
    /// represent a digitized line or its caricature", Cartographica 10(2), 1973. Iterative, so that a
    /// line of a million positions does not exhaust the stack.
    func simplified(tolerance: Double) -> [TilePoint] {
        guard count > 2 else { return self }
        var keep = [Bool](repeating: false, count: count)
        keep[0] = true
        keep[count - 1] = true
        var pending = [(0, count - 1)]
        while let (first, last) = pending.popLast() {
            guard let (index, distance) = farthest(between: first, last), distance > tolerance * tolerance else {
                continue
            }
            keep[index] = true
            pending.append((first, index))
            pending.append((index, last))
        }
        return zip(self, keep).compactMap { $1 ? $0 : nil }
    }

    /// The position farthest from the chord of two others, and its squared distance.
    private func farthest(between first: Int, _ last: Int) -> (index: Int, squaredDistance: Double)? {
        var best: (index: Int, squaredDistance: Double)?
        for index in (first + 1)..<Swift.max(last, first + 1) {
            let distance = squaredDistance(self[index], self[first], self[last])
            if distance > best?.squaredDistance ?? -1 { best = (index, distance) }
        }
        return best
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
