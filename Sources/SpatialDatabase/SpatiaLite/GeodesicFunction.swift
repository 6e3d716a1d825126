import Foundation
import GRDB
import MapGeometry
import Projections

/// `geodesic_metres(geometry, longitude, latitude)`: true distance on WGS 84, 0 inside a polygon.
///
/// SpatiaLite's own measures a polygon by its nearest corner on the plane; this one is what the index uses.
enum GeodesicFunction {
    static let metres = DatabaseFunction("geodesic_metres", argumentCount: 3, pure: true) { values in
        guard let longitude = Double.fromDatabaseValue(values[1]), let latitude = Double.fromDatabaseValue(values[2]),
            case .blob(let blob) = values[0].storage
        else { return nil }
        let geometry = try blob.withUnsafeBytes { try GeometryBlob.decode($0) }
        return Geodesic.wgs84.metres(from: try Coordinate(longitude: longitude, latitude: latitude), to: geometry)
    }
}

extension GeodesicFunction {
    /// Farther than any two places on WGS 84, in metres.
    static let halfTheWorld = 20_010_000.0
}
