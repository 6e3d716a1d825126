/// The formats of which a whole file is made before any of it can be sent: it holds an index of itself.
package enum FileFormat: String, CaseIterable, Sendable {
    /// GeoPackage, by GDAL.
    case gpkg
    /// FlatGeobuf, by GDAL.
    case fgb
    /// Vector tiles in an SQLite file.
    case mbtiles
    /// Vector tiles in one file that maps read piece by piece from any web server.
    case pmtiles

    package var mediaType: String {
        switch self {
        case .gpkg: "application/geopackage+sqlite3"
        case .fgb: "application/flatgeobuf"
        case .mbtiles: "application/vnd.mapbox-vector-tile+sqlite3"
        case .pmtiles: "application/vnd.pmtiles"
        }
    }

    /// As people call it.
    package var title: String {
        switch self {
        case .gpkg: "GeoPackage"
        case .fgb: "FlatGeobuf"
        case .mbtiles: "MBTiles"
        case .pmtiles: "PMTiles"
        }
    }

    /// Whether GDAL writes it.
    package var isConverted: Bool {
        switch self {
        case .gpkg, .fgb: true
        case .mbtiles, .pmtiles: false
        }
    }

    /// Whether a feature that stands nowhere has a place in it.
    package var holdsFeaturesWithoutPlace: Bool { self == .gpkg }
}
