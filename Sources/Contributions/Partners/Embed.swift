/// A partner's map, named by a public key: the contract between the venue and the partner.
///
/// What it pins wins over whatever its page is asked for.
package struct Embed: Equatable, Sendable {
    /// 128 random bits that everybody may see.
    package let key: PublicIdentifier
    package let partner: PublicIdentifier
    package let layer: LayerIdentifier
    package var title: String
    package var pins: EmbedPins
    package var look: EmbedLook
    /// Whether people contribute from inside it.
    package var takesContributions: Bool
    /// What is cleared as it comes; nil when the partner looks at each.
    package var standing: StandingRule?
    /// Closed once is closed for ever.
    package let isClosed: Bool

    package static let longestTitle = 200
    package static let mostThemes = 50

    package init(
        key: PublicIdentifier, partner: PublicIdentifier, layer: LayerIdentifier, title: String = "",
        pins: EmbedPins = EmbedPins(), look: EmbedLook = EmbedLook(), takesContributions: Bool = false,
        standing: StandingRule? = nil, isClosed: Bool = false
    ) {
        self.key = key
        self.partner = partner
        self.layer = layer
        self.title = title
        self.pins = pins
        self.look = look
        self.takesContributions = takesContributions
        self.standing = standing
        self.isClosed = isClosed
    }
}

/// How an embed looks; what is nil is the page's own choice, or the visitor's.
package struct EmbedLook: Equatable, Sendable {
    /// The id of a style, as in `/styles/{id}`.
    package var style: String?
    package var colours: [ColourName: Colour]
    package var language: Language?
    package var list: ListOption

    package init(
        style: String? = nil, colours: [ColourName: Colour] = [:], language: Language? = nil, list: ListOption = .both
    ) {
        self.style = style
        self.colours = colours
        self.language = language
        self.list = list
    }

    /// Whether the list shows, the map, or both.
    package enum ListOption: String, CaseIterable, Sendable {
        case only, both, none
    }

    package enum ColourName: String, CaseIterable, Sendable {
        case background, text, accent
    }
}

/// A colour as CSS writes it in six hexadecimal digits: nothing else ever reaches a page's style.
package struct Colour: Hashable, Sendable {
    /// Such as `#0a6e4d`.
    package let text: String

    package init?(_ text: String) {
        guard text.utf8.count == 7, text.utf8.first == UInt8(ascii: "#"),
            text.utf8.dropFirst().allSatisfy({ 0x30...0x39 ~= $0 || 0x61...0x66 ~= $0 | 0x20 })
        else { return nil }
        self.text = text.lowercased()
    }
}
