import MapFormats

/// A JSON document as HTML that reads without a style sheet: definition lists, lists, and links to follow.
struct DocumentMarkup {
    private let document: JSONValue
    private let frame: PageFrame
    private let escaping = MarkupEscaping()

    init(_ document: JSONValue, _ frame: PageFrame) {
        self.document = document
        self.frame = frame
    }

    var html: String { markup(of: document) }

    private func markup(of value: JSONValue) -> String {
        switch value {
        case .null: "—"
        case .boolean(let flag): word("page", flag ? "yes" : "no")
        case .integer, .number: JSONWriter.text(of: value)
        case .string(let text): linked(text)
        case .array(let items): list(of: items)
        case .object(let members): members["href"]?.text.map { link($0, members) } ?? definitions(of: members)
        }
    }

    /// Numbers stand in one line, everything else one below the other.
    private func list(of items: [JSONValue]) -> String {
        if items.allSatisfy({ $0.double != nil }) { return items.map(markup).joined(separator: ", ") }
        let list = "<ul>" + items.map { "<li>\(markup(of: $0))</li>" }.joined() + "</ul>"
        let isTedious = items.count > Self.longestOpenList && !items.contains { $0["href"] != nil }
        return isTedious
            ? "<details><summary>\(items.count) \(word("page", "entries"))</summary>\(list)</details>" : list
    }

    /// Longer lists are folded: there may be twenty-three zooms or as many coordinate reference systems. Links never.
    private static let longestOpenList = 5

    private func definitions(of members: JSONObject) -> String {
        let entries = members.members.map { member in
            "<dt>\(word("members", member.name))</dt><dd>\(markup(of: member.value))</dd>"
        }
        return "<dl>" + entries.joined() + "</dl>"
    }

    /// A word of the page's language, or its name where there is none.
    private func word(_ group: String, _ name: String) -> String {
        escaping.escapeText(frame.words[group, name] ?? name)
    }

    private func link(_ address: String, _ members: JSONObject) -> String {
        let type = members["type"]?.text.map { " <small>\(escaping.escapeText($0))</small>" } ?? ""
        guard isAddress(address) else { return name(of: members, address) + type }
        return "<a href=\"\(escaping.escapeText(frame.staying(address)))\">\(name(of: members, address))</a>" + type
    }

    /// What a link is to this document, in the page's language, by the last part of its relation; else its own words.
    private func name(of members: JSONObject, _ address: String) -> String {
        let relation = members["rel"]?.text ?? ""
        let known = relation.split(separator: "/").last.flatMap { frame.words["relations", String($0)] }
        return escaping.escapeText(known ?? members["title"]?.text ?? (relation.isEmpty ? address : relation))
    }

    private func linked(_ text: String) -> String {
        let escaped = escaping.escapeText(text)
        return isAddress(text) ? "<a href=\"\(escaping.escapeText(frame.staying(text)))\">\(escaped)</a>" : escaped
    }

    /// Only what leads to a page: no other scheme, and no template with holes in it.
    private func isAddress(_ text: String) -> Bool {
        (text.hasPrefix("http://") || text.hasPrefix("https://")) && !text.contains("{") && !text.contains(" ")
    }
}
