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
