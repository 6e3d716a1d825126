import Contributions
import Foundation

/// What a feature is sorted by in one property.
package enum SortValue: Equatable, Sendable {
    /// Nothing: comes last whichever way.
    case missing
    case number(Int64)
    case text(SortText)

    /// Whether this comes before another; nil when neither does.
    func isBefore(_ other: SortValue, isDescending: Bool) -> Bool? {
        switch (self, other) {
        case (.missing, .missing): nil
        case (.missing, _): false
        case (_, .missing): true
        case (.number(let own), .number(let theirs)): own == theirs ? nil : (own < theirs) != isDescending
        case (.text(let own), .text(let theirs)): own == theirs ? nil : (own < theirs) != isDescending
        // A property has values of one type.
        case (.number, .text): true
        case (.text, .number): false
        }
    }
}

/// A text in the order of dictionaries: without case and accents first, with them between equals.
package struct SortText: Comparable, Sendable {
    /// As it was written; the beginning of a very long one.
    package let text: String
    private let folded: String

    /// How much of a text counts, in Unicode scalars: as many as a title has characters, so that a cursor, which
    /// carries the text, stays short whatever people have heaped on their letters.
    package static let length = ContributionLimits.title

    package init(_ text: String) {
        if text.utf8.count <= Self.length {
            self.text = text
        } else {
            self.text = String(String.UnicodeScalarView(text.unicodeScalars.prefix(Self.length)))
        }
        folded = TextFolding.fold(self.text)
    }

    package static func < (a: SortText, b: SortText) -> Bool {
        a.folded != b.folded ? a.folded < b.folded : a.text < b.text
    }

    package static func == (a: SortText, b: SortText) -> Bool { a.text == b.text }
}
