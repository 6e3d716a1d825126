import Foundation
import MapGeometry

extension Ellipsoid {
    /// As `Shape.shortWay`.
    func shortWay(from a: Coordinate, to b: Coordinate) -> Double? {
        shape.shortWay(from: a, on: Parallel(a.latitude, of: shape), to: b)
    }

    /// Where a parallel lies in space.
    struct Parallel: Sendable {
        /// From the axis, in metres.
        let radius: Double
        /// Above the plane of the equator, in metres.
        let height: Double
        /// 1 − e² sin²φ
        let rest: Double

        init(_ latitude: Double, of shape: Shape) {
            let (sine, cosine) = (sin(latitude * .pi / 180), cos(latitude * .pi / 180))
            rest = 1 - shape.squaredEccentricity * sine * sine
            let normal = shape.majorRadius / rest.squareRoot()
            radius = normal * cosine
            height = normal * (1 - shape.squaredEccentricity) * sine
        }
    }
}

extension Ellipsoid.Shape {
    /// The length in metres of a way of up to 20 km, to 50 nm, at a tenth of the cost of `inverse`; nil for a longer
    /// one.
    ///
    /// The chord through space is exact, and the geodesic is the arc over it of a circle with the radius of curvature
    /// of the normal section at the middle (Euler: 1/R = cos²α/M + sin²α/N): s = 2R asin(c/2R). How curvature changes
    /// along the way and how far the geodesic strays from the normal section take no part at this length (e.g. R. H. Rapp,
    /// "Geometric Geodesy", part I, Ohio State University 1991, sections 4.2 and 4.17). A test compares it with
    /// Karney's solution.
    ///
    /// - Parameter parallel: of `a`, which is asked for when the way is not seen to be longer before.
    @inline(__always)
    func shortWay(from a: Coordinate, on parallel: @autoclosure () -> Ellipsoid.Parallel, to b: Coordinate) -> Double? {
        let turn = Self.turn(b.longitude - a.longitude)
        guard abs(b.latitude - a.latitude) < Self.most, abs(turn) < Self.most else { return nil }
        let (first, second) = (parallel(), Ellipsoid.Parallel(b.latitude, of: self))
        let half = turn * .pi / 360
        // Of so small an angle two terms are the sine.
        let sine = half * (1 - half * half / 6)
        let (out, up) = (second.radius - first.radius, second.height - first.height)
        let aside = 4 * first.radius * second.radius * sine * sine
        let squared = out * out + up * up + aside
        guard squared < Self.longestWay * Self.longestWay else { return nil }
        guard squared > 0 else { return 0 }
        let rest = (first.rest + second.rest) / 2
        // N/M is (1 − e² sin²φ) / (1 − e²), and sin²α is what of the chord goes along the parallel.
        let sideways = min(1, aside / squared)
        let normal = majorRadius / rest.squareRoot()
        let curvature = (sideways + (1 - sideways) * rest / (1 - squaredEccentricity)) / normal
        return squared.squareRoot() * (1 + squared * curvature * curvature / 24)
    }

    /// In degrees; away from the poles a way of 20 km is shorter.
    private static let most = 0.2
    private static let longestWay = 20_000.0

    /// The shorter way round.
    private static func turn(_ degrees: Double) -> Double {
        if degrees > 180 { return degrees - 360 }
        return degrees < -180 ? degrees + 360 : degrees
    }
}
