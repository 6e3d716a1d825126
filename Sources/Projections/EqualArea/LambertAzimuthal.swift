/// Lambert's azimuthal projection of equal area on the ellipsoid, as EPSG:3035 has it.
///
/// Source: EPSG Guidance Note 7-2, method 9820; Snyder, USGS 1395, eq. 24-2 to 24-31. The operations are those of
/// `precision.js`, in the same order.
struct LambertAzimuthal: Sendable {
    /// ETRS89-extended / LAEA Europe: EPSG:3035.
    static let europe = LambertAzimuthal(
        on: .grs80, longitude: 10, latitude: 52, falseEasting: 4_321_000, falseNorthing: 3_210_000)

    private let ellipsoid: EqualAreaEllipsoid
    private let longitude: Double
    private let falseEasting: Double
    private let falseNorthing: Double
    /// Of the sphere of equal area, in metres.
    private let radius: Double
    /// Sine and cosine of the origin's latitude on that sphere.
    private let sine: Double
    private let cosine: Double
    /// Snyder's D, which keeps the scale at the origin true in all directions.
    private let stretch: Double
    private let wholeArea: Double

    private init(
        on ellipsoid: EqualAreaEllipsoid, longitude: Double, latitude: Double, falseEasting: Double,
        falseNorthing: Double
    ) {
        self.ellipsoid = ellipsoid
        self.longitude = longitude
        self.falseEasting = falseEasting
        self.falseNorthing = falseNorthing
        let origin = RepeatableTrigonometry.sineAndCosine(ofDegrees: latitude)
        wholeArea = ellipsoid.area(ofSine: 1)
        radius = ellipsoid.majorRadius * (wholeArea / 2).squareRoot()
        sine = ellipsoid.area(ofSine: origin.sine) / wholeArea
        cosine = ellipsoid.cosine(ofSine: sine)
        let scale = (1 - ellipsoid.squaredEccentricity * origin.sine * origin.sine).squareRoot()
        stretch = ellipsoid.majorRadius * origin.cosine / (scale * radius * cosine)
    }

    /// Not finite at the one place opposite to the origin.
    func position(longitude: Double, latitude: Double) -> GridPosition {
        let east = RepeatableTrigonometry.sineAndCosine(ofDegrees: longitude - self.longitude)
        let north = RepeatableTrigonometry.sineAndCosine(ofDegrees: latitude)
        let sine = ellipsoid.area(ofSine: north.sine) / wholeArea
        let cosine = ellipsoid.cosine(ofSine: sine)
        let scale = radius * (2 / (1 + self.sine * sine + self.cosine * cosine * east.cosine)).squareRoot()
        return GridPosition(
            northing: falseNorthing + scale / stretch * (self.cosine * sine - self.sine * cosine * east.cosine),
            easting: falseEasting + scale * stretch * (cosine * east.sine))
    }

    /// Longitude and latitude in degrees; for positions within 9,000 km of the origin.
    func place(at position: GridPosition) -> (longitude: Double, latitude: Double) {
        let east = (position.easting - falseEasting) / stretch
        let north = (position.northing - falseNorthing) * stretch
        // Of half the angle at the centre of the sphere.
        let half = (east * east + north * north).squareRoot() / (2 * radius)
        let cosineOfAngle = 1 - 2 * half * half
        let sineByLength = ((1 - half) * (1 + half)).squareRoot() / radius
        let sine = cosineOfAngle * self.sine + north * cosine * sineByLength
        let opposite = east * sineByLength
        let adjacent = cosine * cosineOfAngle - north * self.sine * sineByLength
        let length = (opposite * opposite + adjacent * adjacent).squareRoot()
        return (
            longitude
                + RepeatableTrigonometry.degrees(ofSine: opposite / length, cosine: adjacent / length),
            ellipsoid.latitude(ofArea: sine * wholeArea)
        )
    }
}
