/// A site that is allowed to frame maps of this instance.
package struct Partner: Equatable, Sendable {
    package let identifier: PublicIdentifier
    package var name: String
    /// Where its pages come from; each once, in alphabetical order.
    package var origins: [Origin]
    /// Closed once is closed for ever: its embeds are, and its tokens open nothing.
    package let isClosed: Bool

    package static let longestName = 200
    package static let mostOrigins = 20

    package init(identifier: PublicIdentifier, name: String, origins: [Origin], isClosed: Bool = false) {
        self.identifier = identifier
        self.name = name
        self.origins = Set(origins).sorted { $0.text < $1.text }
        self.isClosed = isClosed
    }
}
