import Contributions
import MapFormats

extension AnswerSchema {
    /// The schemas of layers as those arrange them who look after them, and of codes on their way to a wall.
    var craftSchema: JSONValue {
        switch self {
        case .codeImageRequest: Self.object(["code": Self.text], ["code"])
        case .layerCodesRequest: Self.object(["label": Self.text, "points": Self.oneOf(["without", "all"])], [])
        case .layerCodes:
            Self.object(
                [
                    "codes": Self.array(
                        of: Self.object(
                            [
                                "point": Self.text, "title": Self.text, "id": Self.text, "label": Self.text,
                                "code": Self.text, "link": Self.text,
                            ], ["point", "title", "id", "label", "code", "link"]))
                ], ["codes"])
        case .encounterPoints:
            Self.object(
                [
                    "points": Self.array(
                        of: Self.object(
                            [
                                "id": Self.text, "title": Self.text, "public": ["type": "boolean"],
                                "standing": Self.state, "state": Self.text,
                                "codes": ["type": "integer", "minimum": 0],
                            ], ["id", "title", "public", "standing", "state", "codes"]))
                ], ["points"])
        case .sheetsRequest:
            Self.object(
                [
                    "codes": Self.array(
                        of: Self.object(
                            ["point": Self.text, "id": Self.text, "code": Self.text], ["point", "id", "code"]))
                ], ["codes"])
        case .layerRequest: Self.object(Self.rules, ["id"])
        case .layerRules:
            Self.object(
                JSONObject((Self.rules.members + Self.besides.members).map { ($0.name, $0.value) }),
                ["id", "title", "state", "paused"])
        default: Self.anyObject
        }
    }

    private static let besides: JSONObject = [
        "state": oneOf(["unopened", "open", "closed"]), "paused": ["type": "boolean"], "pause_reasons": text,
        "shown": ["type": "integer", "minimum": 0],
    ]

    private static let rules: JSONObject = [
        "id": ["type": "string", "pattern": "^[a-z0-9-]{1,64}$"], "title": longest(LayerBody.Limits.title),
        "description": longest(LayerBody.Limits.description), "prompt": longest(LayerBody.Limits.prompt),
        "rules": longest(LayerBody.Limits.rules), "discussion": text, "opens": text, "closes": text,
        "review": oneOf(Layer.Review.allCases.map(\.rawValue)),
        "contributors": oneOf(Layer.Contributors.allCases.map(\.rawValue)),
        "kinds": array(of: oneOf(Kind.allCases.map(\.rawValue))),
        "themes": array(of: longest(ContributionLimits.theme)), "languages": array(of: text),
        "default_precision": oneOf(Precision.allCases.map(\.rawValue)),
        "finest_precision": oneOf(Precision.allCases.map(\.rawValue)), "licence": text,
        "release": oneOf(Layer.Release.allCases.map(\.rawValue)),
        "retention": ["type": "integer", "minimum": 1, "maximum": .integer(LayerBody.Limits.retention)],
        "indexable": ["type": "boolean"],
    ]
}
