import Contributions
import Curation
import MapFormats

/// Encounter points as JSON, for curators and for those who arrive.
enum EncounterDocument {
    /// As it can be sent back changed.
    static func curated(_ curated: CuratedEncounter, _ request: RouteRequest) -> JSONObject {
        let (face, place) = (curated.encounter.face, request.site.localTime)
        let periods = face.standing == nil ? face.hours?.periods(after: request.now, count: 3, in: place) : nil
        return [
            "id": .string(curated.identifier.description), "layer": .string(curated.layer.text),
            "state": .string(face.state(at: request.now, in: place).rawValue),
            "hours": face.hours.map { .object($0.document(in: place)) } ?? .null, "prompt": .string(face.prompt),
            "reveals": curated.encounter.reveals.map { .object($0.document) } ?? .null,
            "next": next(periods ?? [], Language(of: request.headers), request),
        ]
    }

    /// A code that was just made, with the address to put on the wall.
    static func issued(_ issued: IssuedCode, _ request: RouteRequest) -> JSONObject {
        [
            "id": .string(issued.identifier.description), "label": .string(issued.label),
            "code": .string(issued.code.text), "link": .string("\(request.publicURL)/e/\(issued.code.text)"),
        ]
    }

    /// - Parameter feature: the public properties of the point.
    static func arrival(
        _ arrival: Arrival, _ feature: JSONObject, sentence: String, in language: Language, _ request: RouteRequest
    ) -> JSONObject {
        let collection = "\(request.publicURL)/collections/\(arrival.layer)"
        var document: JSONObject = [
            "id": .string(arrival.identifier.description), "layer": .string(arrival.layer.text),
            "title": feature["title"] ?? "",
        ]
        for name in ["text", "lang"] { document[name] = feature[name] }
        document["state"] = .string(arrival.state.rawValue)
        document["sentence"] = .string(sentence)
        document["hours"] = arrival.face.hours.map { .object($0.document(in: request.site.localTime)) } ?? .null
        document["next"] = next(arrival.periods, language, request)
        if !arrival.face.prompt.isEmpty { document["prompt"] = .string(arrival.face.prompt) }
        document["reveals"] = arrival.reveals.map { .object($0.document) }
        document["contribute"] = contribute(arrival, at: "\(collection)/items", request)
        document["links"] = Link.array([
            Link("item", "\(collection)/items/\(arrival.identifier)", type: MediaType.geoJSON),
            Link("collection", collection, type: MediaType.json),
        ])
        return document
    }

    /// Where to send what is contributed from here, and what to send with it; nil while nothing is taken.
    private static func contribute(_ arrival: Arrival, at address: String, _ request: RouteRequest) -> JSONValue? {
        guard let code = codeToContributeWith(arrival, request) else { return nil }
        return [
            "href": .string(address), "method": "POST", "properties": ["encounter": .string(code.text)],
        ]
    }

    /// The code that brought somebody here, as long as its layer takes what is given from here.
    static func codeToContributeWith(_ arrival: Arrival, _ request: RouteRequest) -> PaperCode? {
        guard arrival.state == .alive, let code = PaperCode(request.captures["code"] ?? ""),
            let layer = request.site.layers[arrival.layer]?.layer, layer.contributors != .curators,
            layer.phase(at: request.now, in: request.site.localTime) == .open,
            let pause = try? request.site.participation.pause(of: arrival.layer), !pause.isPaused
        else { return nil }
        return code
    }

    /// What is under way and what follows.
    private static func next(_ periods: [AlivePeriod], _ language: Language, _ request: RouteRequest) -> JSONValue {
        let sentence = OpeningSentence(at: request.now, in: request.site.localTime, language)
        return .array(
            periods.map { period in
                [
                    "from": DateAndTime.text(seconds: period.start).map(JSONValue.string) ?? .null,
                    "to": period.end.flatMap(DateAndTime.text).map(JSONValue.string) ?? .null,
                    "sentence": .string(sentence.text(of: period)),
                ]
            })
    }
}
