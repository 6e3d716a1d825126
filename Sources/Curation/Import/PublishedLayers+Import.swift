package import Contributions
import MapFormats
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
            // Read and encoded beside what is being written: a second core has nothing else to do.
            let records = ReadAhead(weight: { $0.feature.count }) {
                let records = try StagedRecords(staged)
                return { try records.next() }
            }
            defer { records.stop() }
            var count = 0
            return try transaction.publishAll(in: identifier) {
                let publication = try records.next()
                count += 1
                if count % 5_000 == 0 { progress(count) }
                return publication
            }
        } committed: { _ in
            try committed()
        }
    }
}

/// Reads a staged file back, giving each contribution its public id.
private final class StagedRecords {
    private var reader: GeoJSONLineReader
    private let meaning = ContributionReader(titleName: "title")
    private var generator = SystemRandomNumberGenerator()

    init(_ staged: StagedImport) throws {
        reader = GeoJSONLineReader(try ByteSource(path: staged.path))
    }

    func next() throws -> Publication? {
        guard let record = try reader.next() else { return nil }
        let contribution = try meaning.contribution(from: try record.content.get())
        return try PublishedFeature.publication(
            of: contribution, identifier: .random(using: &generator))
    }
}
