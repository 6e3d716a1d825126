/// An order of features that a question names: by one property, then by another among equals, at last by id.
///
/// What lacks a property comes last whichever way it is sorted by; an empty title is no title.
package struct FeatureOrder: Equatable, Sendable {
    package enum Property: String, CaseIterable, Sendable {
        /// By the start of the interval.
        case when
        case title, kind, lang, author, id
    }

    package struct Term: Equatable, Sendable {
        package let property: Property
        package let isDescending: Bool

        package init(_ property: Property, isDescending: Bool = false) {
            self.property = property
            self.isDescending = isDescending
        }
    }

    package let terms: [Term]

    /// A property named again adds nothing: what it could tell apart is told apart already.
    package init(_ terms: [Term]) {
        var kept: [Term] = []
        for term in terms where !kept.contains(where: { $0.property == term.property }) { kept.append(term) }
        self.terms = kept
    }
}

extension FeatureOrder: CustomStringConvertible {
    /// As `sortby` takes it: `-when,title`.
    package var description: String {
        terms.map { ($0.isDescending ? "-" : "") + $0.property.rawValue }.joined(separator: ",")
    }
}
