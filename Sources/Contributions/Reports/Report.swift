/// Why somebody reports what they have read.
package enum ReportReason: String, CaseIterable, Sendable {
    case needsSource = "needs-source"
    case `false`
    case notHereAnyMore = "not-here-any-more"
    case personalData = "personal-data"
    case hateful
    /// A notice in the sense of the Digital Services Act, article 16.
    case illegal
    /// The reporter says that it is theirs, and has lost the receipt.
    case mine
    case other
}

/// How a report has ended.
package enum ReportOutcome: String, CaseIterable, Sendable {
    /// What was reported stays as it is.
    case kept
    /// Something was done about it.
    case acted
    /// Withdrawn for somebody who has lost their receipt.
    case withdrawnAtTheirWord = "withdrawn-at-their-word"
    /// What was reported is not there any more, and nobody had decided.
    case gone

    /// What a curator may decide.
    package static let decisions: [ReportOutcome] = [.kept, .acted, .withdrawnAtTheirWord]
}

/// What somebody has reported, read and found sound.
package struct Report: Equatable, Sendable {
    package var reason: ReportReason
    package var text = ""
    /// A name, an e-mail, as they like; for curators only.
    package var contact: String?
    /// Whether they state that what they say is true as far as they know (article 16, 2 d).
    package var isGoodFaith = false

    package init(reason: ReportReason) {
        self.reason = reason
    }
}
