/// Where a contribution stands; what is withdrawn or erased is not there any more.
package enum ContributionState: String, CaseIterable, Sendable {
    /// Waits for a curator.
    case pending
    /// Accepted: public now, or at the moment of its release.
    case published
    /// Refused by a curator, with reasons that its author reads.
    case rejected
    /// Taken out of sight by a curator or by its author; may come back.
    case hidden
    /// Held until its author has answered a curator's question.
    case asked
    /// Given by somebody under 15: held until a parent has agreed.
    case awaitingParent = "awaiting-parent"
}

/// Who takes a contribution out of sight; only they bring it back.
package enum Hider: String, Sendable {
    case author, curator
}

/// What a curator decides about a contribution.
package enum Decision: Equatable, Sendable {
    /// - from: seconds since 1970 UTC before which it does not show (an embargo); nil for no wait.
    case publish(from: Int64?)
    case reject
    case hide
    case coarsen(Precision)

    package var name: String {
        switch self {
        case .publish: "publish"
        case .reject: "reject"
        case .hide: "hide"
        case .coarsen: "coarsen"
        }
    }

    /// Whether it takes something from the author, who then must be told why.
    package var isRestriction: Bool {
        if case .publish = self { false } else { true }
    }
}

/// A decision as its author reads it.
package struct DecisionNotice: Equatable, Sendable {
    package let decision: String
    package let reasons: String
    package let revision: Int

    package init(decision: String, reasons: String, revision: Int) {
        self.decision = decision
        self.reasons = reasons
        self.revision = revision
    }
}
