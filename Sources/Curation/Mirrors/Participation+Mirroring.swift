package import Contributions
import MapFormats
package import SpatialDatabase

/// Copies of layers of other servers: nobody contributes to them, and they change as their source does.
extension Participation {
    /// Opens a layer as a copy, or finds that it is one of the same source already.
    /// - Throws: `CurationError.notAMirror` for a layer of another origin.
    package func beginMirror(_ layer: Layer, of source: String) async throws {
        let layers = layers
        try await layers.store.write(alone: true) { transaction in
            if try transaction.hasLayer(layer.identifier) {
                guard try transaction.mirror(of: layer.identifier)?.source == source else {
                    throw CurationError.notAMirror
                }
                return
            }
            try transaction.create(layer)
            try transaction.set(Mirror(source: source, progress: .init()), of: layer.identifier)
        } committed: {
            if layers[layer.identifier] == nil { try layers.reload(layer.identifier) }
        }
    }

    /// Carries out what one page has changed, with how far the copy has been read.
    ///
    /// What a curator has hidden, coarsened, masked or erased here stays so, whatever the source says; what is gone
    /// there is erased here.
    /// - Throws: `CurationError.notAMirror`, `ImportError`, `StoreError`.
    package func keep(_ batch: MirrorBatch, at now: Int64) async throws -> MirrorBatch.Outcome {
        let layer = try LayerIdentifier(batch.layer)
        let staged = try batch.stagedPath.map {
            try StagedImport(path: $0, count: batch.stagedCount, besideStore: layers.store.path)
        }
        let outcome = try await write(
            { transaction, change in
                guard let mirror = try transaction.mirror(of: layer), mirror.source == batch.source else {
                    throw CurationError.notAMirror
                }
                var outcome = MirrorBatch.Outcome()
                if let staged {
                    try keep(
                        staged, on: batch.page?.place ?? MirrorBatch.noPage, of: layer, transaction, &change, &outcome)
                }
                for text in batch.gone {
                    guard let bits = UInt128(text, radix: 16) else { continue }
                    try forget(Mirror.Key(bits: bits), in: layer, at: now, transaction, &change, &outcome)
                }
                if let page = batch.page { try transaction.keep(page, of: layer) }
                try transaction.set(Mirror(source: batch.source, progress: batch.progress), of: layer)
                return outcome
            }, in: layer)
        if outcome.withdrawn > 0 { try await scrub() }
        return outcome
    }

    private func keep(
        _ staged: StagedImport, on page: Int, of layer: LayerIdentifier, _ transaction: StoreTransaction,
        _ change: inout PublicChange, _ outcome: inout MirrorBatch.Outcome
    ) throws {
        var lines = GeoJSONLineReader(try ByteSource(path: staged.path))
        let meaning = ContributionReader(titleName: "title")
        while let record = try lines.next() {
            let feature = try record.content.get()
            guard let bits = feature.identifier.flatMap({ UInt128($0, radix: 16) }) else { continue }
            let mirrored = try MirroredFeature(Mirror.Key(bits: bits), try meaning.contribution(from: feature))
            try keep(mirrored, on: page, of: layer, transaction, &change, &outcome)
        }
    }

    private func keep(
        _ mirrored: MirroredFeature, on page: Int, of layer: LayerIdentifier, _ transaction: StoreTransaction,
        _ change: inout PublicChange, _ outcome: inout MirrorBatch.Outcome
    ) throws {
        guard let known = try transaction.known(mirrored.key, in: layer) else {
            var generator = generator()
            let publication = try PublishedFeature.publication(
                of: mirrored.contribution, identifier: .random(using: &generator))
            try transaction.publish(publication, in: layer)
            try transaction.note(
                mirrored.key, digest: mirrored.digest, page: page, as: publication.identifier, in: layer)
            change.show(publication)
            outcome.added += 1
            return
        }
        // What is not as it was read any more has been changed here, by somebody who had reasons.
        if known.digest != mirrored.digest, let stored = known.contribution, stored.isPublic,
            try MirroredFeature.digest(of: stored.content) == known.digest
        {
            try transaction.replaceContent(of: stored, with: mirrored.contribution)
            let publication = try PublishedFeature.publication(
                of: mirrored.contribution, identifier: stored.identifier)
            try transaction.show(stored, as: publication, month: nil, expires: nil)
            change.show(publication)
            outcome.changed += 1
        } else if known.digest != mirrored.digest, known.contribution != nil {
            return
        }
        try transaction.note(mirrored.key, digest: mirrored.digest, page: page, in: layer)
    }

    private func forget(
        _ key: Mirror.Key, in layer: LayerIdentifier, at now: Int64, _ transaction: StoreTransaction,
        _ change: inout PublicChange, _ outcome: inout MirrorBatch.Outcome
    ) throws {
        guard let known = try transaction.known(key, in: layer) else { return }
        if let stored = known.contribution {
            try erase(stored, at: now, transaction, &change)
            outcome.withdrawn += 1
        }
        try transaction.forget(key, in: layer)
    }
}
