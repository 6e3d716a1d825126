package import Contributions
import MapGeometry
package import SpatialDatabase

extension Participation {
    /// Carries out a curator's decision, notes it for the author and in the journal.
    ///
    /// - Parameters:
    ///   - reasons: what the author reads; needed for what restricts.
    ///   - revision: the one that was looked at; nil when it does not matter.
    ///   - token: who decides; their right to review is checked here.
    /// - Returns: where it stands after it, and under which id.
    /// - Throws: `CurationError`.
    package func decide(
        _ decision: Decision, about identifier: PublicIdentifier, reasons: String, revision: Int?,
        by token: AccessToken,
        at now: Int64
    ) async throws -> (identifier: PublicIdentifier, state: ContributionState) {
        guard !decision.isRestriction || !reasons.isEmpty else { throw CurationError.reasonsNeeded }
        guard let layer = try layers.store.read({ try $0.layer(of: identifier) }), token.mayReview(layer) else {
            throw CurationError.unknownContribution
        }
        return try await write(
            { transaction, change in
                // A token that was revoked while this waited for its turn decides nothing any more.
                guard try transaction.isValid(token), let stored = try transaction.contribution(identifier, in: layer)
                else { throw CurationError.unknownContribution }
                if let revision, revision != stored.revision {
                    throw CurationError.changedSince(revision: stored.revision)
                }
                let rules = try transaction.layer(layer)
                try carryOut(decision, on: stored, in: rules, at: now, transaction, &change)
                try transaction.note(
                    DecisionNotice(decision: decision.name, reasons: reasons, revision: stored.revision), for: stored)
                try transaction.journal(
                    JournalEntry(
                        moment: now, actor: token.identifier.description, act: decision.name,
                        subject: JournalEntry.subject(stored.identifier), detail: "revision \(stored.revision)"))
                return try transaction.standing(of: stored)
            }, in: layer)
    }

    /// What waits for a curator, in the order of ids, which are random: contributions and changes of them.
    /// - Parameter after: the last of the page before.
    package func queue(
        of layer: LayerIdentifier, after: PublicIdentifier?, limit: Int
    ) throws -> [OwnContribution] {
        try layers.store.read { transaction in
            try transaction.waiting(in: layer, after: after, limit: limit).map { stored in
                try OwnContribution(stored, facet(of: stored, transaction), transaction)
            }
        }
    }

    private func carryOut(
        _ decision: Decision, on stored: StoredContribution, in layer: Layer, at now: Int64,
        _ transaction: StoreTransaction, _ change: inout PublicChange
    ) throws {
        switch decision {
        case .publish(let from):
            try publish(stored, from: from, in: layer, at: now, transaction, &change)
        case .reject:
            if stored.proposal != nil {
                return try transaction.dropProposal(of: stored)
            }
            try withdraw(stored, transaction, &change)
            try transaction.set(.rejected, of: stored, at: now)
        case .hide:
            try withdraw(stored, transaction, &change)
            try transaction.set(.hidden, of: stored, hider: .curator, at: now)
        case .coarsen(let precision):
            try coarsen(stored, to: precision, in: layer, at: now, transaction, &change)
        }
    }

    private func publish(
        _ stored: StoredContribution, from: Int64?, in layer: Layer, at now: Int64, _ transaction: StoreTransaction,
        _ change: inout PublicChange
    ) throws {
        // What its author has hidden stays hidden, whatever a curator thinks of it.
        guard stored.hider != .author else { throw CurationError.notPossible(.hidden) }
        let content = stored.proposal ?? stored.content
        try release(
            stored, as: content, identifier: identifier(of: stored, as: content), of: layer, from: from, at: now,
            transaction, &change)
    }

    private func coarsen(
        _ stored: StoredContribution, to precision: Precision, in layer: Layer, at now: Int64,
        _ transaction: StoreTransaction, _ change: inout PublicChange
    ) throws {
        let content = try coarsened(stored.content, to: precision)
        let proposal = try stored.proposal.flatMap { try coarsened($0, to: precision) }
        guard content != nil || proposal != nil else { throw CurationError.alreadyCoarser(stored.content.precision) }
        // Nothing finer waits behind.
        if let proposal { try transaction.replaceProposal(of: stored, with: proposal) }
        guard let content else { return }
        try transaction.replaceContent(of: stored, with: content)
        guard stored.isPublic else { return }
        try show(stored, as: content, identifier: stored.identifier, of: layer, at: now, transaction, &change)
    }

    /// The same seen from farther away; nil when it is seen from as far already.
    private func coarsened(_ content: Contribution, to precision: Precision) throws -> Contribution? {
        let old = PublishedPlace(of: content)
        guard let coarser = old.coarsened(to: precision, households: households), coarser != old else { return nil }
        return try content.placed(coarser)
    }
}
