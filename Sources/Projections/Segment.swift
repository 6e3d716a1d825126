import MapGeometry

/// Two positions joined by a straight line in longitude and latitude (RFC 7946, section 3.1.1).
struct Segment {
    let start: Coordinate
    let end: Coordinate
    /// Degrees from start to end.
    let eastwards: Double
    let northwards: Double

    init(from start: Coordinate, to end: Coordinate) {
        self.start = start
        self.end = end
        eastwards = end.longitude - start.longitude
        northwards = end.latitude - start.latitude
    }

    /// The longer of its two extents, in degrees.
    var degrees: Double { max(abs(eastwards), abs(northwards)) }

    /// The position at a share (0…1) of the way.
    func coordinate(at share: Double) -> Coordinate {
        if share == 0 { return start }
        if share == 1 { return end }
        return Coordinate(
            clampingLongitude: start.longitude + share * eastwards, latitude: start.latitude + share * northwards
        )
    }

    /// The box around the piece between two shares.
    func box(from first: Double, to second: Double) -> BoundingBox {
        BoundingBox(coordinate(at: first)).union(BoundingBox(coordinate(at: second)))
    }

    /// At least the length in metres of the piece between two shares.
    func longestPath(from first: Double, to second: Double, on ellipsoid: Ellipsoid) -> Double {
        let box = box(from: first, to: second)
        let lowest = box.south > 0 ? box.south : min(box.north, 0)
        // A degree of longitude is longest nearest the equator, one of latitude at the poles.
        let wide = (box.east - box.west) * ellipsoid.metresInDegree(atLatitude: lowest).longitude
        let high = (box.north - box.south) * ellipsoid.metresInDegree(atLatitude: 90).latitude
        return (wide * wide + high * high).squareRoot()
    }
}
