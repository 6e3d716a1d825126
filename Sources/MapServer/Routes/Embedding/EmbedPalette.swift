import Contributions

/// The colours that a partner has chosen for its embed, and what follows from them for all that our pages draw.
///
/// They hold by day and by night: the page around the frame has one ground.
struct EmbedPalette {
    private let ground: ThemeColour
    private let ink: ThemeColour
    private let accent: ThemeColour?
    let isDark: Bool

    /// What words need against their ground (WCAG 2.2, 1.4.3), and signs and edges (1.4.11).
    static let leastOfWords = 4.5
    private static let leastOfSigns = 3.0

    /// Nil when nothing is chosen. What cannot be read on its ground gives way to what can.
    init?(_ colours: [EmbedLook.ColourName: Colour]) {
        guard !colours.isEmpty else { return nil }
        let chosen = colours.compactMapValues { ThemeColour($0.text) }
        let day = ThemePalette.colours(.day)
        guard let paper = chosen[.background] ?? day["card"], let ink = day["ink"], let black = ThemeColour("#000000"),
            let white = ThemeColour("#ffffff")
        else { return nil }
        ground = paper
        // One of the two has 4.58 : 1 at least, whatever the ground.
        isDark = paper.contrast(with: white) > paper.contrast(with: black)
        let isRead = { (colour: ThemeColour) in colour.contrast(with: paper) >= Self.leastOfWords }
        let legible = isDark ? white : isRead(ink) ? ink : black
        self.ink = chosen[.text].flatMap { isRead($0) ? $0 : nil } ?? legible
        accent = chosen[.accent].flatMap { isRead($0) ? $0 : nil }
    }

    /// The names of what could not be read, with the ratio that it has.
    static func faults(_ colours: [EmbedLook.ColourName: Colour]) -> [(name: EmbedLook.ColourName, ratio: Double)] {
        guard let palette = EmbedPalette(colours) else { return [] }
        return [EmbedLook.ColourName.text, .accent].compactMap { name in
            guard let colour = colours[name].flatMap({ ThemeColour($0.text) }) else { return nil }
            let ratio = colour.contrast(with: palette.ground)
            return ratio < leastOfWords ? (name, ratio) : nil
        }
    }

    /// A style sheet that sets the custom properties of our pages.
    var sheet: String {
        let declarations = properties.map { "--\($0): \($1.text);" }.joined(separator: " ")
        return ":root { color-scheme: \(isDark ? "dark" : "light"); \(declarations) }\n"
    }

    private var properties: [(String, ThemeColour)] {
        let ours = ThemePalette.colours(isDark ? .night : .day)
        let signs = ["place", "memory", "encounter"].map { ($0, read(ours[$0], Self.leastOfWords)) }
        let soft = [0.4, 0.3, 0.2, 0.1].lazy.map { ink.mixed(with: ground, $0) }
            .first { $0.contrast(with: ground) >= Self.leastOfWords }
        let edge = [0.6, 0.5, 0.4, 0.3, 0.2].lazy.map { ink.mixed(with: ground, $0) }
            .first { $0.contrast(with: ground) >= Self.leastOfSigns }
        let chip = ground.mixed(with: ink, 0.08)
        return [
            ("paper", ground), ("card", ground), ("field", ground), ("on-ink", ground), ("ink", ink),
            ("soft", soft ?? ink), ("edge", edge ?? ink), ("line", ground.mixed(with: ink, 0.2)),
            ("link", accent ?? read(ours["link"], Self.leastOfWords)), ("chip", chip), ("calm", chip),
            ("chip-ink", ink), ("walk", accent ?? ink), ("fault", ink),
        ] + signs
    }

    private func read(_ colour: ThemeColour?, _ least: Double) -> ThemeColour {
        guard let colour, colour.contrast(with: ground) >= least else { return ink }
        return colour
    }
}
