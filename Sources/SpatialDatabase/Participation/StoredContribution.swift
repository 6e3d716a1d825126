package import Contributions

/// A contribution as the store keeps it, public or not: for its author and for curators only.
package struct StoredContribution: Sendable {
    /// The row; means something inside the same transaction only.
    let number: Int64
    package let identifier: PublicIdentifier
    package let layer: LayerIdentifier
    package let state: ContributionState
    /// Counts what the author has changed, from 1.
    package let revision: Int
    /// What was accepted last, or waits for the first time. Its free properties are one text of JSON.
    package let content: Contribution
    /// What the author has changed since and nobody has reviewed.
    package let proposal: Contribution?
    /// What was asked about it and answered; nil for nothing.
    package let inquiry: Inquiry?
    /// Who took it out of sight; nil unless it is hidden.
    package let hider: Hider?
    /// The month in which it first became public, such as `2026-11`.
    package let month: String?
    /// Seconds since 1970 UTC before which it does not show although it is published.
    package let releaseAt: Int64?
    package let expiresAt: Int64?
    /// Whether its id has ever been public.
    package let wasPublic: Bool
    /// Whether under its id it has ever shown more finely than it stands.
    package let wasFiner: Bool
    /// Whether it is public now.
    package let isPublic: Bool
    /// Ties it to its proof of consent; nil for what an operator has imported.
    package let handle: PublicIdentifier?
    /// How old who gave it is, where they have said so; nobody else is to know.
    package internal(set) var ageBand: AgeBand?
    /// Where the parent's agreement stands; nil but for what somebody under 15 has given.
    package internal(set) var parent: ParentAgreement?

    /// Whether nothing of what was given last may be shown yet, since a parent has not agreed to it.
    package var awaitsParent: Bool {
        guard ageBand?.needsParent == true else { return false }
        guard let parent else { return true }
        return !parent.isOnPaper && parent.answerBy != nil
    }
}

/// A contribution on its way into the store.
package struct NewContribution: Sendable {
    package let identifier: PublicIdentifier
    package let content: Contribution
    package let handle: PublicIdentifier
    package let consent: Consent
    package let receipt: Receipt
    /// Seconds since 1970 UTC.
    package let moment: Int64
    package var ageBand: AgeBand?
    /// Of whom it is asked, or has been, whether this may show; nil unless it is needed.
    package var parent: ParentQuestion?

    package init(
        identifier: PublicIdentifier, content: Contribution, handle: PublicIdentifier, consent: Consent,
        receipt: Receipt, moment: Int64
    ) {
        self.identifier = identifier
        self.content = content
        self.handle = handle
        self.consent = consent
        self.receipt = receipt
        self.moment = moment
    }
}
