import Foundation

/// Words as they are compared: without case, accents or ligatures, so that “oeuvre” finds “Œuvre”.
package enum TextFolding {
    /// The folded text. Both what is stored for search and what is asked go through here.
    package static func fold(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.lowercased() }
        return table.fold(text) ?? foldByDecomposition(text)
    }

    private static let table = FoldingTable(foldByDecomposition)

    /// Right for every text, and slow.
    static func foldByDecomposition(_ text: String) -> String {
        // Decomposed here and not by `folding(options:)`, which leaves the second of two accents on some letters.
        var folded = String.UnicodeScalarView()
        for scalar in text.decomposedStringWithCompatibilityMapping.lowercased().unicodeScalars where !isAccent(scalar)
        {
            if let ligature = ligatures[scalar] {
                folded.append(contentsOf: ligature.unicodeScalars)
            } else {
                folded.append(scalar)
            }
        }
        return String(folded).precomposedStringWithCanonicalMapping
    }

    /// The words of a text, folded: runs of letters and digits.
    package static func words(in text: String) -> [String] {
        fold(text).unicodeScalars
            .split { !CharacterSet.alphanumerics.contains($0) }
            .map { String(String.UnicodeScalarView($0)) }
    }

    /// Marks upon letters, in scripts where a word is the same without them: the vowel signs of Devanagari or
    /// Thai and the voicing marks of kana are letters to their readers, and stay.
    private static func isAccent(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0300..<0x0700, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x20D0...0x20FF, 0xFE20...0xFE2F:
            switch scalar.properties.generalCategory {
            case .nonspacingMark, .enclosingMark: true
            default: false
            }
        default: false
        }
    }

    /// Letters that decomposition does not take apart.
    private static let ligatures: [Unicode.Scalar: String] = [
        "œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "þ": "th", "ð": "d", "ς": "σ",
    ]
}
