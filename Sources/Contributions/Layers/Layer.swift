/// A named collection of contributions with its rules; an OGC *collection*.
///
/// A layer with a prompt and dates is a *fabrique*.
package struct Layer: Equatable, Sendable {
    package let identifier: LayerIdentifier
    package var title: String
    package var description: String
    /// What participants are asked (*consigne*); empty when nothing is.
    package var prompt: String
    /// The first day on which contributions are taken; nil for no beginning.
    package var opens: ExtendedDate?
    /// The last day on which contributions are taken; nil for no end.
    package var closes: ExtendedDate?
    package var review: Review
    package var contributors: Contributors
    package var defaultPrecision: Precision
    package var finestPrecision: Precision
    /// Of what is shared openly; memories bear none by default.
    package var licence: String?

    package init(
        identifier: LayerIdentifier, title: String? = nil, description: String = "", prompt: String = "",
        opens: ExtendedDate? = nil, closes: ExtendedDate? = nil, review: Review = .before,
        contributors: Contributors = .anyone, defaultPrecision: Precision = .about,
        finestPrecision: Precision = .exact, licence: String? = nil
    ) {
        self.identifier = identifier
        self.title = title ?? identifier.text
        self.description = description
        self.prompt = prompt
        self.opens = opens
        self.closes = closes
        self.review = review
        self.contributors = contributors
        self.defaultPrecision = defaultPrecision
        self.finestPrecision = finestPrecision
        self.licence = licence
    }

    /// When a curator looks at what comes in.
    package enum Review: String, CaseIterable, Sendable {
        case before, after
    }

    /// Who may contribute.
    package enum Contributors: String, CaseIterable, Sendable {
        case anyone, invited, curators
    }
}
