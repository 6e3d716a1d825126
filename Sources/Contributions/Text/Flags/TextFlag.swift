/// A stretch of a text that may lead to a person or to a door (`privacy.md`, P15).
package struct TextFlag: Equatable, Sendable {
    package let kind: Kind
    /// Unicode code points from 0, the end left out.
    package let range: Range<Int>

    package init(_ kind: Kind, _ range: Range<Int>) {
        self.kind = kind
        self.range = range
    }

    package enum Kind: String, CaseIterable, Sendable {
        /// A house in a street, or a town with its postcode.
        case address
        case phone
        case email
        /// Of a vehicle.
        case plate
        case coordinates
        case plusCode = "plus-code"
        /// An address on the web that shows a place on a map, or `geo:`.
        case mapLink = "map-link"
    }

    /// The words of `text` under the flag.
    package func words(of text: String) -> String {
        var words = String.UnicodeScalarView()
        words.append(contentsOf: text.unicodeScalars.dropFirst(range.lowerBound).prefix(range.count))
        return String(words)
    }
}

/// Finds what a text holds that may lead to a person or to a door.
///
/// Each look goes through the text once and never looks farther around than a bounded number of signs, so that its
/// cost grows with the length of the text and with nothing else. It is made for French, and errs on the side of
/// showing a curator too much.
package enum TextFlags {
    /// In the order of the text; none overlaps another.
    package static func find(in text: String) -> [TextFlag] {
        let folded = FoldedText(text)
        let found =
            mapLinks(in: folded) + emails(in: folded) + plusCodes(in: folded) + coordinates(in: folded)
            + phones(in: folded) + plates(in: folded) + addresses(in: folded)
        return withoutOverlaps(found)
    }

    /// Those that were looked for first stay: the digits of a link to a map are no telephone number.
    private static func withoutOverlaps(_ flags: [TextFlag]) -> [TextFlag] {
        var kept: [TextFlag] = []
        for flag in flags where !flag.range.isEmpty && !kept.contains(where: { $0.range.overlaps(flag.range) }) {
            kept.append(flag)
            if kept.count == most { break }
        }
        return kept.sorted { $0.range.lowerBound < $1.range.lowerBound }
    }

    /// Who sends a directory has it looked at all the same; more flags tell no more.
    static let most = 200
}
