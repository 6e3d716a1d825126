extension LinearRing {
    /// Whether the ring neither crosses nor touches itself: no two of its sides share a point, but for neighbours at
    /// their common corner. Compares every pair of sides: meant for rings of some hundred.
    package var isSimple: Bool {
        let sides = coordinates.count - 1
        guard sides >= 3 else { return false }
        for first in 0..<sides {
            if coordinates[first] == coordinates[first + 1] { return false }
            for second in (first + 1)..<sides where meets(first, second, of: sides) { return false }
        }
        return true
    }

    private func meets(_ first: Int, _ second: Int, of sides: Int) -> Bool {
        let (a, b) = (coordinates[first], coordinates[first + 1])
        let (c, d) = (coordinates[second], coordinates[second + 1])
        if second == first + 1 { return PlanarSegment(b, a).overlaps(PlanarSegment(c, d)) }
        if first == 0, second == sides - 1 { return PlanarSegment(a, b).overlaps(PlanarSegment(d, c)) }
        return PlanarSegment(a, b).meets(PlanarSegment(c, d))
    }
}

/// A straight piece between two positions, in longitude and latitude.
struct PlanarSegment {
    let start: Coordinate
    let end: Coordinate

    init(_ start: Coordinate, _ end: Coordinate) {
        self.start = start
        self.end = end
    }

    /// Whether they share a point, ends included (Cormen et al., "Introduction to Algorithms", 33.1).
    func meets(_ other: PlanarSegment) -> Bool {
        if crosses(other) { return true }
        return touches(other.start) || touches(other.end) || other.touches(start) || other.touches(end)
    }

    /// Whether each goes from one side of the other to the other side.
    func crosses(_ other: PlanarSegment) -> Bool {
        let (a, b) = (side(of: other.start), side(of: other.end))
        let (c, d) = (other.side(of: start), other.side(of: end))
        return a * b < 0 && c * d < 0
    }

    /// Whether two that begin at one position go the same way.
    func overlaps(_ other: PlanarSegment) -> Bool {
        guard side(of: other.end) == 0 else { return false }
        let mine = (end.longitude - start.longitude, end.latitude - start.latitude)
        let theirs = (other.end.longitude - start.longitude, other.end.latitude - start.latitude)
        return mine.0 * theirs.0 + mine.1 * theirs.1 > 0
    }

    private func touches(_ place: Coordinate) -> Bool {
        side(of: place) == 0 && place.longitude >= min(start.longitude, end.longitude)
            && place.longitude <= max(start.longitude, end.longitude)
            && place.latitude >= min(start.latitude, end.latitude)
            && place.latitude <= max(start.latitude, end.latitude)
    }

    /// −1 to the right, 1 to the left, 0 on the line through both ends.
    private func side(of place: Coordinate) -> Double {
        let cross =
            (end.longitude - start.longitude) * (place.latitude - start.latitude)
            - (end.latitude - start.latitude) * (place.longitude - start.longitude)
        return cross == 0 ? 0 : cross < 0 ? -1 : 1
    }
}
