/// A random text that opens something, and that the store knows by its hash only: 130 bits, 26 characters.
package struct Secret: Equatable, Sendable {
    package let text: String

    package static func random(using generator: inout some RandomNumberGenerator) -> Secret {
        Secret(text: Crockford.random(length: 26, using: &generator))
    }

    /// Reads what somebody has kept; nil for what cannot be one.
    package init?(_ text: some StringProtocol) {
        guard text.utf8.count == 26, text.utf8.allSatisfy(Crockford.isDigit) else { return nil }
        self.text = String(text)
    }

    private init(text: String) {
        self.text = text
    }

    package var digest: Digest { Digest(of: text) }
}
