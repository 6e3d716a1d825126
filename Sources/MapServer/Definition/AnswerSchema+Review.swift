import Contributions
import MapFormats

extension AnswerSchema {
    /// The schemas of review.
    var reviewSchema: JSONValue {
        switch self {
        case .moderationQueue:
            Self.object(
                [
                    "items": Self.array(of: Self.queueEntrySchema), "next": ["type": "string", "nullable": true],
                    "paused": Self.flag, "pause_reasons": Self.text,
                ], ["items", "next", "paused"])
        case .decision: Self.object(Self.decisionMembers, ["decision"])
        case .decisions:
            Self.object(
                [
                    "decisions": [
                        "type": "array", "maxItems": .integer(Int64(DecisionsBody.most)), "items": Self.oneOfSeveral,
                    ]
                ], ["decisions"])
        case .standing: Self.standingSchema
        case .standings: Self.object(["decisions": Self.array(of: Self.standingSchema)], ["decisions"])
        case .pause: Self.object(["paused": Self.flag, "reasons": longest], ["paused"])
        case .paused: Self.object(["layer": Self.text, "paused": Self.flag], ["layer", "paused"])
        default: Self.anyObject
        }
    }

    private var longest: JSONValue { Self.longest(ContributionLimits.text) }

    private static let flag: JSONValue = ["type": "boolean"]
    private static let place: JSONValue = ["type": "integer", "minimum": 0]

    private static let queueEntrySchema = object(
        [
            "id": text, "revision": ["type": "integer", "minimum": 1], "state": state, "changed": flag,
            "flags": array(
                of: object(
                    [
                        "kind": oneOf(TextFlag.Kind.allCases.map(\.rawValue)), "pointer": pointer, "start": place,
                        "end": place, "text": text,
                    ], ["kind", "pointer", "start", "end", "text"])),
            "feature": anyObject, "before": anyObject, "differs": array(of: text), "question": text, "answer": text,
            "decisions": objects, "age_band": oneOf(["under-15", "15-17"]), "open_reports": place,
        ], ["id", "revision", "state", "changed", "flags", "feature"])

    private static let pointer = oneOf(TextField.allCases.map(\.pointer))

    /// What was erased stands nowhere any more.
    private static let standingSchema = object(
        [
            "id": text, "state": oneOf(ContributionState.allCases.map(\.rawValue) + ["erased"]),
            "revision": ["type": "integer", "minimum": 1],
        ], ["id", "state"])

    private static let decisionMembers: JSONObject = [
        "decision": oneOf(Decision.names), "reasons": longest(ContributionLimits.text),
        "ground": oneOf(DecisionNotice.Ground.allCases.map(\.rawValue)),
        "revision": ["type": "integer", "minimum": 1], "state": state, "precision": oneOf(["about", "wide", "none"]),
        "from": text, "question": longest(ContributionLimits.text),
        "masks": array(
            of: object(["pointer": pointer, "start": place, "end": place], ["pointer", "start", "end"])),
        "words": array(of: text),
    ]

    private static let oneOfSeveral: JSONValue = {
        var members = decisionMembers
        members["id"] = text
        return object(members, ["id", "decision"])
    }()
}
