/// Lambert's cylindrical projection of equal area on the ellipsoid, as EPSG:6933 has it: meridians and parallels are
/// straight.
///
/// Source: EPSG Guidance Note 7-2, method 9835; Snyder, USGS 1395, eq. 10-13 to 10-20. The operations are those of
/// `precision.js`, in the same order.
struct EqualAreaCylinder: Sendable {
    /// WGS 84 / NSIDC EASE-Grid 2.0 Global: EPSG:6933, true to scale at 30°.
    static let world = EqualAreaCylinder(on: .wgs84, squaredSineOfStandardParallel: 0.25)

    private let ellipsoid: EqualAreaEllipsoid
    private let metresInDegree: Double
    private let metresInArea: Double

    private init(on ellipsoid: EqualAreaEllipsoid, squaredSineOfStandardParallel square: Double) {
        self.ellipsoid = ellipsoid
        let scale = ((1 - square) / (1 - ellipsoid.squaredEccentricity * square)).squareRoot()
        metresInDegree = ellipsoid.majorRadius * scale * (.pi / 180)
        metresInArea = ellipsoid.majorRadius / (2 * scale)
    }

    /// The easting of 180° and the northing of the north pole, in metres: there the plane ends.
    var corner: GridPosition {
        GridPosition(northing: metresInArea * ellipsoid.area(ofSine: 1), easting: metresInDegree * 180)
    }

    func position(longitude: Double, latitude: Double) -> GridPosition {
        let sine = RepeatableTrigonometry.sineAndCosine(ofDegrees: latitude).sine
        return GridPosition(northing: metresInArea * ellipsoid.area(ofSine: sine), easting: metresInDegree * longitude)
    }

    /// Longitude and latitude in degrees; beyond a pole, the pole.
    func place(at position: GridPosition) -> (longitude: Double, latitude: Double) {
        let latitude = ellipsoid.latitude(ofArea: position.northing / metresInArea)
        // There a last place more or less of northing is a tenth of a metre on the ground.
        let isPole = abs(position.northing) >= corner.northing
        return (position.easting / metresInDegree, isPole ? (latitude < 0 ? -90 : 90) : latitude)
    }
}
