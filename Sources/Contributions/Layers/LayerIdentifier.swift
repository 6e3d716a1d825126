/// The name of a layer in addresses: 1 to 64 characters of a–z, 0–9 and `-`.
package struct LayerIdentifier: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    /// - Throws: `ContributionError.layerIdentifier`.
    package init(_ text: String) throws(ContributionError) {
        let isValid =
            (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                0x61...0x7A ~= byte || 0x30...0x39 ~= byte || byte == 0x2D
            }
        guard isValid else { throw .layerIdentifier(text) }
        self.text = text
    }

    /// Of no layer: stands where a name was refused and the rest is looked at all the same.
    package static let nobodys = LayerIdentifier(unchecked: "-")

    private init(unchecked text: String) { self.text = text }

    package var description: String { text }
}
