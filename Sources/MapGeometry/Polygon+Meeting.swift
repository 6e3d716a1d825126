/// How a polygon lies to other shapes. Sides are straight in longitude and latitude; what crosses the antimeridian is
/// for the caller to cut.
extension Polygon {
    /// Whether this polygon and a geometry share at least one point; edges count.
    package func meets(_ geometry: Geometry) -> Bool { geometry.simpleParts.contains(where: meets) }

    /// Whether all of another polygon's outer ring lies in this one, edges included.
    package func holds(_ other: Polygon) -> Bool {
        let outline = other.exterior.coordinates
        guard outline.allSatisfy(covers) else { return false }
        // No corner of this one may stand inside, nor a side come through: then a piece of the other is outside.
        for ring in rings {
            if ring.coordinates.contains(where: { other.exterior.winds(around: $0) == .inside }) { return false }
            if ring.coordinates.hasSide(where: { side in outline.hasSide { side.crosses($0) } }) { return false }
        }
        return true
    }

    private func meets(_ part: SimplePart) -> Bool {
        switch part {
        case .point(let place): return covers(place)
        case .line(let line): return meets(line.coordinates)
        case .polygon(let polygon):
            if polygon.rings.contains(where: { meets($0.coordinates) }) { return true }
            // No boundary of the other meets this one: this one lies wholly inside or wholly outside.
            return polygon.covers(exterior.coordinates[0])
        }
    }

    private func meets(_ chain: [Coordinate]) -> Bool {
        if chain.contains(where: covers) { return true }
        return chain.hasSide { side in rings.contains { $0.coordinates.hasSide { side.meets($0) } } }
    }
}

extension [Coordinate] {
    fileprivate func hasSide(where isMeant: (PlanarSegment) -> Bool) -> Bool {
        for place in indices.dropFirst() where isMeant(PlanarSegment(self[place - 1], self[place])) { return true }
        return false
    }
}
