import Contributions
import MapFormats

extension AnswerSchema {
    /// The schemas of reports, of moderation in numbers and of what parents answer.
    var reportSchema: JSONValue {
        switch self {
        case .report:
            Self.object(
                [
                    "reason": Self.choice(ReportReason.allCases.map(\.rawValue)), "text": Self.nullableText,
                    "contact": Self.nullableText, "good_faith": Self.flag,
                ], ["reason"])
        case .reportAcceptance:
            Self.object(
                ["reference": Self.text, "state": Self.text, "receipt": Self.receipt],
                ["reference", "state", "receipt"])
        case .ownReport:
            Self.object(
                [
                    "reference": Self.text, "reason": Self.text, "state": Self.choice(["open", "closed"]),
                    "outcome": Self.nullableText, "reasons": Self.nullableText, "says": Self.text,
                    "redress": Self.text,
                ], ["reference", "reason", "state"])
        case .reportDecision:
            Self.object(
                ["outcome": Self.choice(ReportOutcome.decisions.map(\.rawValue)), "reasons": Self.text],
                ["outcome", "reasons"])
        case .receiptReissue:
            Self.object(["face_to_face": Self.flag, "reasons": Self.text], ["face_to_face", "reasons"])
        case .newReceipt: Self.object(["id": Self.text, "receipt": Self.receipt], ["id", "receipt"])
        case .moderationHistory: Self.object(["half_years": Self.array(of: Self.anyObject)], ["half_years"])
        case .parentView:
            Self.object(
                [
                    "answer": Self.choice(["awaited", "agreed", "erased"]), "answer_by": Self.nullableText,
                    "revision": ["type": "integer"], "is_public": Self.flag, "layer": Self.anyObject,
                    "feature": ["$ref": "#/components/schemas/feature"], "meaning": Self.text,
                ], ["answer"])
        case .parentAnswer:
            Self.object(
                [
                    "agree": Self.flag, "withdraw": Self.flag, "revision": ["type": "integer", "minimum": 1],
                    "consents": Self.object(["partners": Self.flag], []),
                ], [])
        default: Self.anyObject
        }
    }

    private static let flag: JSONValue = ["type": "boolean"]
    private static let nullableText: JSONValue = ["type": "string", "nullable": true]
    private static let receipt = object(["token": text, "code": text, "link": text], ["token", "code", "link"])

    private static func choice(_ values: [String]) -> JSONValue {
        ["type": "string", "enum": .array(values.map(JSONValue.string))]
    }
}
