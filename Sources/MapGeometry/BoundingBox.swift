/// A box of longitudes and latitudes in degrees: west, south, east, north; edges belong to it.
///
/// Longitude is a closed interval on a circle: a box whose west is greater than its east crosses
/// the antimeridian, as in RFC 7946, section 5.2.
package struct BoundingBox: Hashable, Sendable {
    package let west: Double
    package let south: Double
    package let east: Double
    package let north: Double

    /// - Throws: `GeometryError` when a corner is not a position or south lies north of north.
    package init(west: Double, south: Double, east: Double, north: Double) throws(GeometryError) {
        _ = try Coordinate(longitude: west, latitude: south)
        _ = try Coordinate(longitude: east, latitude: north)
        guard south <= north else { throw .boxLatitudesReversed(south: south, north: north) }
        self.init(uncheckedWest: west, south: south, east: east, north: north)
    }

    /// For edges taken from valid coordinates.
    @inlinable
    package init(uncheckedWest west: Double, south: Double, east: Double, north: Double) {
        self.west = west
        self.south = south
        self.east = east
        self.north = north
    }

    @inlinable
    package init(_ coordinate: Coordinate) {
        self.init(
            uncheckedWest: coordinate.longitude, south: coordinate.latitude,
            east: coordinate.longitude, north: coordinate.latitude
        )
    }

    package static let world = BoundingBox(uncheckedWest: -180, south: -90, east: 180, north: 90)

    package var crossesAntimeridian: Bool { west > east }

    /// The same ground as one or two boxes with west ≤ east.
    ///
    /// −180 and 180 are one meridian: a box that touches one of them touches what lies on the other.
    package var parts: [BoundingBox] {
        if crossesAntimeridian {
            return [
                BoundingBox(uncheckedWest: west, south: south, east: 180, north: north),
                BoundingBox(uncheckedWest: -180, south: south, east: east, north: north),
            ]
        }
        if west == -180, east < 180 {
            return [self, BoundingBox(uncheckedWest: 180, south: south, east: 180, north: north)]
        }
        if east == 180, west > -180 {
            return [self, BoundingBox(uncheckedWest: -180, south: south, east: -180, north: north)]
        }
        return [self]
    }

    package func contains(_ coordinate: Coordinate) -> Bool {
        parts.contains { $0.containsPlanar(coordinate) }
    }

    /// Containment for a box with west ≤ east.
    @inlinable
    package func containsPlanar(_ coordinate: Coordinate) -> Bool {
        coordinate.longitude >= west && coordinate.longitude <= east
            && coordinate.latitude >= south && coordinate.latitude <= north
    }

    /// Whether two boxes with west ≤ east share a point, edges included.
    @inlinable @inline(__always)
    package func intersectsPlanar(_ other: BoundingBox) -> Bool {
        west <= other.east && east >= other.west && south <= other.north && north >= other.south
    }

    package func containsPlanar(_ other: BoundingBox) -> Bool {
        west <= other.west && east >= other.east && south <= other.south && north >= other.north
    }

    /// The smallest planar box around both; neither may cross the antimeridian.
    @inlinable
    package func union(_ other: BoundingBox) -> BoundingBox {
        BoundingBox(
            uncheckedWest: min(west, other.west), south: min(south, other.south),
            east: max(east, other.east), north: max(north, other.north)
        )
    }

    /// The middle of a box with west ≤ east.
    package var centre: Coordinate {
        Coordinate(clampingLongitude: (west + east) / 2, latitude: (south + north) / 2)
    }
}
