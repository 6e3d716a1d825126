package import Contributions
import SpatialDatabase

extension Participation {
    /// How long what nobody needs any more is kept, in seconds (`trust.md`, RG11).
    package enum Retention {
        package static let rejected: Int64 = 90 * 86_400
        /// Proof of consent, from the withdrawal on: three years.
        package static let consent: Int64 = 3 * 365 * 86_400
    }

    /// Releases and forgets all that is due by now. Returns whether something was.
    ///
    /// What is released has been public since it was due, whoever asks when: its month and its end count from then.
    /// - Parameter now: seconds since 1970 UTC.
    @discardableResult
    package func catchUp(to now: Int64) async throws -> Bool {
        guard let due = layers.nextDue, due <= now else { return false }
        let changes = try await layers.store.write { transaction in
            var changes: [PublicChange] = []
            for stored in try transaction.due(at: now).released {
                var change = PublicChange(in: stored.layer)
                try show(
                    stored, as: stored.content, identifier: stored.identifier,
                    of: try transaction.layer(stored.layer), at: stored.releaseAt ?? now, transaction, &change)
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
            return changes
        } committed: { changes in
            for change in changes { layers.apply(change) }
        }
        try layers.noteNextDue()
        return !changes.isEmpty
    }

    /// Forgets what has been kept long enough, and leaves a proof of how much.
    package func retain(at now: Int64) async throws {
        try await layers.store.write { transaction in
            for (what, count) in try transaction.forgetOld(
                rejectedBefore: now - Retention.rejected, consentWithdrawnBefore: now - Retention.consent, at: now)
            where count > 0 {
                try transaction.journal(
                    JournalEntry(moment: now, actor: "retention", act: "forget", subject: what, detail: String(count)))
            }
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
                        moment: now, actor: "operator", act: "erase", subject: JournalEntry.subject(identifier)))
            }, in: layer)
        try await scrub()
    }

    /// Takes the last traces of what was erased out of the store's files and out of memory.
    package func scrub() async throws {
        try await layers.store.scrub()
        for layer in layers.all { layer.forgetRemoved() }
    }
}
