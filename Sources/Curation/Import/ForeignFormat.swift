/// The formats that GDAL reads for us, told by the endings of names.
package enum ForeignFormat: String, CaseIterable, Sendable {
    case gpkg, fgb, kml, kmz, gpx, shp
    /// A shapefile with its companions.
    case zip

    /// - Parameter path: of a file; nil for what we read ourselves, or not at all.
    package init?(path: String) {
        guard let ending = path.split(separator: ".").last else { return nil }
        self.init(rawValue: ending.lowercased())
    }

    package var dialect: ImportDialect {
        switch self {
        case .gpx: .gpx
        case .kml, .kmz: .kml
        case .gpkg, .fgb, .shp, .zip: .none
        }
    }

    func source(_ path: String) -> String { self == .zip ? "/vsizip/\(path)" : path }
}
