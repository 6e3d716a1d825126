package import MapFormats

/// The names that a format has for what ours call by others; what it adds of its own is no property of anybody's.
package enum ImportDialect: Sendable {
    case none, gpx, kml
    /// Rows, in which a cell is a place with its size behind its title.
    case table

    /// What a feature says of itself, in our names where we have one.
    func translated(_ properties: JSONObject) -> JSONObject {
        switch self {
        case .none: properties
        case .table: Self.withoutSize(properties)
        case .gpx: Self.translated(properties, own: Self.waypoint, dropping: [])
        case .kml: Self.translated(properties, own: Self.placemark, dropping: Self.looks)
        }
    }

    private static func withoutSize(_ properties: JSONObject) -> JSONObject {
        guard let name = properties["title"]?.text else { return properties }
        var properties = properties
        properties["title"] = .string(PointOfCell.title(name, in: properties))
        return properties
    }

    /// Their name → ours, for files that are not from here: those from here bear all under our own names, too.
    private static let waypoint = ["name": "title", "desc": "text", "type": "category"]
    private static let placemark = ["Name": "title", "description": "text"]
    private static let looks: Set<String> = [
        "altitudeMode", "tessellate", "extrude", "visibility", "drawOrder", "icon", "timestamp", "begin", "end",
    ]
    /// GDAL puts it before what a waypoint says besides.
    private static let prefix = "ogr_"

    private static func translated(
        _ properties: JSONObject, own: [String: String], dropping dropped: Set<String>
    ) -> JSONObject {
        let members = properties.members.filter { !dropped.contains($0.name) && $0.value != .null }
        let names = members.map { $0.name.hasPrefix(prefix) ? String($0.name.dropFirst(prefix.count)) : $0.name }
        let isOurs = names.contains("title") && names.contains("kind")
        var translated = JSONObject()
        for (name, member) in zip(names, members) {
            if let ours = own[member.name] {
                if !isOurs { translated[ours] = member.value }
            } else {
                translated[name] = member.value
            }
        }
        return translated
    }
}
