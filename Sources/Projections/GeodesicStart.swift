package import MapGeometry

/// Where many ways begin: the parallel of the place is worked out once for all of them.
///
/// All in numbers: a reference would be counted for every way.
package struct GeodesicStart: Sendable {
    private let place: Coordinate
    private let parallel: Ellipsoid.Parallel
    private let shape: Ellipsoid.Shape

    /// On WGS 84.
    package init(at place: Coordinate) {
        self.place = place
        shape = Geodesic.wgs84.ellipsoid.shape
        parallel = Ellipsoid.Parallel(place.latitude, of: shape)
    }

    /// To the last bit what `Geodesic.wgs84` answers.
    package func metres(to geometry: Geometry) -> Double {
        guard case .point(let coordinate) = geometry else { return Geodesic.wgs84.metres(from: place, to: geometry) }
        return shape.shortWay(from: place, on: parallel, to: coordinate)
            ?? Geodesic.wgs84.ellipsoid.metres(from: place, to: coordinate)
    }
}
