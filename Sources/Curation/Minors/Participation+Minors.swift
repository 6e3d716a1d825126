import Contributions
import SpatialDatabase

/// What is different because somebody is under 15 (`trust.md`, RG3 and RG4).
extension Participation {
    /// The level that nobody has chosen: the layer's, or the finest for that age where the layer's is finer.
    static func usualPrecision(for band: AgeBand?, in layer: Layer) -> Precision {
        guard let band, layer.usualPrecision.isFiner(than: band.finestPrecision) else { return layer.usualPrecision }
        return band.finestPrecision
    }

    /// - Throws: `SubmissionError.faults` for what somebody of that age does not give, and for another age than was
    ///   given before.
    static func requireAllowed(
        _ submission: Submission, precision: Precision, for band: AgeBand?
    ) throws(SubmissionError) {
        var faults: [SubmissionFault] = []
        if let asked = submission.ageBand, asked != band, band != nil || asked.needsParent {
            faults.append(SubmissionFault("/properties/age_band", .fixedAge))
        }
        if let band, precision.isFiner(than: band.finestPrecision) {
            faults.append(SubmissionFault("/properties/precision", .tooFine(finest: band.finestPrecision)))
        }
        if band?.needsParent == true, submission.author != nil {
            faults.append(SubmissionFault("/properties/author", .tooYoungToSign))
        }
        guard faults.isEmpty else { throw .faults(faults) }
    }

    /// Who has to agree to what somebody gives, and how they are asked; nil when nobody else has to.
    func question(
        about submission: Submission, in layer: Layer, _ code: PaperCode, at now: Int64,
        _ transaction: StoreTransaction, _ change: inout PublicChange
    ) throws -> ParentQuestion? {
        guard submission.ageBand?.needsParent == true else { return nil }
        if allowsParentsOnPaper, let invitation = submission.invitation,
            try transaction.isInvitedOnPaper(invitation, to: layer.identifier)
        {
            return .onPaper
        }
        change.becomesDue(at: now + ParentAgreement.patience)
        return .asked(code, answerBy: now + ParentAgreement.patience)
    }

    /// A new code in the place of the first, for an answer that did not arrive; nil when no parent is being asked.
    func askAgain(
        with code: PaperCode, about stored: StoredContribution, _ transaction: StoreTransaction
    ) throws -> Acceptance.ParentRequest? {
        guard let moment = stored.parent?.answerBy else { return nil }
        try transaction.reissue(parentCode: code, for: stored)
        return Acceptance.ParentRequest(code: code, answerBy: moment)
    }

    /// Holds what a child has changed until the parent has seen it; what they had agreed to stays public.
    /// - Returns: whether a parent has to be asked.
    func askParentAgain(
        about stored: StoredContribution, at now: Int64, _ transaction: StoreTransaction, _ change: inout PublicChange
    ) throws -> Bool {
        guard stored.ageBand?.needsParent == true, let parent = stored.parent, !parent.isOnPaper else { return false }
        try transaction.askParent(about: stored, answerBy: now + ParentAgreement.patience)
        change.becomesDue(at: now + ParentAgreement.patience)
        switch stored.state {
        case .published, .hidden, .awaitingParent: break
        case .pending, .rejected, .asked: try transaction.set(.awaitingParent, of: stored, at: now)
        }
        return true
    }

    /// Erases what no parent has answered about in time; of what they had agreed to before, only the change goes.
    /// - Returns: how many there were.
    func forgetUnanswered(
        at now: Int64, _ transaction: StoreTransaction, _ changes: inout [PublicChange]
    ) throws -> Int {
        let unanswered = try transaction.unanswered(at: now)
        for stored in unanswered {
            var change = PublicChange(in: stored.layer)
            try refuse(stored, at: now, transaction, &change)
            changes.append(change)
        }
        if !unanswered.isEmpty {
            try transaction.journal(
                JournalEntry(
                    moment: now, actor: "retention", act: "expire", subject: "unanswered by a parent",
                    detail: String(unanswered.count)))
        }
        return unanswered.count
    }

    /// Takes away what a parent has not agreed to.
    func refuse(
        _ stored: StoredContribution, at now: Int64, _ transaction: StoreTransaction, _ change: inout PublicChange
    ) throws {
        if stored.proposal != nil, stored.parent?.agreedRevision != nil {
            try transaction.dropProposal(of: stored)
        } else {
            try erase(stored, at: now, transaction, &change)
        }
    }
}

extension ParentQuestion {
    var request: Acceptance.ParentRequest? {
        if case .asked(let code, let moment) = self {
            Acceptance.ParentRequest(code: code, answerBy: moment)
        } else {
            nil
        }
    }
}
