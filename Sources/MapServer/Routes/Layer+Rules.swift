import Contributions
import MapFormats

extension Layer {
    /// The rules of a layer, as whoever contributes must know them before they send anything.
    func ruleMembers(_ request: RouteRequest) -> JSONObject {
        var members: JSONObject = [
            "contributors": .string(contributors.rawValue), "review": .string(review.rawValue),
            "kinds": Self.list(Kind.allCases.filter(kinds.contains).map(\.rawValue)),
            "default_precision": .string(defaultPrecision.rawValue),
            "finest_precision": .string(finestPrecision.rawValue), "release": .string(release.rawValue),
            "indexable": .boolean(isIndexable), "consent": Self.consent,
        ]
        if !prompt.isEmpty { members["prompt"] = .string(prompt) }
        if !rules.isEmpty { members["rules"] = .string(rules) }
        if !themes.isEmpty { members["themes"] = Self.list(themes) }
        if !languages.isEmpty { members["languages"] = Self.list(languages) }
        members["discussion"] = discussion.map(JSONValue.string)
        members["licence"] = licence.map(JSONValue.string)
        members["retention"] = retention.map { .integer(Int64($0)) }
        members["opens"] = opens.map { .string($0.text) }
        members["closes"] = closes.map { .string($0.text) }
        members["state"] = .string(state(request))
        return members
    }

    private func state(_ request: RouteRequest) -> String {
        switch phase(at: request.now, in: request.site.localTime) {
        case .unopened: "unopened"
        case .open: "open"
        case .closed: "closed"
        }
    }

    /// What is agreed to, in words of each language, with the version that the proof of it will name.
    private static let consent: JSONValue = .object(
        JSONObject(
            Language.allCases.map { language in
                let text = ConsentText.text(in: language)
                let purposes = ConsentPurpose.allCases.map { purpose in
                    (purpose.rawValue, JSONValue.string(text.sentences[purpose] ?? ""))
                }
                return (
                    language.rawValue,
                    ["version": .string(text.version), "purposes": .object(JSONObject(purposes))]
                )
            }))

    private static func list(_ texts: [String]) -> JSONValue { .array(texts.map(JSONValue.string)) }
}
