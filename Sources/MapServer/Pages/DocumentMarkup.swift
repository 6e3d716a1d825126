import MapFormats

/// A JSON document as HTML that reads without a style sheet: definition lists, lists, and links to follow.
struct DocumentMarkup {
    private let document: JSONValue
    private let escaping = MarkupEscaping()

    init(_ document: JSONValue) {
        self.document = document
    }

    var html: String { markup(of: document) }

    private func markup(of value: JSONValue) -> String {
        switch value {
        case .null: "—"
        case .boolean(let flag): flag ? "oui · yes" : "non · no"
        case .integer, .number: JSONWriter.text(of: value)
        case .string(let text): linked(text)
        case .array(let items): list(of: items)
        case .object(let members): members["href"]?.text.map { link($0, members) } ?? definitions(of: members)
        }
    }

    /// Numbers stand in one line, everything else one below the other.
    private func list(of items: [JSONValue]) -> String {
        if items.allSatisfy({ $0.double != nil }) { return items.map(markup).joined(separator: ", ") }
        return "<ul>" + items.map { "<li>\(markup(of: $0))</li>" }.joined() + "</ul>"
    }

    private func definitions(of members: JSONObject) -> String {
        let entries = members.members.map { member in
            "<dt>\(escaping.escapeText(Self.names[member.name] ?? member.name))</dt><dd>\(markup(of: member.value))</dd>"
        }
        return "<dl>" + entries.joined() + "</dl>"
    }

    private func link(_ address: String, _ members: JSONObject) -> String {
        let title = members["title"]?.text ?? members["rel"]?.text ?? address
        let type = members["type"]?.text.map { " <small>\(escaping.escapeText($0))</small>" } ?? ""
        guard isAddress(address) else { return escaping.escapeText(title) + type }
        return "<a href=\"\(escaping.escapeText(address))\">\(escaping.escapeText(title))</a>" + type
    }

    private func linked(_ text: String) -> String {
        let escaped = escaping.escapeText(text)
        return isAddress(text) ? "<a href=\"\(escaped)\">\(escaped)</a>" : escaped
    }

    /// Only what leads to a page: no other scheme, and no template with holes in it.
    private func isAddress(_ text: String) -> Bool {
        (text.hasPrefix("http://") || text.hasPrefix("https://")) && !text.contains("{") && !text.contains(" ")
    }

    /// What members are called, in French and English.
    private static let names = [
        "links": "Liens · Links", "title": "Titre · Title", "description": "Description",
        "conformsTo": "Classes de conformité · Conformance classes", "collections": "Calques · Layers",
        "id": "Nom · Id", "extent": "Étendue · Extent", "spatial": "Espace · Space", "temporal": "Temps · Time",
        "bbox": "Cadre (ouest, sud, est, nord) · Box (west, south, east, north)", "interval": "Intervalle · Interval",
        "crs": "Systèmes de coordonnées · Coordinate reference systems", "itemType": "Sorte d’éléments · Kind of items",
        "prompt": "Consigne · Prompt", "styles": "Styles", "status": "État · Status",
        "storageCrs": "Système de l’entrepôt · Storage CRS", "tilesets": "Jeux de tuiles · Tilesets",
        "tileMatrixSets": "Grilles de tuiles · Tile matrix sets",
    ]
}
