import Contributions
import Curation
import MapFormats
import MapGeometry

/// What the page of an encounter point shows to somebody who stands before it: one screen, large, without a script.
struct EncounterPage {
    let values: [String: Any]

    /// - Parameters:
    ///   - point: what is public of it.
    ///   - sentence: how it is found.
    ///   - code: with which something may be given from here now; nil when nothing may.
    init(
        _ arrival: Arrival, _ point: PointOnWall, _ layer: Layer, _ sentence: String, _ says: OpeningSentence,
        _ code: PaperCode?, _ words: Words
    ) {
        let (properties, title) = (point.properties, point.title)
        // The first is told already when it is under way.
        let later = arrival.state == .alive ? arrival.periods.dropFirst() : arrival.periods[...]
        let hours = later.map { says.text(of: $0) }
        var values: [String: Any] = [
            "title": title.isEmpty ? words["kinds", "encounter"] ?? "" : title, "isNamed": !title.isEmpty,
            "text": properties["text"]?.text ?? "", "state": arrival.state.rawValue, "sentence": sentence,
            "kindName": words["kinds", "encounter"] ?? "", "asked": arrival.face.prompt, "hours": Array(hours),
            "hasHours": !hours.isEmpty, "layer": layer.identifier.text, "layerTitle": layer.title,
            "isRevealing": arrival.reveals != nil, "revealed": arrival.reveals?.text ?? "",
        ]
        if let code {
            values["fragment"] = Self.fragment(code, arrival, point)
            values["code"] = code.text
        }
        // Who asks is the layer where the point itself asks nothing.
        if code != nil, arrival.face.prompt.isEmpty { values["asked"] = layer.prompt }
        values["lang"] = properties["lang"]?.text
        values["ways"] = (arrival.reveals?.links ?? []).map { link in
            ["address": link.address, "name": link.title.isEmpty ? link.address : link.title]
        }
        self.values = values
    }

    /// What the page for contributing learns of the point, and no server does: a fragment is never sent.
    private static func fragment(_ code: PaperCode, _ arrival: Arrival, _ point: PointOnWall) -> String {
        let place = point.place.map { "&at=\($0.longitude),\($0.latitude)" } ?? ""
        return "e=\(code.text)\(place)&p=\(arrival.identifier)"
    }
}
