package import Contributions
package import SpatialDatabase

extension Participation {
    /// Writes into the journal that somebody has brought a file in.
    package func noteImport(
        of count: Int, into layer: LayerIdentifier, by token: AccessToken, at now: Int64
    ) async throws {
        try await layers.store.write { transaction in
            try transaction.journal(
                JournalEntry(
                    moment: now, actor: token.identifier.description, act: "import", subject: layer.text,
                    detail: String(count), layer: layer))
        }
    }

    /// Brings in what has been put aside by the keys of its records, in one transaction, creating the layer when it is
    /// missing.
    ///
    /// Each feature keeps its id. What a curator has hidden, coarsened, masked or erased here stays so, whatever the
    /// file says; what is not in the file any more stays.
    /// - Parameter source: what the file goes by; the same key of another source is another record.
    /// - Throws: `StoreError.busy`, `ImportError`.
    package func update(
        _ staged: StagedImport, in layer: Layer, from source: String,
        progress: @escaping @Sendable (Int) -> Void = { _ in }
    ) async throws -> ImportUpdate {
        let layers = layers
        return try await layers.store.write(alone: true) { transaction in
            if try !transaction.hasLayer(layer.identifier) { try transaction.create(layer) }
            var keyed = try KeyedImport(self, into: layer.identifier, from: source, transaction)
            try keyed.carryOut(staged, progress: progress)
            return keyed.update
        } committed: { update in
            guard update.added + update.changed > 0 || layers[layer.identifier] == nil else { return }
            try layers.reload(layer.identifier)
        }
    }

    /// Takes back what the last import into a layer has added, as `erase` does for each, where it still stands as it was
    /// brought in.
    ///
    /// - Parameter now: seconds since 1970 UTC.
    /// - Throws: `ImportError.nothingToTakeBack`, `StoreError.busy`.
    package func undoImport(into layer: LayerIdentifier, at now: Int64) async throws -> ImportUndoing {
        let layers = layers
        let outcome = try await layers.store.write(alone: true) { transaction in
            guard let run = try transaction.lastImport(into: layer) else {
                throw ImportError.nothingToTakeBack(layer: layer.text)
            }
            let outcome = try takeBack(run, in: layer, at: now, transaction)
            try transaction.journal(
                JournalEntry(
                    moment: now, actor: "operator", act: "undo import", subject: layer.text,
                    detail: String(outcome.withdrawn), layer: layer))
            return outcome
        } committed: { outcome in
            if outcome.withdrawn > 0 { try layers.reload(layer) }
        }
        if outcome.withdrawn > 0 { try await scrub() }
        return outcome
    }

    private func takeBack(
        _ run: ImportRun, in layer: LayerIdentifier, at now: Int64, _ transaction: StoreTransaction
    ) throws -> ImportUndoing {
        var outcome = ImportUndoing()
        outcome.changed = try transaction.changedCount(by: run)
        for (imported, isUntouched) in try transaction.added(by: run) {
            guard isUntouched, let stored = try transaction.contribution(of: imported), stored.isPublic,
                try PublishedFeature.digest(of: stored) == imported.digest
            else {
                outcome.kept += 1
                continue
            }
            try transaction.forgetKey(of: imported)
            // The whole layer is shown anew afterwards.
            var shown = PublicChange(in: layer)
            try erase(stored, at: now, transaction, &shown)
            outcome.withdrawn += 1
        }
        try transaction.forget(run)
        return outcome
    }
}
