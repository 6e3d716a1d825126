import Contributions
import MapFormats

extension AnswerSchema {
    /// The schemas of what is written and of what only those read who may write.
    var writingSchema: JSONValue {
        switch self {
        case .contribution: Self.contributionSchema
        case .acceptance:
            Self.object(
                [
                    "id": Self.text, "state": Self.state, "shows": Self.anyObject,
                    "receipt": Self.object(
                        ["token": Self.text, "code": Self.text, "link": Self.text], ["token", "code", "link"]),
                    "parent": Self.object(
                        ["code": Self.text, "link": Self.text, "expires": Self.text], ["code", "link", "expires"]),
                ], ["id", "state", "shows", "receipt"])
        case .ownEverything:
            Self.object(
                ["layer": Self.text, "state": Self.state, "feature": Self.anyObject, "consents": Self.objects],
                ["layer", "state", "feature", "consents"])
        case .receiptRequest:
            [
                "type": "object", "minProperties": 1, "maxProperties": 1, "additionalProperties": false,
                "properties": ["code": Self.text, "token": Self.text],
            ]
        case .visit:
            Self.object(["layer": Self.text, "id": Self.text, "token": Self.text], ["layer", "id", "token"])
        case .moderationQueue, .decision, .standing, .decisions, .standings, .pause, .paused: reviewSchema
        default: Self.anyObject
        }
    }

    static let objects = array(of: anyObject)
    static let state = oneOf(ContributionState.allCases.map(\.rawValue))

    static func oneOf(_ values: [String]) -> JSONValue {
        ["type": "string", "enum": .array(values.map(JSONValue.string))]
    }

    static func longest(_ characters: Int) -> JSONValue {
        ["type": "string", "maxLength": .integer(Int64(characters))]
    }

    private static let contributionSchema = object(
        [
            "type": oneOf(["Feature"]),
            "geometry": [
                "type": "object", "nullable": true, "required": ["type", "coordinates"],
                "properties": [
                    "type": oneOf(["Point"]),
                    "coordinates": ["type": "array", "items": ["type": "number"], "minItems": 2, "maxItems": 3],
                ],
            ],
            "properties": object(
                [
                    "title": longest(ContributionLimits.title), "text": longest(ContributionLimits.text),
                    "kind": oneOf(Kind.allCases.map(\.rawValue)),
                    "theme": ["type": "array", "items": longest(ContributionLimits.theme), "maxItems": 12],
                    "when": text, "lang": text, "author": longest(ContributionLimits.author),
                    "precision": oneOf(Precision.allCases.map(\.rawValue)),
                    "consent": ["type": "boolean", "enum": [true]],
                    "consents": object(
                        [
                            "partners": ["type": "boolean"], "version": text,
                            "licence": [
                                "type": "string", "nullable": true,
                                "enum": .array(OpenLicence.identifiers.map(JSONValue.string) + [.null]),
                            ],
                        ], []),
                    "invitation": text, "encounter": text, "age_band": oneOf(["under-15", "15-17", "adult"]),
                ], ["consent"]),
        ], ["type", "geometry", "properties"])
}
