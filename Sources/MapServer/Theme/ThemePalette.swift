import MapFormats

/// The colours of our pages in one light, by the names of their CSS custom properties.
struct ThemePalette {
    private let colours: [String: ThemeColour]
    private let light: String

    /// Those of `lieudit.css`; a venue names only what it changes.
    static let day: [String: String] = [
        "paper": "#f5f0e6", "card": "#fffaf0", "ink": "#1b1a17", "soft": "#5d5a54", "line": "#d9cfbb",
        "edge": "#8a7f6b",
        "link": "#0b5752", "place": "#0f6b66", "memory": "#a8441a", "encounter": "#43348c", "chip": "#e9e0cd",
        "chip-ink": "#4b4842", "fault": "#9b1c1c",
    ]
    static let night: [String: String] = [
        "paper": "#14171f", "card": "#1b1f29", "ink": "#f1ede4", "soft": "#b3b0a8", "line": "#323846",
        "edge": "#7d8496",
        "link": "#7fd4c8", "place": "#52c7b8", "memory": "#f2a65e", "encounter": "#b9a8ff", "chip": "#2b3140",
        "chip-ink": "#d3cfc5", "fault": "#ff9d92",
    ]

    enum Light { case day, night }

    /// Our own by the names of their properties, read.
    static func colours(_ light: Light) -> [String: ThemeColour] {
        let texts =
            switch light {
            case .day: day
            case .night: night
            }
        return texts.compactMapValues(ThemeColour.init)
    }

    /// - Parameter light: `day` or `night`.
    /// - Throws: `ThemeError` for a name or a colour that is none, and for what could not be read.
    init(_ light: String, _ members: JSONObject, over defaults: [String: String]) throws(ThemeError) {
        self.light = light
        var colours = defaults.compactMapValues(ThemeColour.init)
        for member in members.members {
            guard defaults[member.name] != nil else { throw .unknownName("\(light).\(member.name)") }
            guard let colour = member.value.text.flatMap(ThemeColour.init) else {
                throw .noColour("\(light).\(member.name)", JSONWriter.text(of: member.value))
            }
            colours[member.name] = colour
        }
        self.colours = colours
        for (name, ground, least) in Self.pairs { try require(name, on: ground, least) }
    }

    /// What is read on what, and the contrast that it needs (WCAG 2.2, 1.4.3 and 1.4.11).
    private static let pairs: [(String, String, Double)] =
        ["ink", "soft", "link", "place", "memory", "encounter", "fault"].flatMap {
            [($0, "paper", 4.5), ($0, "card", 4.5)]
        }
        + [("edge", "paper", 3), ("edge", "card", 3), ("chip-ink", "chip", 4.5)]

    private func require(_ name: String, on ground: String, _ least: Double) throws(ThemeError) {
        guard let colour = colours[name], let under = colours[ground] else { return }
        let ratio = colour.contrast(with: under)
        if ratio < least {
            throw .contrast(
                "\(light).\(name)", colour.text, on: "\(light).\(ground)", under.text, ratio: ratio, least: least)
        }
    }

    /// One rule that sets the custom properties.
    var rule: String {
        let declarations = colours.sorted { $0.key < $1.key }.map { "--\($0.key): \($0.value.text);" }
        return ":root { \(declarations.joined(separator: " ")) }"
    }
}
