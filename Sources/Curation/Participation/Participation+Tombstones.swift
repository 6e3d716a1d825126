import Contributions
package import SpatialDatabase

extension Participation {
    /// What was forgotten anew: how many of each.
    package struct ForgottenAgain: Equatable, Sendable {
        package var erased = 0
        /// Taken out of sight, since they stand somewhere else by now; their authors can show them again.
        package var hidden = 0
        package var layers = 0

        package init(erased: Int = 0, hidden: Int = 0, layers: Int = 0) {
            self.erased = erased
            self.hidden = hidden
            self.layers = layers
        }
    }

    /// Forgets anew what had been forgotten before the store was put back from a copy.
    ///
    /// - Parameter tombstones: what the store does not know, of a file that was kept outside of it.
    @discardableResult
    package func forgetAgain(_ tombstones: [Tombstone], at now: Int64) async throws -> ForgottenAgain {
        guard !tombstones.isEmpty else { return ForgottenAgain() }
        let outcome = try await layers.store.write(alone: true) { transaction in
            try forgetAgain(tombstones, at: now, transaction)
        } committed: { outcome in
            for change in outcome.changes { layers.apply(change) }
        }
        var forgotten = outcome.forgotten
        for layer in outcome.layers {
            try await layers.delete(layer)
            forgotten.layers += 1
        }
        try await scrub()
        return forgotten
    }

    private func forgetAgain(
        _ tombstones: [Tombstone], at now: Int64, _ transaction: StoreTransaction
    ) throws -> (forgotten: ForgottenAgain, layers: [LayerIdentifier], changes: [PublicChange]) {
        let found = try transaction.contributions(under: tombstones)
        try transaction.settle(tombstones)
        var changes: [PublicChange] = []
        for stored in found.erased {
            var change = PublicChange(in: stored.layer)
            try erase(stored, at: now, transaction, &change)
            try change.readAnswers(transaction)
            changes.append(change)
        }
        let moved = found.moved.filter { $0.state == .published }
        for stored in moved {
            var change = PublicChange(in: stored.layer)
            try withdraw(stored, transaction, &change)
            try transaction.set(.hidden, of: stored, release: stored.releaseAt, hider: .author, at: now)
            try change.readAnswers(transaction)
            changes.append(change)
        }
        try transaction.journal(
            JournalEntry(
                moment: now, actor: "operator", act: "forget again", subject: "contributions",
                detail: String(found.erased.count + moved.count)))
        return (ForgottenAgain(erased: found.erased.count, hidden: moved.count), found.layers, changes)
    }
}
