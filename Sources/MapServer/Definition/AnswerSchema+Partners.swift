import Contributions
import Curation
import MapFormats

extension AnswerSchema {
    /// The schemas of partners, embeds and clearances.
    var partnerSchema: JSONValue {
        switch self {
        case .partners: Self.object(["partners": Self.array(of: Self.anyObject)], ["partners"])
        case .partner:
            Self.object(
                ["id": Self.text, "name": Self.text, "origins": Self.texts, "closed": Self.flag, "embeds": Self.texts],
                ["id", "name", "origins", "closed"])
        case .partnerRequest: Self.object(["name": Self.text, "origins": Self.texts], ["name"])
        case .embeds: Self.object(["embeds": Self.array(of: Self.anyObject)], ["embeds"])
        case .embed:
            Self.object(
                JSONObject(Self.contract.members.map { ($0.name, $0.value) } + [("key", Self.text)]),
                ["key", "partner", "layer", "closed"])
        case .embedRequest: Self.object(Self.contract, [])
        case .standingRule:
            ["type": "object", "nullable": true, "properties": ["kinds": Self.kinds, "themes": Self.texts]]
        case .clearanceList: Self.object(["items": Self.array(of: Self.anyObject)], ["items"])
        case .clearanceRequest:
            [
                "type": "object", "minProperties": 1,
                "properties": ["clear": [:], "refuse": Self.texts, "withdraw": Self.texts],
            ]
        case .clearanceOutcome:
            Self.object(
                [
                    "cleared": Self.count, "refused": Self.count, "withdrawn": Self.count, "changed": Self.texts,
                    "unknown": Self.texts,
                ], ["cleared", "refused", "withdrawn", "changed", "unknown"])
        default: Self.anyObject
        }
    }

    private static let flag: JSONValue = ["type": "boolean"]
    private static let count: JSONValue = ["type": "integer", "minimum": 0]
    private static let texts = array(of: text)
    private static let kinds = array(of: choice(Kind.allCases.map(\.rawValue)))

    private static func choice(_ values: [String]) -> JSONValue {
        ["type": "string", "enum": .array(values.map(JSONValue.string))]
    }

    private static func orNull(_ type: String) -> JSONValue { ["type": .string(type), "nullable": true] }

    private static let contract: JSONObject = [
        "partner": text, "layer": text, "title": text, "region": [:], "kinds": kinds, "themes": texts,
        "period": orNull("string"), "style": orNull("string"), "colours": anyObject, "language": orNull("string"),
        "list": choice(EmbedLook.ListOption.allCases.map(\.rawValue)), "contribute": flag, "closed": flag,
        "standing": orNull("object"),
    ]
}
