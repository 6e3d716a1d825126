import Contributions

/// The text of one of the site's pages, in one language, as its file says.
struct SiteText: Sendable {
    let page: SitePage
    let language: Language
    /// Whether the operator has written it; else it is a template of ours.
    let isOperators: Bool
    let text: String

    /// The language and a hash of the bytes, such as `fr-3f9a2c71`: another text has another.
    var version: String { Self.version(of: text, language) }

    static func version(of text: String, _ language: Language) -> String {
        let digits = Digest(of: text).bytes.prefix(4).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        return "\(language.rawValue)-\(digits.joined())"
    }
}
