import CPROJ
package import MapGeometry

/// True distances along the surface of an ellipsoid.
///
/// Source: C. F. F. Karney, "Algorithms for geodesics", J. Geodesy 87, 2013, in PROJ's `geodesic.h`,
/// whose functions are pure: no PROJ context takes part and any thread may ask.
package struct Geodesic: Sendable {
    package static let wgs84 = Geodesic(majorRadius: 6_378_137, flattening: 1 / 298.257223563)

    let ellipsoid: Ellipsoid

    private init(majorRadius: Double, flattening: Double) {
        ellipsoid = Ellipsoid(majorRadius: majorRadius, flattening: flattening)
    }

    /// The length in metres of the shortest way between two places, to 50 nm.
    package func metres(from a: Coordinate, to b: Coordinate) -> Double {
        ellipsoid.shortWay(from: a, to: b) ?? ellipsoid.metres(from: a, to: b)
    }

    /// The distance in metres from a place to the nearest point of a geometry, to 1 cm.
    ///
    /// 0 on or inside a polygon; infinity for an empty geometry. Segments are straight in longitude
    /// and latitude (RFC 7946, section 3.1.1), and ±180 is one meridian.
    package func metres(from place: Coordinate, to geometry: Geometry) -> Double {
        if case .point(let coordinate) = geometry { return metres(from: place, to: coordinate) }
        var search = NearestOnLine(from: place, on: ellipsoid)
        for part in geometry.simpleParts {
            switch part {
            case .point(let coordinate): search.visit(coordinate)
            case .line(let line): search.visit(line.coordinates)
            case .polygon(let polygon):
                if polygon.covers(anyNameOf: place) { return 0 }
                for ring in polygon.rings { search.visit(ring.coordinates) }
            }
        }
        return search.metres
    }
}

extension Polygon {
    /// A place on the antimeridian has two longitudes, and one at a pole has all of them: there the
    /// boundary, whose points at the pole are at distance 0, decides.
    fileprivate func covers(anyNameOf place: Coordinate) -> Bool {
        if covers(place) { return true }
        guard abs(place.longitude) == 180 else { return false }
        return covers(Coordinate(clampingLongitude: -place.longitude, latitude: place.latitude))
    }
}
