import MapGeometry

/// A position with whole coordinates, for answers without rounding.
struct LatticePoint: Hashable {
    var x: Int
    var y: Int

    var coordinate: Coordinate { at(Double(x), Double(y)) }

    static func * (point: LatticePoint, factor: Int) -> LatticePoint {
        LatticePoint(x: point.x * factor, y: point.y * factor)
    }
}

/// A box with whole corners.
struct LatticeBox {
    let west: Int, south: Int, east: Int, north: Int

    var box: BoundingBox {
        BoundingBox(uncheckedWest: Double(west), south: Double(south), east: Double(east), north: Double(north))
    }

    /// Whether a point of the segment lies in the box. Where they meet at all, they meet at one of the
    /// segment's ends or where it crosses the line of an edge; those shares are looked at as exact fractions.
    func meets(_ a: LatticePoint, _ b: LatticePoint) -> Bool {
        var shares = [(0, 1), (1, 1)]
        if a.x != b.x { shares += [west, east].map { ($0 - a.x, b.x - a.x) } }
        if a.y != b.y { shares += [south, north].map { ($0 - a.y, b.y - a.y) } }
        return shares.contains { share in
            let (over, under) = share.1 < 0 ? (-share.0, -share.1) : share
            guard 0...under ~= over else { return false }
            let x = a.x * under + (b.x - a.x) * over
            let y = a.y * under + (b.y - a.y) * over
            return west * under...east * under ~= x && south * under...north * under ~= y
        }
    }

    /// Positions of the box in quarters: coordinates are four times as large.
    var quarters: [LatticePoint] {
        (4 * west...4 * east).flatMap { x in (4 * south...4 * north).map { LatticePoint(x: x, y: $0) } }
    }
}

/// A ring of whole corners that is not closed, perhaps crossing itself.
struct LatticeRing {
    let corners: [LatticePoint]

    var edges: [(LatticePoint, LatticePoint)] { zip(corners, corners.dropFirst() + corners.prefix(1)).map { ($0, $1) } }

    func ring() throws -> LinearRing { try .through(corners.map(\.coordinate)) }

    /// Even-odd, by whole numbers along a ray to the north; nil on the boundary. The point is in quarters.
    func encloses(_ point: LatticePoint) -> Bool? {
        var inside = false
        for (from, to) in edges {
            let (a, b) = (from * 4, to * 4)
            let cross = (b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x)
            if cross == 0, min(a.x, b.x)...max(a.x, b.x) ~= point.x, min(a.y, b.y)...max(a.y, b.y) ~= point.y {
                return nil
            }
            if (a.x > point.x) != (b.x > point.x), b.x > a.x ? cross < 0 : cross > 0 { inside.toggle() }
        }
        return inside
    }
}

/// A polygon of lattice rings.
struct LatticePolygon {
    let exterior: LatticeRing
    let holes: [LatticeRing]

    func polygon() throws -> Polygon { try Polygon(exterior: exterior.ring(), holes: holes.map { try $0.ring() }) }

    /// The point is in quarters; boundaries belong to the polygon.
    func covers(_ point: LatticePoint) -> Bool {
        exterior.encloses(point) != false && !holes.contains { $0.encloses(point) == true }
    }
}
