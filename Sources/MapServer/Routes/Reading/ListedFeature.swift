import Contributions
import Curation
import MapFormats
import SpatialIndex

/// One feature as the list shows it, and as the page of its own does.
struct ListedFeature {
    let values: [String: Any]

    init(_ entry: ItemPage.Entry, _ words: Words, _ request: RouteRequest) throws {
        let feature = try entry.feature.withText { text, _ in try GeoJSONReader.feature(from: text) }
        let properties = feature.properties
        let kind = properties["kind"]?.text ?? ""
        let title = properties["title"]?.text ?? ""
        let text = properties["text"]?.text ?? ""
        var values: [String: Any] = [
            "item": feature.identifier ?? "", "kind": kind, "kindName": words["kinds", kind] ?? kind,
            "title": title, "text": text, "hasTitle": !title.isEmpty, "isPlaced": feature.geometry != nil,
            "how": Self.precision(properties, words), "beginning": Self.beginning(of: text),
        ]
        values["when"] = properties["when"]?.text
        values["author"] = properties["author"]?.text
        values["lang"] = properties["lang"]?.text
        values["ownLicence"] = properties["licence"]?.text
        values["ownLicenceAddress"] = properties["licence"]?.text.flatMap(Layer.address(ofLicence:))
        values["month"] = properties["month"]?.text
        values["monthName"] = properties["month"]?.text.flatMap { Self.month($0, words) }
        if kind == Kind.encounter.rawValue, let state = Self.state(properties, request) {
            values["state"] = ["name": state.rawValue, "inWords": words["states", state.rawValue] ?? ""]
        }
        if case .array(let themes)? = properties["theme"] { values["themes"] = themes.compactMap(\.text) }
        self.values = values
    }

    /// How an encounter point is found now: what is published bears no clock.
    private static func state(_ properties: JSONObject, _ request: RouteRequest) -> EncounterState? {
        let place = request.site.localTime
        var body = JSONObject()
        body["hours"] = properties["hours"]
        body["state"] = properties["encounter_state"]
        return try? EncounterReader.read(.object(body), in: place).face.state(at: request.now, in: place)
    }

    /// How finely it shows, in words: "autour d’ici, à 200 m près".
    static func precision(_ properties: JSONObject, _ words: Words) -> String {
        let level = properties["precision"]?.text ?? Precision.exact.rawValue
        let metres = properties["precision_m"]?.double ?? 0
        let distance = metres < 1_000 ? "\(Int(metres)) m" : "\(Int(metres / 1_000)) km"
        return (words["shown", level] ?? "").replacing("{distance}", with: distance)
    }

    /// The first words of a text, for those who are sent a link to it.
    private static func beginning(of text: String) -> String {
        text.count <= longestBeginning ? text : text.prefix(longestBeginning) + "…"
    }

    private static let longestBeginning = 160

    /// "2026-11" as "novembre 2026".
    private static func month(_ text: String, _ words: Words) -> String? {
        let parts = text.split(separator: "-").map(String.init)
        guard parts.count == 2, let name = words["months", parts[1]] else { return nil }
        return "\(name) \(parts[0])"
    }
}
