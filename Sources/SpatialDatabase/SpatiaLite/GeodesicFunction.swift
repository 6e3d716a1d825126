import Foundation
import GRDB
import MapGeometry
import Projections

/// `geodesic_metres(geometry, cell_side, longitude, latitude)`: true distance on WGS 84, 0 inside a polygon; rounded
/// up to a multiple of the side when the geometry is the outline of a cell, and not when the side is 0.
///
/// SpatiaLite's own measures a polygon by its nearest corner on the plane; this one is what the index uses.
enum GeodesicFunction {
    static let metres = DatabaseFunction("geodesic_metres", argumentCount: 4, pure: true) { values in
        guard case .blob(let blob) = values[0].storage, let side = Int.fromDatabaseValue(values[1]),
            let longitude = Double.fromDatabaseValue(values[2]), let latitude = Double.fromDatabaseValue(values[3])
        else { return nil }
        let geometry = try blob.withUnsafeBytes { try GeometryBlob.decode($0) }
        let metres = Geodesic.wgs84.metres(from: try Coordinate(longitude: longitude, latitude: latitude), to: geometry)
        return GridCell.Side(rawValue: side)?.distance(roundingUp: metres) ?? metres
    }
}

extension GeodesicFunction {
    /// Farther than any two places on WGS 84 (20,003,931 m), in metres, even rounded up to the side of a cell.
    static let halfTheWorld = 20_040_000.0
}
