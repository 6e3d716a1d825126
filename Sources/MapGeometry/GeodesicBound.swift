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
    private let degreesNorth: Double
    private let latitude: Reduced
    private let surroundings: Surroundings

    package init(from place: Coordinate) {
        longitude = place.longitude
        degreesNorth = place.latitude
        latitude = Reduced(place.latitude)
        surroundings = Surroundings(of: place.latitude)
    }

    /// At most the geodesic distance to a place, in metres.
    package func metres(to place: Coordinate) -> Double {
        let degrees = Self.turn(place.longitude - longitude)
        if let near = surroundings.metres(north: place.latitude - degreesNorth, east: degrees) {
            return max(0, near - Self.slack)
        }
        let turn = degrees * .pi / 180
        return Self.shortened(latitude.angle(to: Reduced(place.latitude), cosineOfTurn: cos(turn), sin(turn)))
    }

    /// At most the geodesic distance in metres to anywhere in a box with west ≤ east.
    package func metres(to box: BoundingBox) -> Double {
        let gap = longitudeGap(to: box)
        let climb = latitudeGap(to: box)
        if let near = surroundings.metres(north: climb, east: gap) { return max(0, near - Self.slack) }
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

    /// At most the geodesic distance in metres to anywhere in a box with west ≤ east, by multiplication alone: near by
    /// as good as `metres(to:)`, otherwise rough.
    ///
    /// On the sphere of the minor radius and reduced latitudes, whose distances are bounds: a place is no nearer than
    /// the latitudes between, which geographic ones overstate by no more than the axes' ratio; and no nearer than the
    /// meridian of the box, which is asin(cos β₀ sin Δλ) away, where asin x ≥ x and, up to a quarter turn,
    /// sin Δλ ≥ (2/π) Δλ.
    @inline(__always)
    package func quickMetres(to box: BoundingBox) -> (metres: Double, isRough: Bool) {
        let gap = longitudeGap(to: box)
        let climb = latitudeGap(to: box)
        if let near = surroundings.metres(north: climb, east: gap) {
            return (Self.greater(0, near - Self.slack), false)
        }
        let aside = latitude.cosine * min(1, gap / 90)
        let angle = Self.greater(Self.axisRatio * climb * .pi / 180, aside)
        return (Self.greater(0, Self.minorRadius * angle - Self.slack), true)
    }

    /// The same for neighbours at once, since a search asks about many, and what it calls in another module costs more
    /// than the multiplications.
    /// - Parameter metres: room for as many as there are boxes; what is rough is put in with its sign turned, 0 too.
    package func quickMetres(
        to boxes: UnsafeBufferPointer<BoundingBox>, into metres: UnsafeMutableBufferPointer<Double>
    ) {
        for place in 0..<min(boxes.count, metres.count) {
            let (least, isRough) = quickMetres(to: boxes[place])
            metres[place] = isRough ? -least : least
        }
    }

    /// How many times its bound from `quickMetres` a place may lie away, where that is not rough; the slack comes on top.
    package var greatestStretch: Double { surroundings.greatestStretch }

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
    @inline(__always)
    private func longitudeGap(to box: BoundingBox) -> Double {
        let near = Self.greater(0, Self.greater(box.west - longitude, longitude - box.east))
        let far = Self.greater(box.east - longitude, longitude - box.west)
        // Exact where it is the less of the two, so that −180 and 180 are one meridian.
        return min(near, 360 - far)
    }

    /// Degrees of latitude to the nearer side of a box; 0 between its parallels.
    @inline(__always)
    private func latitudeGap(to box: BoundingBox) -> Double {
        Self.greater(0, Self.greater(box.south - degreesNorth, degreesNorth - box.north))
    }

    /// The same as `max` for all but what is no number, and for that reason one instruction and not five.
    @inline(__always)
    private static func greater(_ one: Double, _ other: Double) -> Double { one > other ? one : other }

    /// The difference of two longitudes as the shorter way round, in degrees. It is exact, so that −180 and 180 are
    /// one meridian and not 1.5 nm apart.
    @inline(__always)
    private static func turn(_ degrees: Double) -> Double {
        if degrees > 180 { return degrees - 360 }
        return degrees < -180 ? degrees + 360 : degrees
    }
}

/// A bound by two multiplications for what lies near by: some 30 km at the latitude of Paris.
///
/// Let g be the distance of the differences of latitude and longitude in radians, times the greatest radius of
/// curvature (a²/b). A way of that length leaves its parallel by no more than x = g / (b²/a), so that along it the
/// radii of curvature M and N are at least what they are here less their greatest slope times x, and cos φ at least
/// cos φ₀ (1 − x²/2) − |sin φ₀| x. A shorter way is therefore no shorter than √((M Δφ)² + (N cos φ Δλ)²), and a
/// longer one is longer than g, which is never less. All of it is taken at the greatest x for which it is good.
///
/// The other way round, the way along which latitude and longitude change evenly is no shorter than the geodesic, and
/// no longer than with the greatest M, N and cos φ ≤ cos φ₀ + |sin φ₀| x that it may meet.
private struct Surroundings {
    /// The square of how far it is good, in degrees.
    private let squaredReach: Double
    private let metresInDegreeNorth: Double
    private let metresInDegreeEast: Double
    /// How many times what `metres` answers a place may lie away.
    let greatestStretch: Double

    private static let majorRadius = 6_378_137.0
    private static let greatestRadius = 6_399_593.7
    private static let leastRadius = 6_335_439.0
    /// Metres a radian: above 3/2 e² a and 1/2 e² a, with their factors in latitude.
    private static let meridianSlope = 66_000.0
    private static let normalSlope = 22_000.0
    /// In radians.
    private static let greatestReach = 0.05
    /// The share of a parallel that may be lost along the way; what would lose more lies too far away.
    private static let looseness = 0.005

    init(of latitude: Double) {
        let (sine, cosine) = (abs(sin(latitude * .pi / 180)), max(0, cos(latitude * .pi / 180)))
        let squaredEccentricity = 1 - GeodesicBound.axisRatio * GeodesicBound.axisRatio
        let root = (1 - squaredEccentricity * sine * sine).squareRoot()
        let normal = Self.majorRadius / root
        let meridian = Self.majorRadius * (1 - squaredEccentricity) / (root * root * root)
        let stretch = Self.greatestRadius / Self.leastRadius
        let leave = min(Self.greatestReach * stretch, Self.looseness * cosine / max(sine, 1e-9))
        let reach = leave / stretch * 180 / .pi
        squaredReach = reach * reach
        let leastCosine = max(0, cosine * (1 - leave * leave / 2) - sine * leave)
        // More than rounding here can add.
        let metresInRadian = .pi / 180 * (1 - 1e-12)
        let (leastNorth, leastEast) = (
            meridian - Self.meridianSlope * leave, (normal - Self.normalSlope * leave) * leastCosine
        )
        metresInDegreeNorth = leastNorth * metresInRadian
        metresInDegreeEast = leastEast * metresInRadian
        let mostNorth = meridian + Self.meridianSlope * leave
        let mostEast = (normal + Self.normalSlope * leave) * min(1, cosine + sine * leave)
        greatestStretch = leastEast > 0 ? max(mostNorth / leastNorth, mostEast / leastEast) * (1 + 1e-9) : .infinity
    }

    /// - Parameters:
    ///   - north: degrees of latitude, of either sign.
    ///   - east: degrees of longitude the shorter way round, of either sign.
    /// - Returns: nil for what lies too far away.
    @inline(__always)
    func metres(north: Double, east: Double) -> Double? {
        guard north * north + east * east < squaredReach else { return nil }
        let (along, aside) = (metresInDegreeNorth * north, metresInDegreeEast * east)
        return (along * along + aside * aside).squareRoot()
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
