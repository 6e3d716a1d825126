import MapGeometry
import TestSupport

/// A position, longitude first.
func at(_ longitude: Double, _ latitude: Double) -> Coordinate {
    Coordinate(clampingLongitude: longitude, latitude: latitude)
}

extension LinearRing {
    /// The ring through these corners, closed here.
    static func through(_ corners: [Coordinate]) throws -> LinearRing {
        try LinearRing(corners + corners.prefix(1))
    }

    /// The ring round a box, counterclockwise.
    static func square(_ west: Double, _ south: Double, _ east: Double, _ north: Double) throws -> LinearRing {
        try through([at(west, south), at(east, south), at(east, north), at(west, north)])
    }
}

extension SeededGenerator {
    mutating func integer(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
    mutating func real(_ range: ClosedRange<Double>) -> Double { Double.random(in: range, using: &self) }

    /// A place anywhere, often at the poles or on ±180.
    mutating func place() -> Coordinate {
        let longitude = [-180, 180, real(-180...180), real(-180...180)][integer(0...3)]
        let latitude = [-90, 90, real(-90...90), real(-90...90), real(-90...90), real(-90...90)][integer(0...5)]
        return at(longitude, latitude)
    }
}
