package import Contributions

/// A decision as a curator has sent it.
package struct DecisionRequest: Sendable {
    package let identifier: PublicIdentifier
    package let decision: Decision
    /// What the author reads; needed for what restricts.
    package let reasons: String
    package let ground: DecisionNotice.Ground
    /// The one that was looked at; nil when it does not matter.
    package let revision: Int?
    /// As it stood when it was looked at; nil when it does not matter.
    package let state: ContributionState?

    package init(
        _ decision: Decision, about identifier: PublicIdentifier, reasons: String,
        ground: DecisionNotice.Ground = .rules, revision: Int? = nil, state: ContributionState? = nil
    ) {
        self.identifier = identifier
        self.decision = decision
        self.reasons = reasons
        self.ground = ground
        self.revision = revision
        self.state = state
    }

    /// - Throws: `CurationError` for what lacks what such a decision needs.
    func requireComplete() throws(CurationError) {
        guard !decision.isRestriction || !reasons.isEmpty else { throw .reasonsNeeded }
        // Marks are counted in one version and mean something else in another.
        if case .mask = decision, revision == nil { throw .revisionNeeded }
    }
}

/// Where a contribution stands after a decision.
package struct DecisionOutcome: Equatable, Sendable {
    /// The id that it goes by now.
    package let identifier: PublicIdentifier
    /// Nil for what was erased.
    package let state: ContributionState?
    package let revision: Int?
}
