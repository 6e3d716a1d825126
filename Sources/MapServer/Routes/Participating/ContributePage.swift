import Contributions
import Curation
import MapFormats
import MapGeometry
import SpatialIndex

/// The page on which somebody gives a place or a memory: one long form, which a script turns into one question a screen.
enum ContributePage {
    /// `GET /contribute/{layer}`
    static func page(_ request: RouteRequest) throws -> Reply { try page(request, with: [:]) }

    /// - Parameter typed: `given`, what somebody has typed already, and `faults`, what is wrong with it, by field.
    static func page(_ request: RouteRequest, with typed: [String: Any]) throws -> Reply {
        let layer = try request.layer()
        let framing = try ContributeFraming(request)
        let frame = try PageFrame(framing.request)
        let values = try values(request, layer, frame).merging(framing.values(frame)) { _, own in own }
            .merging(typed) { _, own in own }
        return try request.site.pages.reply("contribute", values, in: frame, under: framing.policy)
    }

    private static func values(
        _ request: RouteRequest, _ layer: PublishedLayer, _ frame: PageFrame
    ) throws -> [String: Any] {
        let rules = layer.layer
        var values = consents(request.site.consentTexts.now(in: frame.language))
        for (name, value) in standing(request, rules) { values[name] = value }
        values["id"] = layer.identifier.text
        values["title"] = rules.title
        values["layerPrompt"] = rules.prompt
        values["layerRules"] = rules.rules
        values["discussion"] = rules.discussion
        values["isReviewed"] = rules.review == .before
        values["kindChoices"] = kinds(rules, frame.words)
        values["themes"] = rules.themes.map { ["name": $0] }
        values["hasThemes"] = !rules.themes.isEmpty
        values["tongues"] = tongues(rules, frame.language)
        values["hasMap"] = request.site.configuration.mapLibrePath != nil
        values["titleLimit"] = ContributionLimits.title
        values["textLimit"] = ContributionLimits.text
        values["authorLimit"] = ContributionLimits.author
        values["settings"] = JSONWriter.text(of: .object(settings(request, layer)))
        values["scriptWords"] = frame.words.json(
            of: "say", "plan", "precision", "time", "kinds", "receipt", "warning", "flags", "point")
        return values
    }

    /// Whether anything is taken now, and from whom.
    private static func standing(_ request: RouteRequest, _ rules: Layer) -> [String: Any] {
        var isOpen = rules.contributors != .curators
        if case .closed = rules.phase(at: request.now, in: request.site.localTime) { isOpen = false }
        return [
            "isOpen": isOpen, "isForCurators": rules.contributors == .curators,
            "isInvited": rules.contributors == .invited,
        ]
    }

    /// What is asked for, in the very words whose version the proof of it names.
    private static func consents(_ text: ConsentText) -> [String: Any] {
        let sentences = text.sentences
        return [
            "consentVersion": text.version,
            "publishSentence": sentences[.publish] ?? "", "partnersSentence": sentences[.partners] ?? "",
            "licenceSentence": sentences[.licence] ?? "", "licences": OpenLicence.identifiers,
        ]
    }

    /// What may be given here; encounter points only where there is nothing else, since they need more than a form.
    private static func kinds(_ rules: Layer, _ words: Words) -> [[String: Any]] {
        let told = [Kind.memory, .place].filter(rules.kinds.contains)
        let offered = told.isEmpty ? [Kind.encounter] : told
        return offered.enumerated().map { place, kind in
            [
                "value": kind.rawValue, "name": words["kinds", kind.rawValue] ?? kind.rawValue,
                "hint": words["kindHints", kind.rawValue] ?? "", "isFirst": place == 0, "isOnly": offered.count == 1,
            ]
        }
    }

    /// The languages in which somebody may write here, that of the page first chosen.
    private static func tongues(_ rules: Layer, _ language: PageLanguage) -> [[String: Any]] {
        let codes = rules.languages.isEmpty ? Tongue.usual : rules.languages
        return codes.map { ["code": $0, "name": Tongue.name(of: $0), "isUsual": $0 == language.rawValue] }
    }

    /// What the script needs of the layer.
    private static func settings(_ request: RouteRequest, _ layer: PublishedLayer) -> JSONObject {
        var settings: JSONObject = [
            "layer": .string(layer.identifier.text), "names": .boolean(request.site.hasNames),
            "precision": .string(usual(layer.layer).rawValue),
            "finest": .string(layer.layer.finestPrecision.rawValue),
            "style": .string("/styles/lieudit?layer=\(layer.identifier)"),
            "night": .string("/styles/lieudit-nuit?layer=\(layer.identifier)"),
        ]
        settings["embed"] = layer.embed.map { .string($0.description) }
        if let box = layer.snapshot.extent {
            settings["extent"] = .array([box.west, box.south, box.east, box.north].map(JSONValue.number))
        }
        return settings
    }

    /// Nobody shows an exact place without having chosen to.
    private static func usual(_ rules: Layer) -> Precision {
        rules.usualPrecision == .exact ? .about : rules.usualPrecision
    }
}
