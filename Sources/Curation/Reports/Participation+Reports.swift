package import Contributions
package import SpatialDatabase

/// What a reporter is given, this once.
package struct ReportAcceptance: Sendable {
    package let reference: PublicIdentifier
    package let receipt: Receipt
}

/// A report with what it is about, for curators.
package struct ReportedContribution: Sendable {
    package let report: StoredReport
    /// What is public of it, or would be; nil when it is not there any more.
    package let feature: [UInt8]?
}

extension Participation {
    /// Takes a report of what everybody can read. It hides nothing by itself.
    /// - Throws: `CurationError.unknownContribution` for whatever is not public.
    package func report(
        _ report: Report, about identifier: PublicIdentifier, in layer: LayerIdentifier, at now: Int64
    ) async throws -> ReportAcceptance {
        var generator = AnyGenerator(randomness())
        let reference = PublicIdentifier.random(using: &generator)
        let receipt = Receipt.random(using: &generator)
        try await layers.store.write { transaction in
            guard let stored = try transaction.contribution(identifier, in: layer), stored.isPublic else {
                throw CurationError.unknownContribution
            }
            try transaction.add(report, about: stored, reference: reference, receipt: receipt, at: now)
            try transaction.journal(
                JournalEntry(
                    moment: now, actor: "public", act: StoreTransaction.reportAct,
                    subject: JournalEntry.subject(reference), layer: layer))
        }
        return ReportAcceptance(reference: reference, receipt: receipt)
    }

    /// A report as its reporter sees it, with the token or the paper code in hand.
    /// - Throws: `CurationError.unknownContribution`, whatever does not fit.
    package func report(_ reference: PublicIdentifier, openedBy key: String) throws -> StoredReport {
        try layers.store.read { transaction in
            let digest = try Secret(key)?.digest ?? PaperCode(key)?.digest(key: transaction.instanceKey())
            guard let digest, let report = try transaction.report(reference, openedBy: digest) else {
                throw CurationError.unknownContribution
            }
            return report
        }
    }

    /// The reports that a curator looks after, the open ones first.
    /// - Parameter layer: nil for every layer.
    /// - Returns: one page, and when the oldest open one was made (seconds since 1970 UTC).
    package func reports(
        in layer: LayerIdentifier?, after place: ReportPlace?, limit: Int
    ) throws -> (page: [ReportedContribution], oldest: Int64?) {
        try layers.store.read { transaction in
            let page = try transaction.reports(in: layer, after: place, limit: limit).map { report in
                ReportedContribution(report: report, feature: try feature(of: report, transaction))
            }
            return (page, try transaction.oldestOpenReport(in: layer))
        }
    }

    private func feature(of report: StoredReport, _ transaction: StoreTransaction) throws -> [UInt8]? {
        guard let stored = try contribution(of: report, transaction) else { return nil }
        return try PublishedFeature.publication(
            of: stored.content, identifier: stored.identifier, month: stored.month
        ).feature
    }

    private func contribution(
        of report: StoredReport, _ transaction: StoreTransaction
    ) throws -> StoredContribution? {
        guard let identifier = report.contribution, let layer = report.layer else { return nil }
        return try transaction.contribution(identifier, in: layer)
    }

    /// Closes a report. What is done to the contribution itself is a decision about the contribution; only a
    /// withdrawal at somebody's word is carried out here.
    ///
    /// - Parameter reasons: what the reporter reads, and the author too where something was done.
    /// - Throws: `CurationError`; `SubmissionError` for a withdrawal that nobody has asked for.
    package func decide(
        _ outcome: ReportOutcome, aboutReport reference: PublicIdentifier, reasons: String, by token: AccessToken,
        at now: Int64
    ) async throws -> StoredReport {
        guard !reasons.isEmpty else { throw CurationError.reasonsNeeded }
        let layer = try layers.store.read { try $0.report(reference)?.layer }
        guard let layer, token.mayReview(layer) else { throw CurationError.unknownContribution }
        return try await write(
            { transaction, change in
                guard try transaction.isValid(token), let report = try transaction.report(reference) else {
                    throw CurationError.unknownContribution
                }
                guard report.isUndecided else { throw CurationError.alreadyDecided }
                let stored = try contribution(of: report, transaction)
                // First, so that what is erased with the contribution finds this one closed.
                try transaction.close(report, as: outcome, reasons: reasons, at: now)
                try carryOut(outcome, report, stored, reasons, at: now, transaction, &change)
                for (act, subject) in [(outcome.act, reference), (outcome.actOnContribution, stored?.identifier)] {
                    guard let act, let subject else { continue }
                    try transaction.journal(
                        JournalEntry(
                            moment: now, actor: token.identifier.description, act: act,
                            subject: JournalEntry.subject(subject), layer: layer))
                }
                guard let closed = try transaction.report(reference) else { throw CurationError.unknownContribution }
                return closed
            }, in: layer)
    }

    private func carryOut(
        _ outcome: ReportOutcome, _ report: StoredReport, _ stored: StoredContribution?, _ reasons: String,
        at now: Int64, _ transaction: StoreTransaction, _ change: inout PublicChange
    ) throws {
        switch outcome {
        case .kept, .gone: break
        case .acted:
            guard let stored else { return }
            try transaction.note(
                DecisionNotice(decision: "report", reasons: reasons, revision: stored.revision), for: stored)
        case .withdrawnAtTheirWord:
            guard report.report.reason == .mine else {
                throw SubmissionError.faults([SubmissionFault("/outcome", .notOneOf(["kept", "acted"]))])
            }
            guard let stored else { throw CurationError.alreadyDecided }
            try erase(stored, at: now, transaction, &change)
        }
    }

    /// Gives somebody whom a curator has met a new receipt; the one before opens nothing any more.
    ///
    /// - Returns: the receipt, given this once, and the handle under which visits may be open.
    /// - Throws: `CurationError.unknownContribution` also for what nobody has given, but an operator brought in.
    package func reissueReceipt(
        of identifier: PublicIdentifier, reasons: String, by token: AccessToken, at now: Int64
    ) async throws -> (receipt: Receipt, handle: PublicIdentifier) {
        guard !reasons.isEmpty else { throw CurationError.reasonsNeeded }
        guard let layer = try layers.store.read({ try $0.layer(of: identifier) }), token.mayReview(layer) else {
            throw CurationError.unknownContribution
        }
        var generator = AnyGenerator(randomness())
        let receipt = Receipt.random(using: &generator)
        let handle = try await layers.store.write { transaction in
            guard try transaction.isValid(token), let stored = try transaction.contribution(identifier, in: layer),
                let handle = stored.handle
            else { throw CurationError.unknownContribution }
            try transaction.reissue(receipt, for: stored)
            try transaction.forgetIdempotency(of: stored)
            try transaction.note(
                DecisionNotice(decision: "receipt", reasons: reasons, revision: stored.revision), for: stored)
            try transaction.journal(
                JournalEntry(
                    moment: now, actor: token.identifier.description, act: "reissue receipt",
                    subject: JournalEntry.subject(identifier), detail: "face to face", layer: layer))
            return handle
        }
        return (receipt, handle)
    }
}

extension ReportOutcome {
    /// How the journal says what was done to the contribution itself.
    fileprivate var actOnContribution: String? { self == .withdrawnAtTheirWord ? "withdraw" : nil }
}
