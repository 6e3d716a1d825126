package import Contributions
import SpatialDatabase

extension Participation {
    /// How long what nobody needs any more is kept, in seconds (`trust.md`, RG11).
    package enum Retention {
        package static let rejected: Int64 = 90 * 86_400
        /// Proof of consent, from the withdrawal on: three years.
        package static let consent: Int64 = 3 * 365 * 86_400
        /// Reports, from the day on which they were closed.
        package static let report: Int64 = 365 * 86_400
        /// Why something was erased: a year.
        package static let notice: Int64 = 365 * 86_400
    }

    /// Releases and forgets all that is due by now. Returns whether something was forgotten, whose last traces are to
    /// be scrubbed.
    ///
    /// What is released has been public since it was due, whoever asks when: its month and its end count from then.
    /// What has expired is out of sight at once, whatever else is being written; the store follows as soon as it can.
    /// - Parameter now: seconds since 1970 UTC.
    @discardableResult
    package func catchUp(to now: Int64) async throws -> Bool {
        guard let due = layers.nextDue, due <= now, layers.beginCatchingUp() else { return false }
        defer { layers.endCatchingUp() }
        try hideExpired(at: now)
        do {
            return try await layers.store.write(patience: .seconds(1)) { transaction in
                try carryOutDue(at: now, transaction)
            } committed: { changes, _ in
                for change in changes { layers.apply(change) }
                // Before the next writer, whose own moments count from here.
                try layers.noteNextDue()
            }.forgotten > 0
        } catch StoreError.busy {
            // A long import is under way; what is to be released waits for it, and nobody waits with it.
            return false
        }
    }

    private func hideExpired(at now: Int64) throws {
        for stored in try layers.store.read({ try $0.due(at: now).expired }) where stored.isPublic {
            var change = PublicChange(in: stored.layer)
            change.withdraw(stored.identifier)
            layers.apply(change)
        }
    }

    private func carryOutDue(
        at now: Int64, _ transaction: StoreTransaction
    ) throws -> (changes: [PublicChange], forgotten: Int) {
        var changes: [PublicChange] = []
        for stored in try transaction.due(at: now).released {
            var change = PublicChange(in: stored.layer)
            try show(
                stored, as: stored.content, identifier: stored.identifier, of: try transaction.layer(stored.layer),
                at: stored.releaseAt ?? now, transaction, &change)
            try change.readAnswers(transaction)
            changes.append(change)
        }
        // Asked now, since what has just been released may have ended by now, too.
        let expired = try transaction.due(at: now).expired
        for stored in expired {
            var change = PublicChange(in: stored.layer)
            try erase(stored, at: now, transaction, &change)
            changes.append(change)
        }
        if !expired.isEmpty {
            try transaction.journal(
                JournalEntry(
                    moment: now, actor: "retention", act: "expire", subject: "contributions",
                    detail: String(expired.count)))
        }
        let unanswered = try forgetUnanswered(at: now, transaction, &changes)
        return (changes, expired.count + unanswered)
    }

    /// Forgets what has been kept long enough, and leaves a proof of how much. Returns whether there was something,
    /// whose last traces are to be scrubbed.
    @discardableResult
    package func retain(at now: Int64) async throws -> Bool {
        try await layers.store.write { transaction in
            var isForgetting = false
            var forgotten = try transaction.forgetOld(
                rejectedBefore: now - Retention.rejected, consentWithdrawnBefore: now - Retention.consent, at: now)
            forgotten.append(("reports", try transaction.forgetReports(closedBefore: now - Retention.report)))
            forgotten.append(("notice", try transaction.forgetNotices(before: now - Retention.notice)))
            for (what, count) in forgotten where count > 0 {
                try transaction.journal(
                    JournalEntry(moment: now, actor: "retention", act: "forget", subject: what, detail: String(count)))
                isForgetting = true
            }
            return isForgetting
        }
    }

    /// Erases a contribution at an operator's word.
    /// - Throws: `CurationError.unknownContribution`.
    package func erase(_ identifier: PublicIdentifier, at now: Int64) async throws {
        guard let layer = try layers.store.read({ try $0.layer(of: identifier) }) else {
            throw CurationError.unknownContribution
        }
        try await write(
            { transaction, change in
                guard let stored = try transaction.contribution(identifier, in: layer) else {
                    throw CurationError.unknownContribution
                }
                try erase(stored, at: now, transaction, &change)
                try transaction.journal(
                    JournalEntry(
                        moment: now, actor: "operator", act: "erase", subject: JournalEntry.subject(identifier),
                        layer: layer))
            }, in: layer)
        try await scrub()
    }

    /// Takes the last traces of what was erased out of the store's files and out of memory.
    package func scrub() async throws {
        try await layers.store.scrub()
        layers.forgetRemoved()
    }
}
