import Foundation

/// The square world of web map tiles: EPSG:3857 scaled to 0…1, x eastwards, y southwards.
///
/// Source: OGC 17-083r4, Two Dimensional Tile Matrix Set, annex D.1 (WebMercatorQuad).
package enum WebMercator {
    /// The latitude where the square ends, in degrees: atan(sinh(π)).
    package static let maximumLatitude = 85.0511287798066

    /// Where a coordinate falls; y leaves 0…1 beyond ±`maximumLatitude`, and is ±infinity at the poles.
    package static func project(_ coordinate: Coordinate) -> (x: Double, y: Double) {
        let sine = sin(coordinate.latitude * .pi / 180)
        return (coordinate.longitude / 360 + 0.5, 0.5 - 0.25 * log((1 + sine) / (1 - sine)) / .pi)
    }

    package static func unproject(x: Double, y: Double) -> Coordinate {
        let latitude = 360 / .pi * atan(exp((0.5 - y) * 2 * .pi)) - 90
        return Coordinate(clampingLongitude: (x - 0.5) * 360, latitude: latitude)
    }

    /// The grid of 2³¹ columns and rows that Hilbert keys number; nil outside the square.
    package static func finestCell(of coordinate: Coordinate) -> (x: UInt32, y: UInt32)? {
        let (x, y) = project(coordinate)
        guard y >= 0, y <= 1 else { return nil }
        let side = Double(UInt32(1) << HilbertCurve.levels)
        return (UInt32(min(x * side, side - 1)), UInt32(min(y * side, side - 1)))
    }

    /// The key of a place that tiles cannot show (beyond ±85.05° or without geometry): after all others.
    package static let keyOutside: UInt64 = 1 << 62

    /// The Hilbert key of a place: 62 bits, or `keyOutside`.
    package static func hilbertKey(of coordinate: Coordinate) -> UInt64 {
        guard let cell = finestCell(of: coordinate) else { return keyOutside }
        return HilbertCurve.key(x: cell.x, y: cell.y)
    }
}
