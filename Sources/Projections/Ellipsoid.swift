import CPROJ
import Foundation
import MapGeometry

/// The series of one ellipsoid, in C's memory.
///
/// `@unchecked Sendable` because the block is written once, before anyone else can see it.
final class Ellipsoid: @unchecked Sendable {
    private let block: UnsafeMutablePointer<geod_geodesic>
    let shape: Shape

    /// What it is in numbers.
    struct Shape: Sendable {
        let majorRadius: Double
        let squaredEccentricity: Double
    }

    init(majorRadius: Double, flattening: Double) {
        block = .allocate(capacity: 1)
        block.initialize(to: geod_geodesic())
        geod_init(block, majorRadius, flattening)
        shape = Shape(majorRadius: majorRadius, squaredEccentricity: flattening * (2 - flattening))
    }

    deinit {
        block.deallocate()
    }

    /// The shortest way: its length in metres, and the direction in which it arrives, in degrees
    /// clockwise from north.
    func inverse(from a: Coordinate, to b: Coordinate) -> (metres: Double, arrival: Double) {
        var metres = 0.0
        var arrival = 0.0
        geod_inverse(block, a.latitude, a.longitude, b.latitude, b.longitude, &metres, nil, &arrival)
        return (metres, arrival)
    }

    /// The length of the shortest way between two places, in metres.
    func metres(from a: Coordinate, to b: Coordinate) -> Double {
        var metres = 0.0
        geod_inverse(block, a.latitude, a.longitude, b.latitude, b.longitude, &metres, nil, nil)
        return metres
    }

    /// Metres in a degree of longitude and in a degree of latitude, at a latitude in degrees.
    ///
    /// Source: the radii of curvature N and M, e.g. Snyder, "Map Projections", USGS 1395, eq. 4-18, 4-20.
    func metresInDegree(atLatitude latitude: Double) -> (longitude: Double, latitude: Double) {
        let sine = sin(latitude * .pi / 180)
        let rest = 1 - shape.squaredEccentricity * sine * sine
        let normal = shape.majorRadius / rest.squareRoot()
        let meridian = normal * (1 - shape.squaredEccentricity) / rest
        return (normal * cos(latitude * .pi / 180) * .pi / 180, meridian * .pi / 180)
    }
}
