/// Sines, cosines and their inverse out of nothing but + − × ÷ √ and rounding down.
///
/// IEEE 754 rounds these exactly, so Swift and JavaScript reach the same bits in the same order of operations; their
/// libraries' own `sin` may differ in the last. `precision.js` holds the same lines: change neither alone.
enum RepeatableTrigonometry {
    /// Of an angle in degrees, to some units in the last place. 90° and its multiples are exact.
    static func sineAndCosine(ofDegrees degrees: Double) -> (sine: Double, cosine: Double) {
        let quarter = (degrees / 90 + 0.5).rounded(.down)
        // Exact: both are multiples of the last place of the larger.
        let angle = (degrees - 90 * quarter) * radiansInDegree
        let sine = angle * series(of: angle * angle, from: 18)
        let cosine = series(of: angle * angle, from: 17)
        return switch quarter - 4 * (quarter / 4).rounded(.down) {
        case 0: (sine, cosine)
        case 1: (cosine, -sine)
        case 2: (-sine, -cosine)
        default: (-cosine, sine)
        }
    }

    /// The angle in degrees, −180…180, that has this sine and cosine (whose squares add up to 1).
    static func degrees(ofSine sine: Double, cosine: Double) -> Double {
        let (opposite, adjacent) = (abs(sine), abs(cosine))
        var degrees = arcsine(min(opposite, adjacent)) / radiansInDegree
        if opposite > adjacent { degrees = 90 - degrees }
        if cosine < 0 { degrees = 180 - degrees }
        return sine < 0 ? -degrees : degrees
    }

    /// In radians, for 0…√½, by Newton's method from the first terms of its series.
    private static func arcsine(_ sine: Double) -> Double {
        var angle = sine * (1 + sine * sine / 6)
        for _ in 0..<4 {
            let square = angle * angle
            angle -= (angle * series(of: square, from: 18) - sine) / series(of: square, from: 17)
        }
        return angle
    }

    /// Taylor's series 1 − x²/n(n+1) (1 − x²/(n−2)(n−1) (…)) from the inside: n ends at 1 for the cosine and at 2
    /// for the sine by its angle. Up to 45° its rest is below 10⁻¹⁸.
    private static func series(of square: Double, from last: Int) -> Double {
        var sum = 1.0
        for number in stride(from: last, through: 1, by: -2) {
            sum = 1 - square / Double(number * (number + 1)) * sum
        }
        return sum
    }

    private static let radiansInDegree = Double.pi / 180
}
