import Contributions
import Curation
import MapFormats

/// What the page of an encounter point shows to somebody who stands before it: one screen, large, without a script.
struct EncounterPage {
    let values: [String: Any]

    /// - Parameters:
    ///   - properties: those of the point that are public.
    ///   - sentence: how it is found.
    init(
        _ arrival: Arrival, _ properties: JSONObject, _ layer: Layer, _ sentence: String, _ says: OpeningSentence,
        _ words: Words
    ) {
        let title = properties["title"]?.text ?? ""
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
        values["lang"] = properties["lang"]?.text
        values["ways"] = (arrival.reveals?.links ?? []).map { link in
            ["address": link.address, "name": link.title.isEmpty ? link.address : link.title]
        }
        self.values = values
    }
}
