import Contributions
import Curation
import HTTPTypes
import MapFormats

/// What a parent reads: what would be published, where, until when they can answer, and what that means.
enum ParentDocument {
    /// - Parameter view: nil when nothing is left.
    static func view(_ view: ParentalView?, _ language: Language) throws -> [UInt8] {
        guard let view else { return JSONObject.encoded(["answer": "erased"]) }
        return JSONObject.encoded([
            "answer": .string(view.answerBy == nil ? "agreed" : "awaited"),
            "answer_by": OwnDocument.moment(view.answerBy), "revision": .integer(Int64(view.revision)),
            "is_public": .boolean(view.isPublic),
            "layer": ["id": .string(view.layer.identifier.text), "title": .string(view.layer.title)],
            "feature": try JSONParser.parse(view.feature),
            "meaning": .string(ConsentText.parents(in: language).sentences[.parent] ?? ""),
        ])
    }
}

/// The same as a page with buttons, which needs no script.
enum ParentPage {
    static func reply(_ view: ParentalView?, _ request: RouteRequest) throws -> Reply {
        let frame = try PageFrame(request)
        guard let view else { return try page("parent-gone", [:], frame, request) }
        let feature = try JSONParser.parse(view.feature)
        let properties = feature["properties"]
        var shown = JSONObject()
        if case .object(let object)? = properties { shown = object }
        var values: [String: Any] = [
            "title": properties?["title"]?.text ?? "", "text": properties?["text"]?.text ?? "",
            "kind": frame.words["kinds", properties?["kind"]?.text ?? ""] ?? "",
            "when": properties?["when"]?.text ?? "", "themes": themes(properties?["theme"]),
            "licence": properties?["licence"]?.text ?? "",
            "precision": ListedFeature.precision(shown, frame.words), "layer": view.layer.title,
            "isPlaced": feature["geometry"].map { $0 != .null } ?? false,
            "isAwaited": view.answerBy != nil, "isPublic": view.isPublic, "revision": view.revision,
            "isChanged": view.isPublic && view.answerBy != nil,
            "meaning": ConsentText.parents(in: frame.language).sentences[.parent] ?? "",
        ]
        if let moment = view.answerBy {
            let day = request.site.localTime.day(of: moment)
            values["until"] = ["day": day, "inWords": frame.words.day(day)]
        }
        return try page("parent", values, frame, request)
    }

    private static func themes(_ value: JSONValue?) -> String {
        guard case .array(let themes)? = value else { return "" }
        return themes.compactMap(\.text).joined(separator: ", ")
    }

    private static func page(
        _ name: String, _ values: [String: Any], _ frame: PageFrame, _ request: RouteRequest
    ) throws -> Reply {
        var reply = try request.site.pages.reply(name, values, in: frame)
        reply.entityTag = nil
        // Under `no-referrer` a browser would not even tell us that the form is our own.
        reply.headers[referrerPolicy] = "strict-origin"
        return reply
    }

    private static let referrerPolicy = HTTPField.Name("Referrer-Policy")!  // a token
}
