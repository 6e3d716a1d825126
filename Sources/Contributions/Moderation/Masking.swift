/// What of a contribution's words is to be overwritten: stretches of one text, and words wherever they stand.
package struct Masking: Equatable, Sendable {
    package let marks: [Mark]
    package let words: [String]

    package init(marks: [Mark], words: [String]) {
        self.marks = marks
        self.words = words
    }

    /// A stretch of one text, counted in Unicode code points from 0, its end left out.
    package struct Mark: Equatable, Sendable {
        package let field: TextField
        package let start: Int
        package let end: Int

        package init(_ field: TextField, start: Int, end: Int) {
            self.field = field
            self.start = start
            self.end = end
        }
    }

    /// What stands in the place of what was masked.
    package static let sign = "[…]"

    package enum Fault: Error, Equatable, Sendable {
        case empty
        case outside(length: Int)
        /// It begins or ends within what a reader sees as one character.
        case halfCharacter(Edge)
        case notThere

        package enum Edge: Sendable { case start, end }
    }
}

/// The texts of a contribution in which people write what they like.
package enum TextField: String, CaseIterable, Sendable {
    case title, text, author

    package func text(of content: Contribution) -> String {
        switch self {
        case .title: content.title
        case .text: content.text
        case .author: content.author ?? ""
        }
    }

    /// Where it stands in a GeoJSON feature, as a JSON Pointer.
    package var pointer: String { "/properties/\(rawValue)" }
}

extension Masking {
    /// The text under a mark.
    /// - Throws: `Fault` for a mark that holds nothing, reaches beyond the text or divides a character.
    package static func marked(_ text: String, from start: Int, to end: Int) throws(Fault) -> Range<String.Index> {
        let scalars = text.unicodeScalars
        guard start < end else { throw .empty }
        guard start >= 0, end <= scalars.count else { throw .outside(length: scalars.count) }
        let bounds =
            scalars.index(scalars.startIndex, offsetBy: start)..<scalars.index(scalars.startIndex, offsetBy: end)
        guard isEdge(bounds.lowerBound, in: text) else { throw .halfCharacter(.start) }
        guard isEdge(bounds.upperBound, in: text) else { throw .halfCharacter(.end) }
        return bounds
    }

    private static func isEdge(_ index: String.Index, in text: String) -> Bool {
        index == text.endIndex || text.indices.contains(index)
    }

    /// The text with each of these stretches replaced by one sign; those that touch become one.
    package static func masked(_ text: String, _ stretches: [Range<String.Index>]) -> String {
        var result = ""
        var end = text.startIndex
        var isAfterSign = false
        for stretch in stretches.sorted(by: { $0.lowerBound < $1.lowerBound }) where stretch.upperBound > end {
            if !isAfterSign || stretch.lowerBound > end {
                result += text[end..<max(stretch.lowerBound, end)] + sign
            }
            end = stretch.upperBound
            isAfterSign = true
        }
        return result + text[end...]
    }

    /// The text with each of these words replaced wherever it stands. One of less than three characters counts only
    /// where it is no part of a longer word, since it would take the text apart.
    package static func masked(_ text: String, words: [String]) -> String {
        masked(text, words.flatMap { stretches(of: $0, in: text) })
    }

    package static func stretches(of word: String, in text: String) -> [Range<String.Index>] {
        guard !word.isEmpty else { return [] }
        let found = text.ranges(of: word)
        return word.count < 3 ? found.filter { isWhole($0, in: text) } : found
    }

    private static func isWhole(_ stretch: Range<String.Index>, in text: String) -> Bool {
        let before = stretch.lowerBound == text.startIndex ? nil : text[text.index(before: stretch.lowerBound)]
        let after = stretch.upperBound == text.endIndex ? nil : text[stretch.upperBound]
        return ![before, after].contains { $0.map { $0.isLetter || $0.isNumber } ?? false }
    }
}
