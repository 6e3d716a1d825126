/// What a person may agree to, each by itself.
package enum ConsentPurpose: String, CaseIterable, Sendable {
    /// That it is shown to everybody, as finely as they chose. Without it nothing is taken.
    case publish
    /// That partners show it on their own sites.
    case partners
    /// That it may be reused under an open licence, which cannot be taken back.
    case licence
    /// Of a parent: that what their child under 15 gives is shown.
    case parent
}

/// Proof that somebody agreed: to what, in which words, when (GDPR, article 7).
package struct Consent: Equatable, Sendable {
    package let purposes: Set<ConsentPurpose>
    /// The words agreed to, by their version.
    package let textVersion: String
    /// Seconds since 1970 UTC.
    package let moment: Int64

    package init(purposes: Set<ConsentPurpose>, textVersion: String, moment: Int64) {
        self.purposes = purposes
        self.textVersion = textVersion
        self.moment = moment
    }
}

/// One agreement as it is kept. Moments are seconds since 1970 UTC.
package struct ConsentProof: Equatable, Sendable {
    package let purpose: String
    package let textVersion: String
    package let givenAt: Int64
    package let withdrawnAt: Int64?

    package init(purpose: String, textVersion: String, givenAt: Int64, withdrawnAt: Int64?) {
        self.purpose = purpose
        self.textVersion = textVersion
        self.givenAt = givenAt
        self.withdrawnAt = withdrawnAt
    }
}
