package import MapGeometry

/// A position on the plane of a grid, in metres.
struct GridPosition: Equatable {
    var northing: Double
    var easting: Double
}

extension CellGrid {
    /// The grid whose area holds a place: Europe's between longitude −35 and 45 and latitude 24 and 73, edges
    /// included, and the world's elsewhere.
    package init(around place: Coordinate) {
        let isInEurope =
            place.longitude >= -35 && place.longitude <= 45 && place.latitude >= 24 && place.latitude <= 73
        self = isInEurope ? .europe : .world
    }

    /// Where a place stands on this grid's plane.
    ///
    /// One place has one position: 180° counts as −180°, and a pole stands on Greenwich's meridian.
    func position(of place: Coordinate) -> GridPosition {
        var longitude = place.longitude == 180 ? -180 : place.longitude
        if abs(place.latitude) == 90 { longitude = 0 }
        return switch self {
        case .europe: LambertAzimuthal.europe.position(longitude: longitude, latitude: place.latitude)
        case .world: EqualAreaCylinder.world.position(longitude: longitude, latitude: place.latitude)
        }
    }

    /// The place at a position of this grid's plane, to seven decimals of degrees (a centimetre), as it is printed.
    func place(at position: GridPosition) -> Coordinate {
        let (longitude, latitude) =
            switch self {
            case .europe: LambertAzimuthal.europe.place(at: position)
            case .world: EqualAreaCylinder.world.place(at: position)
            }
        return Coordinate(clampingLongitude: longitude, latitude: latitude).rounded(decimals: 7)
    }
}
