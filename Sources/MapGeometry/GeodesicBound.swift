import Foundation

/// Distances from one place that are never longer than the true geodesic on WGS 84, and cheap.
///
/// The ellipsoid's metric in reduced latitude β and longitude λ is
/// (a² sin²β + b² cos²β) dβ² + a² cos²β dλ², which is nowhere less than b² (dβ² + cos²β dλ²): so the
/// minor radius times the great-circle angle on reduced latitudes is a lower bound. A test compares
/// it with Karney's exact distance on seeded pairs and boxes.
package struct GeodesicBound: Sendable {
    /// WGS 84's semi-minor axis in metres.
    package static let minorRadius = 6_356_752.314245
    /// 1 − flattening of WGS 84.
    package static let axisRatio = 1 - 1 / 298.257223563
    /// What is taken off every bound, in metres: more than rounding here and in the exact solution
    /// (15 nm: Karney, "Algorithms for geodesics", J. Geodesy 87, 2013) can add up to.
    package static let slack = 1e-6

    private let longitude: Double
    private let latitude: Reduced

    package init(from place: Coordinate) {
        longitude = place.longitude
        latitude = Reduced(place.latitude)
    }

    /// At most the geodesic distance to a place, in metres.
    package func metres(to place: Coordinate) -> Double {
        // The remainder is exact, so that −180 and 180 are one meridian and not 1.5 nm apart.
        let turn = (place.longitude - longitude).remainder(dividingBy: 360) * .pi / 180
        return Self.shortened(latitude.angle(to: Reduced(place.latitude), cosineOfTurn: cos(turn), sin(turn)))
    }

    /// At most the geodesic distance in metres to anywhere in a box with west ≤ east.
    package func metres(to box: BoundingBox) -> Double {
        let gap = longitudeGap(to: box)
        let south = Reduced(box.south)
        let north = Reduced(box.north)
        guard gap > 0 else { return Self.shortened(latitude.gap(south, north)) }
        // On the nearer meridian edge the closest latitude is where the great circle from here
        // meets it at a right angle, when that lies on the edge; otherwise one of its ends.
        let (run, rise) = (cos(gap * .pi / 180), sin(gap * .pi / 180))
        if let foot = latitude.foot(cosineOfTurn: run, between: south, and: north) {
            return Self.shortened(latitude.angle(to: foot, cosineOfTurn: run, rise))
        }
        return Self.shortened(
            min(
                latitude.angle(to: south, cosineOfTurn: run, rise),
                latitude.angle(to: north, cosineOfTurn: run, rise)
            ))
    }

    /// At most the geodesic distance between two places, in metres.
    package static func metres(from a: Coordinate, to b: Coordinate) -> Double {
        GeodesicBound(from: a).metres(to: b)
    }

    /// At most the geodesic distance in metres from a place to anywhere in a box with west ≤ east.
    package static func metres(from place: Coordinate, to box: BoundingBox) -> Double {
        GeodesicBound(from: place).metres(to: box)
    }

    private static func shortened(_ angle: Double) -> Double {
        max(0, minorRadius * angle - slack)
    }

    /// Degrees of longitude to the nearer side of a box, round either way; 0 inside.
    private func longitudeGap(to box: BoundingBox) -> Double {
        if longitude >= box.west && longitude <= box.east { return 0 }
        return min(
            abs((longitude - box.west).remainder(dividingBy: 360)),
            abs((longitude - box.east).remainder(dividingBy: 360))
        )
    }
}

/// Sine and cosine of a reduced latitude: tan β = (1 − f) tan φ.
private struct Reduced {
    let sine: Double
    let cosine: Double

    /// - Parameter latitude: the geographic latitude in degrees.
    init(_ latitude: Double) {
        self.init(unscaledSine: GeodesicBound.axisRatio * sin(latitude * .pi / 180), cosine: cos(latitude * .pi / 180))
    }

    private init(unscaledSine sine: Double, cosine: Double) {
        let length = (sine * sine + cosine * cosine).squareRoot()
        self.sine = sine / length
        self.cosine = cosine / length
    }

    /// The angle in radians to another place of the sphere, from the chord: sound for small angles.
    func angle(to other: Reduced, cosineOfTurn: Double, _ sineOfTurn: Double) -> Double {
        let forward = other.cosine * cosineOfTurn - cosine
        let aside = other.cosine * sineOfTurn
        let up = other.sine - sine
        return 2 * asin(min(1, (forward * forward + aside * aside + up * up).squareRoot() / 2))
    }

    /// The angle in radians of latitude to the band between two parallels; 0 inside.
    func gap(_ south: Reduced, _ north: Reduced) -> Double {
        if sine < south.sine { return angle(to: south, cosineOfTurn: 1, 0) }
        return sine > north.sine ? angle(to: north, cosineOfTurn: 1, 0) : 0
    }

    /// Where the great circle from here meets a meridian at a right angle, when that is between two latitudes.
    func foot(cosineOfTurn: Double, between south: Reduced, and north: Reduced) -> Reduced? {
        guard cosineOfTurn > 0, cosine > 0 else { return nil }
        let foot = Reduced(unscaledSine: sine, cosine: cosine * cosineOfTurn)
        // Sines near ±1 cannot tell centimetres apart; the foot is the nearest of all, so erring on its side is safe.
        let doubt = 1e-15
        return foot.sine > south.sine - doubt && foot.sine < north.sine + doubt ? foot : nil
    }
}
