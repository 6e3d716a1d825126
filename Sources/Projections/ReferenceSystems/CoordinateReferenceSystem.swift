/// A coordinate reference system by the name that OGC gives to it.
package enum CoordinateReferenceSystem: Hashable, Sendable {
    /// WGS 84, longitude before latitude, in degrees: the system of GeoJSON and of everything in this house.
    case crs84
    /// A system of the EPSG registry, with its axes in the registry's order.
    case epsg(Int)

    /// Such as `http://www.opengis.net/def/crs/EPSG/0/2154` (OGC 18-058r1, section 6.2).
    package var uri: String {
        switch self {
        case .crs84: "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
        case .epsg(let code): "http://www.opengis.net/def/crs/EPSG/0/\(code)"
        }
    }

    /// The same in the words of PROJ.
    var authorityCode: String {
        switch self {
        case .crs84: "OGC:CRS84"
        case .epsg(let code): "EPSG:\(code)"
        }
    }

    /// What every server of ours speaks: CRS84 first, then WGS 84 with latitude first, WebMercator, Lambert-93,
    /// Europe's equal-area system, ETRS89, RGF93 and UTM 31 N.
    package static let standard: [CoordinateReferenceSystem] =
        [.crs84] + [4326, 3857, 2154, 3035, 4258, 4171, 32631].map(CoordinateReferenceSystem.epsg)
}
