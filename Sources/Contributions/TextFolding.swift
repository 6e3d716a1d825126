import Foundation

/// Words as they are compared: without case, accents or ligatures, so that “oeuvre” finds “Œuvre”.
package enum TextFolding {
    /// The folded text. Both what is stored for search and what is asked go through here.
    package static func fold(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.lowercased() }
        let plain = text.folding(options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil)
        var folded = ""
        folded.reserveCapacity(plain.utf8.count)
        for scalar in plain.lowercased().unicodeScalars {
            if let ligature = ligatures[scalar] {
                folded += ligature
            } else {
                folded.unicodeScalars.append(scalar)
            }
        }
        return folded
    }

    /// The words of a text, folded: runs of letters and digits.
    package static func words(in text: String) -> [String] {
        fold(text).unicodeScalars
            .split { !CharacterSet.alphanumerics.contains($0) }
            .map { String(String.UnicodeScalarView($0)) }
    }

    /// Letters that decomposition does not take apart.
    private static let ligatures: [Unicode.Scalar: String] = [
        "œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "þ": "th", "ð": "d",
    ]
}
