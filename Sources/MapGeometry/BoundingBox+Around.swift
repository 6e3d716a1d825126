import Foundation

extension BoundingBox {
    /// A box that holds every place within `metres` of `place` on the ellipsoid, and a little more.
    ///
    /// It may cross the antimeridian, and spans all longitudes when a pole is within reach.
    /// Source: the sphere of WGS 84's minor radius, on which angles are never smaller than the true ones
    /// (J. P. Matuschek, "Finding Points Within a Distance of a Latitude/Longitude"), with 1 % to spare.
    package static func around(_ place: Coordinate, metres: Double) -> BoundingBox {
        let angle = metres / GeodesicBound.minorRadius * 1.01
        let rise = angle * 180 / .pi
        let south = place.latitude - rise
        let north = place.latitude + rise
        let sine = sin(angle) / cos(place.latitude * .pi / 180)
        guard south > -90, north < 90, angle < .pi / 2, sine < 1 else {
            return BoundingBox(uncheckedWest: -180, south: max(south, -90), east: 180, north: min(north, 90))
        }
        let run = asin(sine) * 180 / .pi
        func turned(_ longitude: Double) -> Double {
            longitude < -180 ? longitude + 360 : longitude > 180 ? longitude - 360 : longitude
        }
        guard run < 180 else {
            return BoundingBox(uncheckedWest: -180, south: south, east: 180, north: north)
        }
        return BoundingBox(
            uncheckedWest: turned(place.longitude - run), south: south,
            east: turned(place.longitude + run), north: north
        )
    }
}
