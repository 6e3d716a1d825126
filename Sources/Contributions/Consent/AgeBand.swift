/// How old who contributes is, as far as rules need to know: asked as one of three, never as a date of birth.
package enum AgeBand: String, CaseIterable, Sendable {
    case under15 = "under-15"
    case from15To17 = "15-17"
    case adult

    /// Under 15, the child and a parent agree both (French data protection act, article 45).
    package var needsParent: Bool { self == .under15 }

    /// The finest level at which what they give may show (`privacy.md`, P20).
    package var finestPrecision: Precision { self == .under15 ? .wide : .exact }
}

/// Where the agreement of the parent stands for what somebody under 15 has given.
package struct ParentAgreement: Equatable, Sendable {
    /// A group leader has attested that it is held on paper.
    package let isOnPaper: Bool
    /// Seconds since 1970 UTC until when an answer is waited for; nil when nothing waits for one.
    package let answerBy: Int64?
    /// The revision that the parent has agreed to; nil for none yet.
    package let agreedRevision: Int?

    package init(isOnPaper: Bool, answerBy: Int64?, agreedRevision: Int?) {
        self.isOnPaper = isOnPaper
        self.answerBy = answerBy
        self.agreedRevision = agreedRevision
    }

    /// How long a parent has to answer, in seconds (`trust.md`, RG3).
    package static let patience: Int64 = 7 * 86_400
}
