import Contributions
import MapFormats

extension AnswerSchema {
    /// The schemas of sessions, tokens and the journal.
    var deskSchema: JSONValue {
        switch self {
        case .session:
            Self.object(
                [
                    "id": Self.text, "role": Self.role, "label": Self.text, "layer": Self.textOrNull,
                    "layers": Self.objects, "partner": Self.anyObject, "expires": Self.textOrNull,
                    "ends": Self.textOrNull, "idle_minutes": ["type": "integer"],
                ], ["id", "role", "layer", "layers"])
        case .sessionRequest:
            [
                "type": "object", "required": ["token"], "additionalProperties": false,
                "properties": ["token": Self.longest(200)],
            ]
        case .tokens: Self.object(["tokens": Self.array(of: Self.tokenSchema)], ["tokens"])
        case .token: Self.tokenSchema
        case .tokenRequest:
            Self.object(
                [
                    "role": Self.role, "layer": Self.textOrNull, "partner": Self.textOrNull,
                    "label": Self.longest(AccessToken.longestLabel), "expires": Self.textOrNull,
                ], ["role"])
        case .journal:
            Self.object(
                [
                    "entries": Self.array(of: Self.entrySchema), "next": Self.textOrNull,
                    "whole": ["type": "boolean"], "broken_at": ["type": "integer"],
                ], ["entries", "next"])
        case .importOutcome:
            Self.object(
                [
                    "layer": Self.text, "rehearsal": ["type": "boolean"], "refused": ["type": "boolean"],
                    "count": ["type": "integer"], "skipped": ["type": "integer"], "told": Self.array(of: Self.text),
                ], ["layer", "rehearsal", "refused", "count", "skipped", "told"])
        default: Self.anyObject
        }
    }

    private static let role = oneOf(Role.allCases.map(\.rawValue))
    private static let textOrNull: JSONValue = ["type": "string", "nullable": true]

    private static let tokenSchema = object(
        [
            "id": text, "role": role, "layer": textOrNull, "partner": textOrNull, "label": text, "expires": textOrNull,
            "revoked": ["type": "boolean"], "good": ["type": "boolean"], "own": ["type": "boolean"], "token": text,
            "desk": text,
        ], ["id", "role", "label", "revoked", "good"])

    private static let entrySchema = object(
        [
            "number": ["type": "integer"], "at": text, "actor": text, "who": anyObject, "own": ["type": "boolean"],
            "act": text, "subject": text, "detail": text, "layer": textOrNull,
        ], ["number", "at", "actor", "act", "subject", "detail"])
}
