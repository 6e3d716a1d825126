/// An ellipsoid as projections of equal area see it: through the share of its surface south of a latitude.
///
/// Source: J. P. Snyder, “Map Projections: A Working Manual”, USGS 1395, 1987, eq. 3-11 to 3-17; EPSG Guidance Note
/// 7-2, methods 9820 and 9835. The logarithm is written as its series, which converges by e² = 0.0067 a term. The
/// operations are those of `precision.js`, in the same order.
struct EqualAreaEllipsoid: Sendable {
    static let grs80 = EqualAreaEllipsoid(majorRadius: 6_378_137, inverseFlattening: 298.257222101)
    static let wgs84 = EqualAreaEllipsoid(majorRadius: 6_378_137, inverseFlattening: 298.257223563)

    /// Metres.
    let majorRadius: Double
    let squaredEccentricity: Double

    private init(majorRadius: Double, inverseFlattening: Double) {
        self.majorRadius = majorRadius
        let flattening = 1 / inverseFlattening
        squaredEccentricity = flattening * (2 - flattening)
    }

    /// Snyder's q of the latitude that has this sine: −q(1)…q(1), growing with the area south of it.
    func area(ofSine sine: Double) -> Double {
        let square = squaredEccentricity * sine * sine
        var sum = 0.0
        for number in stride(from: 15, through: 1, by: -2) { sum = 1 / Double(number) + square * sum }
        return (1 - squaredEccentricity) * sine * (1 / (1 - square) + sum)
    }

    /// The sine of the latitude that has this q, by Newton's method.
    func sine(ofArea area: Double) -> Double {
        var sine = area / self.area(ofSine: 1)
        for _ in 0..<3 {
            let rest = 1 - squaredEccentricity * sine * sine
            sine -= (self.area(ofSine: sine) - area) * rest * rest / (2 * (1 - squaredEccentricity))
        }
        return min(max(sine, -1), 1)
    }

    /// Degrees of the latitude that has this q.
    func latitude(ofArea area: Double) -> Double {
        let sine = sine(ofArea: area)
        return RepeatableTrigonometry.degrees(ofSine: sine, cosine: cosine(ofSine: sine))
    }

    /// The cosine, at least 0, beside a sine.
    func cosine(ofSine sine: Double) -> Double { ((1 - sine) * (1 + sine)).squareRoot() }
}
