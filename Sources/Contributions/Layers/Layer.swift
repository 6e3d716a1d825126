/// A named collection of contributions with its rules; an OGC *collection*.
///
/// A layer with a prompt and dates is a *fabrique*.
package struct Layer: Equatable, Sendable {
    package let identifier: LayerIdentifier
    package var title: String
    package var description: String
    /// What participants are asked (*consigne*); empty when nothing is.
    package var prompt: String
    /// The rules of the game, shown before anything is sent; empty when there are none.
    package var rules: String
    /// The hub's page where the layer is talked about; nil when there is none.
    package var discussion: String?
    /// When contributions begin to be taken and the layer begins to be seen; nil for no beginning.
    /// A date without a time is the first moment of that day where the instance stands.
    package var opens: ExtendedDate?
    /// Until when contributions are taken, that day included; nil for no end.
    package var closes: ExtendedDate?
    package var review: Review
    package var contributors: Contributors
    /// What may be given; never empty.
    package var kinds: Set<Kind>
    /// The only themes that may be given; empty for any.
    package var themes: [String]
    /// BCP 47 tags of the languages that are asked for; empty for any.
    package var languages: [String]
    package var defaultPrecision: Precision
    package var finestPrecision: Precision
    /// Of what is shared openly; memories bear none by default.
    package var licence: String?
    package var release: Release
    /// How many days a contribution stays public before it is forgotten; nil for as long as the layer.
    package var retention: Int?
    /// Whether search engines may index what the layer publishes.
    package var isIndexable: Bool

    package init(
        identifier: LayerIdentifier, title: String? = nil, description: String = "", prompt: String = "",
        rules: String = "", discussion: String? = nil,
        opens: ExtendedDate? = nil, closes: ExtendedDate? = nil, review: Review = .before,
        contributors: Contributors = .anyone, kinds: Set<Kind> = Set(Kind.allCases), themes: [String] = [],
        languages: [String] = [], defaultPrecision: Precision = .about,
        finestPrecision: Precision = .exact, licence: String? = nil, release: Release = .atOnce,
        retention: Int? = nil, isIndexable: Bool = false
    ) {
        self.identifier = identifier
        self.title = title ?? identifier.text
        self.description = description
        self.prompt = prompt
        self.rules = rules
        self.discussion = discussion
        self.opens = opens
        self.closes = closes
        self.review = review
        self.contributors = contributors
        self.kinds = kinds
        self.themes = themes
        self.languages = languages
        self.defaultPrecision = defaultPrecision
        self.finestPrecision = finestPrecision
        self.licence = licence
        self.release = release
        self.retention = retention
        self.isIndexable = isIndexable
    }

    /// What a contribution shows as that says nothing of it: the default, or the finest where that is coarser.
    package var usualPrecision: Precision {
        defaultPrecision.isFiner(than: finestPrecision) ? finestPrecision : defaultPrecision
    }

    /// When a curator looks at what comes in.
    package enum Review: String, CaseIterable, Sendable {
        case before, after
    }

    /// Who may contribute.
    package enum Contributors: String, CaseIterable, Sendable {
        case anyone, invited, curators
    }

    /// When what has been accepted becomes public.
    package enum Release: String, CaseIterable, Sendable {
        case atOnce = "at-once"
        /// All of a day together at the next midnight, in no order that tells who came when.
        case daily
    }
}
