/// The formats that this service writes itself.
package enum ExportFormat: String, CaseIterable, Sendable {
    case geojson
    case geojsonl
    case csv
    case kml
    /// Places and ways only: of areas, cells stand as their centres.
    case gpx

    package var mediaType: String {
        switch self {
        case .geojson: "application/geo+json"
        case .geojsonl: "application/x-ndjson"
        case .csv: "text/csv; charset=utf-8"
        case .kml: "application/vnd.google-earth.kml+xml"
        case .gpx: "application/gpx+xml"
        }
    }

    /// As people call it.
    package var title: String {
        switch self {
        case .geojson: "GeoJSON"
        case .geojsonl: "GeoJSON lines"
        case .csv: "CSV"
        case .kml: "KML"
        case .gpx: "GPX"
        }
    }

    /// Whether it has no system of its own for positions.
    package var takesReferenceSystem: Bool {
        switch self {
        case .geojson, .geojsonl, .csv: true
        case .kml, .gpx: false
        }
    }

    /// Whether it tells the columns of all features before the first.
    package var hasColumns: Bool { self == .csv }
}
