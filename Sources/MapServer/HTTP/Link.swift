import HTTPTypes
import MapFormats

/// A link of a JSON document (RFC 8288), always absolute.
struct Link {
    private let relation: String
    private let address: String
    private let type: String
    private let title: String?
    /// Whether the address has names in braces, for the reader to fill in.
    private let isTemplated: Bool

    init(_ relation: String, _ address: String, type: String, title: String? = nil, isTemplated: Bool = false) {
        self.relation = relation
        self.address = address
        self.type = type
        self.title = title
        self.isTemplated = isTemplated
    }

    static func array(_ links: [Link]) -> JSONValue {
        .array(
            links.map { link in
                var members: JSONObject = [
                    "href": .string(link.address), "rel": .string(link.relation), "type": .string(link.type),
                ]
                members["title"] = link.title.map(JSONValue.string)
                if link.isTemplated { members["templated"] = true }
                return .object(members)
            })
    }

    /// Templated links as the header `Link-Template` has them (RFC 9652); nil when an address cannot stand in one.
    static func templateHeader(_ links: [Link]) -> String? {
        let mayStand: (UInt8) -> Bool = { 0x20...0x7E ~= $0 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
        guard links.allSatisfy({ $0.address.utf8.allSatisfy(mayStand) }) else { return nil }
        return links.map { #""\#($0.address)"; rel="\#($0.relation)"; type="\#($0.type)""# }.joined(separator: ", ")
    }

    /// The same as the value of a `Link` field (RFC 8288, section 3), for bodies that have no place for links. Titles
    /// are left out, since they may hold letters that a field cannot.
    static func field(_ links: [Link]) -> String {
        var field = ""
        field.reserveCapacity(512)
        for link in links {
            field += field.isEmpty ? "<" : ", <"
            field += link.address
            field += ">; rel=\""
            field += link.relation
            field += "\"; type=\""
            field += link.type
            field += "\""
        }
        return field
    }

    /// The same array, written at once: for answers that are asked for thousands of times a second.
    static func append(_ links: [Link], to bytes: inout [UInt8]) {
        var mark = UInt8(ascii: "[")
        for link in links {
            bytes.append(mark)
            mark = UInt8(ascii: ",")
            append(#"{"href":"#, link.address, to: &bytes)
            append(#","rel":"#, link.relation, to: &bytes)
            append(#","type":"#, link.type, to: &bytes)
            if let title = link.title { append(#","title":"#, title, to: &bytes) }
            if link.isTemplated { bytes.append(contentsOf: #","templated":true"#.utf8) }
            bytes.append(UInt8(ascii: "}"))
        }
        if links.isEmpty { bytes.append(mark) }
        bytes.append(UInt8(ascii: "]"))
    }

    private static func append(_ name: String, _ value: String, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: name.utf8)
        JSONWriter.append(string: value, to: &bytes)
    }
}
