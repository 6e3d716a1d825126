/// The formats that this service writes itself.
package enum ExportFormat: String, CaseIterable, Sendable {
    case geojson
    case geojsonl
    case csv

    package var mediaType: String {
        switch self {
        case .geojson: "application/geo+json"
        case .geojsonl: "application/x-ndjson"
        case .csv: "text/csv; charset=utf-8"
        }
    }
}
