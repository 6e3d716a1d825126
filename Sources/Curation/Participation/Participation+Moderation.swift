package import Contributions
import MapGeometry
import SpatialDatabase

extension Participation {
    /// Carries out a curator's decision, notes it for the author and in the journal.
    ///
    /// - Parameter token: who decides; their right to review is checked here.
    /// - Returns: where it stands after it, and under which id.
    /// - Throws: `CurationError`, `SubmissionError` for marks that cannot be.
    package func decide(
        _ request: DecisionRequest, by token: AccessToken, at now: Int64
    ) async throws -> DecisionOutcome {
        guard let layer = try layers.store.read({ try $0.layer(of: request.identifier) }), token.mayReview(layer) else {
            throw CurationError.nothingToDecide
        }
        return try await write(
            { transaction, change in try decide(request, in: layer, by: token, at: now, transaction, &change) },
            in: layer)
    }

    /// Carries out several decisions about contributions of one layer, one after the other: all of them or none.
    /// - Throws: `CurationError.decision` with the place of the one that cannot be; `SubmissionError` likewise.
    package func decide(
        _ requests: [DecisionRequest], in layer: LayerIdentifier, by token: AccessToken, at now: Int64
    ) async throws -> [DecisionOutcome] {
        guard token.mayReview(layer) else { throw CurationError.unknownContribution }
        return try await write(
            { transaction, change in
                try requests.enumerated().map { place, request in
                    do {
                        return try decide(request, in: layer, by: token, at: now, transaction, &change)
                    } catch let error as CurationError {
                        throw CurationError.decision(at: place, error)
                    } catch SubmissionError.faults(let faults) {
                        throw SubmissionError.faults(faults.map { $0.moved(under: "/decisions/\(place)") })
                    }
                }
            }, in: layer)
    }

    private func decide(
        _ request: DecisionRequest, in layer: LayerIdentifier, by token: AccessToken, at now: Int64,
        _ transaction: StoreTransaction, _ change: inout PublicChange
    ) throws -> DecisionOutcome {
        // A token that was revoked while this waited for its turn decides nothing any more.
        guard try transaction.isValid(token),
            let stored = try transaction.contribution(request.identifier, in: layer)
        else { throw CurationError.nothingToDecide }
        try request.requireComplete()
        if let revision = request.revision, revision != stored.revision {
            throw CurationError.changedSince(revision: stored.revision)
        }
        if let state = request.state, state != stored.state { throw CurationError.decidedSince(stored.state) }
        let notice = DecisionNotice(
            decision: request.decision.name, reasons: request.reasons, revision: stored.revision,
            ground: request.ground)
        try transaction.journal(
            JournalEntry(
                moment: now, actor: token.identifier.description, act: notice.decision,
                subject: JournalEntry.subject(stored.identifier), detail: "revision \(stored.revision)", layer: layer))
        if request.decision == .erase {
            try transaction.leaveNotice(notice, of: stored, at: now)
            try erase(stored, at: now, transaction, &change)
            return DecisionOutcome(identifier: stored.identifier, state: nil, revision: nil)
        }
        try carryOut(
            request.decision, on: stored, in: try transaction.layer(layer), at: now, transaction, &change)
        try transaction.note(notice, for: stored)
        let after = try transaction.reread(stored)
        return DecisionOutcome(identifier: after.identifier, state: after.state, revision: after.revision)
    }

    private func carryOut(
        _ decision: Decision, on stored: StoredContribution, in layer: Layer, at now: Int64,
        _ transaction: StoreTransaction, _ change: inout PublicChange
    ) throws {
        switch decision {
        case .publish, .reject, .hide, .ask:
            // A parent's word comes before a curator's.
            guard stored.state != .awaitingParent else { throw CurationError.notPossible(stored.state) }
        case .coarsen, .mask, .erase: break
        }
        switch decision {
        case .publish(let from):
            try publish(stored, from: from, in: layer, at: now, transaction, &change)
        case .reject:
            try reject(stored, at: now, transaction, &change)
        case .hide:
            try withdraw(stored, transaction, &change)
            try transaction.set(.hidden, of: stored, hider: .curator, at: now)
            try transaction.closeInquiry(about: stored)
        case .coarsen(let precision):
            try coarsen(stored, to: precision, in: layer, at: now, transaction, &change)
            try closeContest(of: stored, transaction)
        case .ask(let question):
            try ask(question, about: stored, at: now, transaction, &change)
        case .mask(let masking):
            try mask(masking, in: stored, of: layer, at: now, transaction, &change)
            try closeContest(of: stored, transaction)
        case .erase: break
        }
    }

    private func publish(
        _ stored: StoredContribution, from: Int64?, in layer: Layer, at now: Int64, _ transaction: StoreTransaction,
        _ change: inout PublicChange
    ) throws {
        // What its author has hidden stays hidden, whatever a curator thinks of it.
        guard stored.hider != .author else { throw CurationError.notPossible(.hidden) }
        let content = stored.proposal ?? stored.content
        try transaction.closeInquiry(about: stored)
        try release(
            stored, as: content, identifier: identifier(of: stored, as: content), of: layer, from: from, at: now,
            transaction, &change)
    }

    private func reject(
        _ stored: StoredContribution, at now: Int64, _ transaction: StoreTransaction, _ change: inout PublicChange
    ) throws {
        if stored.proposal != nil {
            try transaction.dropProposal(of: stored)
        } else {
            try withdraw(stored, transaction, &change)
            try transaction.set(.rejected, of: stored, at: now)
        }
        try transaction.closeInquiry(about: stored)
    }

    /// Holds a contribution until its author has answered. Of one that stands and was changed, the change is held and
    /// what stands goes on to stand: it was looked at before.
    private func ask(
        _ question: String, about stored: StoredContribution, at now: Int64, _ transaction: StoreTransaction,
        _ change: inout PublicChange
    ) throws {
        if stored.proposal == nil {
            guard stored.hider != .author else { throw CurationError.notPossible(.hidden) }
            try withdraw(stored, transaction, &change)
            try transaction.set(.asked, of: stored, at: now)
        }
        try transaction.ask(question, about: stored)
    }

    /// What its author contests is decided upon once what stands is seen from farther away, or masked.
    private func closeContest(of stored: StoredContribution, _ transaction: StoreTransaction) throws {
        guard [.published, .hidden].contains(stored.state), stored.proposal == nil, stored.inquiry != nil else {
            return
        }
        try transaction.closeInquiry(about: stored)
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
