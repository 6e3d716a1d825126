extension Geometry {
    /// Whether this geometry and a box share at least one point; edges count, and the box may cross
    /// the antimeridian. Segments are straight in longitude and latitude (RFC 7946, section 3.1.1).
    package func intersects(_ box: BoundingBox) -> Bool {
        box.parts.contains { part in simpleParts.contains { $0.intersectsPlanar(part) } }
    }

    /// Whether a position lies on or inside a polygon of this geometry.
    package func covers(_ coordinate: Coordinate) -> Bool {
        simpleParts.contains { part in
            if case .polygon(let polygon) = part { polygon.covers(coordinate) } else { false }
        }
    }
}

extension SimplePart {
    fileprivate func intersectsPlanar(_ box: BoundingBox) -> Bool {
        switch self {
        case .point(let coordinate): box.containsPlanar(coordinate)
        case .line(let line): line.coordinates.touches(box)
        case .polygon(let polygon): polygon.intersectsPlanar(box)
        }
    }
}

extension Polygon {
    fileprivate func intersectsPlanar(_ box: BoundingBox) -> Bool {
        if exterior.coordinates.touches(box) || holes.contains(where: { $0.coordinates.touches(box) }) {
            return true
        }
        // No boundary meets the box, so the box lies wholly inside or wholly outside.
        return covers(Coordinate(clampingLongitude: box.west, latitude: box.south))
    }

    /// Even-odd rule, boundary included.
    package func covers(_ coordinate: Coordinate) -> Bool {
        guard exterior.winds(around: coordinate) != .outside else { return false }
        return !holes.contains { $0.winds(around: coordinate) == .inside }
    }
}

extension LinearRing {
    enum Side { case inside, boundary, outside }

    /// Ray casting towards the east with an explicit boundary test (Franklin, "PNPOLY").
    func winds(around point: Coordinate) -> Side {
        var inside = false
        for index in 1..<coordinates.count {
            let a = coordinates[index - 1]
            let b = coordinates[index]
            if isOnSegment(point, a, b) { return .boundary }
            if (a.latitude > point.latitude) != (b.latitude > point.latitude) {
                let share = (point.latitude - a.latitude) / (b.latitude - a.latitude)
                if point.longitude < a.longitude + share * (b.longitude - a.longitude) { inside.toggle() }
            }
        }
        return inside ? .inside : .outside
    }
}

private func isOnSegment(_ point: Coordinate, _ a: Coordinate, _ b: Coordinate) -> Bool {
    let cross =
        (b.longitude - a.longitude) * (point.latitude - a.latitude)
        - (b.latitude - a.latitude) * (point.longitude - a.longitude)
    return cross == 0
        && point.longitude >= min(a.longitude, b.longitude) && point.longitude <= max(a.longitude, b.longitude)
        && point.latitude >= min(a.latitude, b.latitude) && point.latitude <= max(a.latitude, b.latitude)
}

extension [Coordinate] {
    /// Whether any segment of this chain meets a box with west ≤ east.
    fileprivate func touches(_ box: BoundingBox) -> Bool {
        for index in 1..<count where segmentMeets(self[index - 1], self[index], box) { return true }
        return false
    }
}

/// Liang and Barsky, "A New Concept and Method for Line Clipping", ACM TOG 3(1), 1984.
private func segmentMeets(_ a: Coordinate, _ b: Coordinate, _ box: BoundingBox) -> Bool {
    if box.containsPlanar(a) || box.containsPlanar(b) { return true }
    let deltaX = b.longitude - a.longitude
    let deltaY = b.latitude - a.latitude
    var enter = 0.0
    var leave = 1.0
    let edges = [
        (-deltaX, a.longitude - box.west), (deltaX, box.east - a.longitude),
        (-deltaY, a.latitude - box.south), (deltaY, box.north - a.latitude),
    ]
    for (direction, distance) in edges {
        if direction == 0 {
            if distance < 0 { return false }
            continue
        }
        let share = distance / direction
        if direction < 0 { enter = max(enter, share) } else { leave = min(leave, share) }
        if enter > leave { return false }
    }
    return true
}
