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
        let names = members.map { withoutPrefix($0.name) }
        let isOurs = isOurs(names)
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

    private static func withoutPrefix(_ name: String) -> String {
        name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
    }

    private static func isOurs(_ names: [String]) -> Bool { names.contains("title") && names.contains("kind") }

    /// What each of some fields is called in our names; nil for what is no property of anybody's.
    func names(of fields: [String]) -> [String?] {
        let (own, dropped): ([String: String], Set<String>)
        switch self {
        case .none, .table: return fields
        case .gpx: (own, dropped) = (Self.waypoint, [])
        case .kml: (own, dropped) = (Self.placemark, Self.looks)
        }
        let isOurs = Self.isOurs(fields.map(Self.withoutPrefix))
        return fields.map { field in
            if dropped.contains(field) { return nil }
            guard let ours = own[field] else { return Self.withoutPrefix(field) }
            return isOurs ? nil : ours
        }
    }
}
