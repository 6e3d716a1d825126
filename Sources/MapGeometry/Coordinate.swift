/// A position on the WGS 84 ellipsoid (OGC CRS84): longitude before latitude, in degrees.
///
/// A coordinate is always finite and inside −180…180, −90…90, edges included; height is not kept.
package struct Coordinate: Hashable, Sendable {
    /// Degrees east of Greenwich, −180…180.
    package let longitude: Double
    /// Degrees north of the equator, −90…90.
    package let latitude: Double

    /// - Throws: `GeometryError`, which says so when the two numbers look swapped.
    package init(longitude: Double, latitude: Double) throws(GeometryError) {
        guard longitude.isFinite, latitude.isFinite else {
            throw .notFinite(longitude: longitude, latitude: latitude)
        }
        guard abs(latitude) <= 90 else {
            if abs(latitude) <= 180, abs(longitude) <= 90 {
                throw .swappedAxes(first: longitude, second: latitude)
            }
            throw .latitudeOutOfRange(latitude)
        }
        guard abs(longitude) <= 180 else { throw .longitudeOutOfRange(longitude) }
        self.longitude = longitude
        self.latitude = latitude
    }

    /// For positions that arithmetic on valid coordinates has produced; clamps rounding overshoot.
    @inlinable
    package init(clampingLongitude longitude: Double, latitude: Double) {
        self.longitude = min(max(longitude, -180), 180)
        self.latitude = min(max(latitude, -90), 90)
    }

    /// The same place with at most `decimals` digits behind the point (seven are about a centimetre).
    package func rounded(decimals: Int) -> Coordinate {
        let scale = Coordinate.powersOfTen[decimals]
        return Coordinate(
            clampingLongitude: (longitude * scale).rounded() / scale,
            latitude: (latitude * scale).rounded() / scale
        )
    }

    private static let powersOfTen: [Double] = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9]
}
