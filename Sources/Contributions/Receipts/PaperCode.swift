/// A code that can be written on paper and typed again: 60 bits, 12 characters in three groups.
///
/// Upper case with hyphens, as in `7K3M-0QXA-T9ZD`; when typed, case, spaces and hyphens do not matter, and O, I
/// and L are taken for the digits they look like.
package struct PaperCode: Equatable, Sendable {
    /// Twelve characters without hyphens.
    private let characters: String

    package static func random(using generator: inout some RandomNumberGenerator) -> PaperCode {
        PaperCode(characters: Crockford.random(length: 12, using: &generator))
    }

    package init?(_ typed: String) {
        var characters = ""
        for byte in typed.lowercased().utf8 {
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "-"): continue
            case UInt8(ascii: "o"): characters.append("0")
            case UInt8(ascii: "i"), UInt8(ascii: "l"): characters.append("1")
            default:
                guard Crockford.isDigit(byte) else { return nil }
                characters.unicodeScalars.append(Unicode.Scalar(byte))
            }
        }
        guard characters.utf8.count == 12 else { return nil }
        self.characters = characters
    }

    /// A code of the right form in place of what is none, where both must cost the same time.
    package static let nobodys = PaperCode(characters: "000000000000")

    private init(characters: String) {
        self.characters = characters
    }

    package var text: String {
        let letters = Array(characters.uppercased())
        return [letters[0..<4], letters[4..<8], letters[8..<12]].map { String($0) }.joined(separator: "-")
    }

    /// What the store keeps. Sixty bits could be tried one by one by whoever has a copy of the store: the
    /// instance's key, which no copy of a table alone gives, is mixed in.
    package func digest(key: InstanceKey) -> Digest { key.code(characters) }

    /// The same for a code on the wall of an encounter point.
    package func encounterDigest(key: InstanceKey) -> Digest { key.encounterCode(characters) }
}
