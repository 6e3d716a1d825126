import Contributions
import MapFormats

extension AnswerSchema {
    /// The schemas of encounter points and their codes.
    var encounterSchema: JSONValue {
        switch self {
        case .encounter:
            Self.object(
                [
                    "hours": Self.hours, "prompt": Self.text, "reveals": Self.reveals, "state": Self.states,
                    "id": Self.text, "layer": Self.text, "next": Self.periods,
                ], [])
        case .encounterCodes:
            Self.object(
                ["codes": Self.array(of: Self.object(["id": Self.text, "label": Self.text], ["id", "label"]))],
                ["codes"])
        case .codeRequest: Self.object(["label": Self.text], [])
        case .issuedCode:
            Self.object(
                ["id": Self.text, "label": Self.text, "code": Self.text, "link": Self.text],
                ["id", "label", "code", "link"])
        case .arrival:
            Self.object(
                [
                    "id": Self.text, "layer": Self.text, "title": Self.text, "text": Self.text, "lang": Self.text,
                    "state": Self.states, "sentence": Self.text, "hours": Self.hours, "next": Self.periods,
                    "prompt": Self.text, "reveals": Self.reveals, "contribute": Self.anyObject,
                ], ["id", "layer", "title", "state", "sentence", "hours", "next"])
        default: Self.anyObject
        }
    }

    private static let states: JSONValue = [
        "type": "string", "enum": .array(EncounterState.allCases.map { .string($0.rawValue) }),
    ]

    /// `overnight` says that a window ends on the day after; days are whole, times are those of the wall's clock.
    private static let hours: JSONValue = [
        "type": "object", "nullable": true,
        "properties": [
            "weekly": array(
                of: object(
                    [
                        "days": array(
                            of: ["type": "string", "enum": .array(Weekday.allCases.map { .string($0.rawValue) })]),
                        "from": text, "to": text, "overnight": flag, "since": text, "until": text,
                    ], ["days", "from", "to"])),
            "dated": array(of: object(["from": text, "to": text], ["from", "to"])),
            "exceptions": array(
                of: object(
                    [
                        "date": text, "closed": flag,
                        "windows": array(of: object(["from": text, "to": text, "overnight": flag], ["from", "to"])),
                    ], ["date"])),
            "time_zone": text,
        ],
    ]

    private static let reveals: JSONValue = [
        "type": "object", "nullable": true,
        "properties": [
            "text": text, "links": array(of: object(["href": text, "title": text], ["href"])),
        ],
    ]

    private static let periods = array(
        of: object(
            ["from": text, "to": ["type": "string", "nullable": true], "sentence": text], ["from", "to", "sentence"]))

    private static let flag: JSONValue = ["type": "boolean"]
}
