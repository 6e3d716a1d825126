/// When something was, in a person's words made exact: EDTF level 0 and 1 (ISO 8601-2:2019, annex A).
///
/// `1987`, `1987-06`, `1987-06-21`, `198X`, `19XX`, `1987-XX`, `1987-21` (spring), `1968~` (about),
/// `1968?` (perhaps), `1980/1989`, `1980/..`, `../1989`, `-0044`, `Y17000`, `1987-06-21T18:30:00Z`.
package struct ExtendedDate: Hashable, Sendable {
    /// As it was written, and as it is published.
    package let text: String
    /// Every moment that it may mean: seconds since 1970-01-01T00:00:00Z, both ends included.
    /// An open or unknown end is `Int64.min` or `Int64.max`.
    package let seconds: ClosedRange<Int64>

    /// - Throws: `ContributionError.date`.
    package init(_ text: String) throws(ContributionError) {
        guard text.utf8.count <= 64, let seconds = ExtendedDate.seconds(of: text) else { throw .date(text) }
        self.text = text
        self.seconds = seconds
    }

    private static func seconds(of text: String) -> ClosedRange<Int64>? {
        let ends = text.split(separator: "/", omittingEmptySubsequences: false)
        switch ends.count {
        case 1:
            return DatePart(ends[0])?.seconds
        case 2:
            guard let start = end(ends[0]), let finish = end(ends[1]) else { return nil }
            let lower = start?.lowerBound ?? .min
            let upper = finish?.upperBound ?? .max
            // An interval with both ends open says nothing about when.
            guard lower <= upper, start != nil || finish != nil else { return nil }
            return lower...upper
        default:
            return nil
        }
    }

    /// One end of an interval: `.some(nil)` when open (`..`) or unknown (empty), nil when malformed.
    private static func end(_ text: Substring) -> ClosedRange<Int64>?? {
        if text.isEmpty || text == ".." { return .some(nil) }
        guard let part = DatePart(text) else { return nil }
        return .some(part.seconds)
    }
}
