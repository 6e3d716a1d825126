/// A GeoJSON geometry whose parts are valid by construction (RFC 7946, section 3.1).
///
/// Validity here is structural: finite positions in range, lines of two or more, rings closed and of
/// four or more. A polygon that crosses itself is kept; `lieudit check` names it.
package enum Geometry: Hashable, Sendable {
    case point(Coordinate)
    case multiPoint([Coordinate])
    case lineString(LineString)
    case multiLineString([LineString])
    case polygon(Polygon)
    case multiPolygon([Polygon])
    case geometryCollection([Geometry])

    /// The name GeoJSON gives to this type.
    package var typeName: String {
        switch self {
        case .point: "Point"
        case .multiPoint: "MultiPoint"
        case .lineString: "LineString"
        case .multiLineString: "MultiLineString"
        case .polygon: "Polygon"
        case .multiPolygon: "MultiPolygon"
        case .geometryCollection: "GeometryCollection"
        }
    }

    /// True for a collection or multi-geometry that holds no position at all.
    package var isEmpty: Bool {
        switch self {
        case .point, .lineString, .polygon: false
        case .multiPoint(let points): points.isEmpty
        case .multiLineString(let lines): lines.isEmpty
        case .multiPolygon(let polygons): polygons.isEmpty
        case .geometryCollection(let members): members.allSatisfy(\.isEmpty)
        }
    }
}

/// Two or more positions joined by straight lines in longitude and latitude.
package struct LineString: Hashable, Sendable {
    package let coordinates: [Coordinate]

    package init(_ coordinates: [Coordinate]) throws(GeometryError) {
        guard coordinates.count >= 2 else {
            throw .tooFewPositions(found: coordinates.count, needed: 2, shape: "LineString")
        }
        self.coordinates = coordinates
    }

    /// For positions counted already.
    init(unchecked coordinates: [Coordinate]) {
        self.coordinates = coordinates
    }
}

/// A closed ring: four or more positions, the last equal to the first.
package struct LinearRing: Hashable, Sendable {
    package let coordinates: [Coordinate]

    package init(_ coordinates: [Coordinate]) throws(GeometryError) {
        guard coordinates.count >= 4 else {
            throw .tooFewPositions(found: coordinates.count, needed: 4, shape: "polygon ring")
        }
        guard coordinates.first == coordinates.last else { throw .ringNotClosed }
        self.coordinates = coordinates
    }

    /// For positions counted and closed already.
    package init(unchecked coordinates: [Coordinate]) {
        self.coordinates = coordinates
    }

    /// Twice the signed planar area in square degrees: positive when counterclockwise.
    package var doubledSignedArea: Double {
        // Relative to the first corner: the products of large longitudes would eat a small ring's digits.
        let origin = coordinates[0]
        var sum = 0.0
        for index in 1..<coordinates.count {
            let a = coordinates[index - 1]
            let b = coordinates[index]
            sum +=
                (a.longitude - origin.longitude) * (b.latitude - origin.latitude)
                - (b.longitude - origin.longitude) * (a.latitude - origin.latitude)
        }
        return sum
    }

    package func wound(counterclockwise: Bool) -> LinearRing {
        let area = doubledSignedArea
        guard area != 0, (area > 0) != counterclockwise else { return self }
        return LinearRing(unchecked: coordinates.reversed())
    }
}

/// An exterior ring and its holes, wound as RFC 7946 asks: exterior counterclockwise, holes clockwise.
package struct Polygon: Hashable, Sendable {
    package let exterior: LinearRing
    package let holes: [LinearRing]

    /// Takes rings in either direction and winds them.
    package init(exterior: LinearRing, holes: [LinearRing] = []) {
        self.exterior = exterior.wound(counterclockwise: true)
        self.holes = holes.map { $0.wound(counterclockwise: false) }
    }

    package var rings: [LinearRing] { [exterior] + holes }
}
