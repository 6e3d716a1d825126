package import Contributions
package import SpatialDatabase

extension PublishedLayers {
    /// Writes what has been put aside, as `SpatialStore.publish`, and shows it at once.
    package func publish(
        _ staged: StagedImport, in layer: Layer, progress: @escaping @Sendable (Int) -> Void = { _ in }
    ) async throws -> Int {
        try await store.publish(staged, in: layer, progress: progress) { try self.reload(layer.identifier) }
    }
}

extension SpatialStore {
    /// Writes what has been put aside in one transaction, creating the layer when it is missing.
    ///
    /// Reading goes on meanwhile; others who write wait. Either everything is in, or nothing.
    /// - Parameter progress: how many contributions have been written so far.
    /// - Returns: how many there were.
    /// - Throws: `StoreError.busy`, `ImportError`; `CurationError.mirrored` for a layer that is a copy.
    package func publish(
        _ staged: StagedImport, in layer: Layer, progress: @escaping @Sendable (Int) -> Void,
        committed: @escaping @Sendable () throws -> Void = {}
    ) async throws -> Int {
        let identifier = layer.identifier
        return try await write(alone: true) { transaction in
            if try transaction.mirror(of: identifier) != nil { throw CurationError.mirrored }
            if try !transaction.hasLayer(identifier) { try transaction.create(layer) }
            let run = try transaction.beginImport(into: identifier)
            var notes = try transaction.notes(of: run)
            let records = ImportedRecords.rowsAhead(of: staged)
            defer { records.stop() }
            var (count, current) = (0, ImportedRow?.none)
            let total = try transaction.publishAll(
                in: identifier,
                next: {
                    current = try records.next()
                    count += 1
                    if count % 5_000 == 0 { progress(count) }
                    return current?.row
                },
                inserted: { number in
                    if let current { try notes.add(number, digest: current.digest) }
                })
            try notes.finish()
            if total == 0 { try transaction.forget(run) }
            return total
        } committed: { _ in
            try committed()
        }
    }
}
