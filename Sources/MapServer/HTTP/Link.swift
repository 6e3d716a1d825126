import MapFormats

/// A link of a JSON document (RFC 8288), always absolute.
struct Link {
    private let relation: String
    private let address: String
    private let type: String
    private let title: String?

    init(_ relation: String, _ address: String, type: String, title: String? = nil) {
        self.relation = relation
        self.address = address
        self.type = type
        self.title = title
    }

    private var json: JSONObject {
        var members: JSONObject = ["href": .string(address), "rel": .string(relation), "type": .string(type)]
        members["title"] = title.map(JSONValue.string)
        return members
    }

    static func array(_ links: [Link]) -> JSONValue { .array(links.map { .object($0.json) }) }
}
