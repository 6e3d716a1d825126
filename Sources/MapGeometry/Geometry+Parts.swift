extension Geometry {
    /// Calls `body` with every position, rings' closing positions included.
    package func forEachCoordinate(_ body: (Coordinate) -> Void) {
        switch self {
        case .point(let coordinate): body(coordinate)
        case .multiPoint(let coordinates): coordinates.forEach(body)
        case .lineString(let line): line.coordinates.forEach(body)
        case .multiLineString(let lines): lines.forEach { $0.coordinates.forEach(body) }
        case .polygon(let polygon): polygon.forEachCoordinate(body)
        case .multiPolygon(let polygons): polygons.forEach { $0.forEachCoordinate(body) }
        case .geometryCollection(let members): members.forEach { $0.forEachCoordinate(body) }
        }
    }

    /// Whether it has so many positions, rings' closing positions included; of many parts only as many are looked at as it takes.
    package func hasPositions(atLeast count: Int) -> Bool {
        var found = 0
        for part in simpleParts {
            switch part {
            case .point: found += 1
            case .line(let line): found += line.coordinates.count
            case .polygon(let polygon): found += polygon.rings.reduce(0) { $0 + $1.coordinates.count }
            }
            if found >= count { return true }
        }
        return found >= count
    }

    /// The same shape with every position replaced; the caller keeps closed rings closed by being a function.
    package func mapCoordinates(_ transform: (Coordinate) -> Coordinate) -> Geometry {
        func line(_ line: LineString) -> LineString { LineString(mapping: line, transform) }
        func polygon(_ polygon: Polygon) -> Polygon { Polygon(mapping: polygon, transform) }
        return switch self {
        case .point(let coordinate): .point(transform(coordinate))
        case .multiPoint(let coordinates): .multiPoint(coordinates.map(transform))
        case .lineString(let value): .lineString(line(value))
        case .multiLineString(let lines): .multiLineString(lines.map(line))
        case .polygon(let value): .polygon(polygon(value))
        case .multiPolygon(let polygons): .multiPolygon(polygons.map(polygon))
        case .geometryCollection(let members): .geometryCollection(members.map { $0.mapCoordinates(transform) })
        }
    }

    /// The simple parts: points, lines and polygons, collections opened.
    package var simpleParts: [SimplePart] {
        switch self {
        case .point(let coordinate): [.point(coordinate)]
        case .multiPoint(let coordinates): coordinates.map(SimplePart.point)
        case .lineString(let line): [.line(line)]
        case .multiLineString(let lines): lines.map(SimplePart.line)
        case .polygon(let polygon): [.polygon(polygon)]
        case .multiPolygon(let polygons): polygons.map(SimplePart.polygon)
        case .geometryCollection(let members): members.flatMap(\.simpleParts)
        }
    }

    /// The smallest box with west ≤ east around every position; nil for an empty geometry.
    package var boundingBox: BoundingBox? {
        if case .point(let coordinate) = self { return BoundingBox(coordinate) }
        var box: BoundingBox?
        forEachCoordinate { coordinate in
            let here = BoundingBox(coordinate)
            box = box?.union(here) ?? here
        }
        return box
    }
}

/// What remains of a geometry once collections and multi-geometries are opened.
package enum SimplePart: Sendable {
    case point(Coordinate)
    case line(LineString)
    case polygon(Polygon)
}

extension Polygon {
    func forEachCoordinate(_ body: (Coordinate) -> Void) {
        exterior.coordinates.forEach(body)
        for hole in holes { hole.coordinates.forEach(body) }
    }

    fileprivate init(mapping polygon: Polygon, _ transform: (Coordinate) -> Coordinate) {
        self.init(
            exterior: LinearRing(mapping: polygon.exterior, transform),
            holes: polygon.holes.map { LinearRing(mapping: $0, transform) }
        )
    }
}

extension LineString {
    fileprivate init(mapping line: LineString, _ transform: (Coordinate) -> Coordinate) {
        self.init(unchecked: line.coordinates.map(transform))
    }
}

extension LinearRing {
    fileprivate init(mapping ring: LinearRing, _ transform: (Coordinate) -> Coordinate) {
        self.init(unchecked: ring.coordinates.map(transform))
    }
}
