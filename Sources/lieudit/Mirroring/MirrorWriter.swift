import Contributions
import Curation
import Foundation
import MapServer
import SpatialDatabase

/// Whoever keeps what has been fetched: the server that runs on the store, or this very process.
struct MirrorWriter {
    private enum Place {
        case server(OperatorClient, reading: SpatialStore)
        case here(Participation)
    }

    private let place: Place
    private let path: String

    /// - Throws: `StoreError.locked` when another process writes and answers no command.
    init(store path: String, tombstones: String?, localTime: LocalTime) throws {
        self.path = path
        if SpatialStore.isWritten(path: path), let client = OperatorClient(store: path) {
            place = .server(client, reading: try SpatialStore.openForReading(path: path))
        } else {
            let store = try SpatialStore.openForWriting(path: path, tombstones: tombstones)
            StagedImport.removeLeftovers(besideStore: path)
            place = .here(Participation(layers: try PublishedLayers(store: store), localTime: localTime))
        }
    }

    func close() throws { try store.close() }

    private var store: SpatialStore {
        switch place {
        case .server(_, let store): store
        case .here(let participation): participation.layers.store
        }
    }

    func read<Value>(_ body: (StoreTransaction) throws -> Value) throws -> Value { try store.read(body) }

    func begin(_ layer: Layer, of source: String) async throws {
        switch place {
        case .server(let client, _):
            _ = try await client.ask(.beginMirror(layer: LayerDescription(layer), source: source))
        case .here(let participation): try await participation.beginMirror(layer, of: source)
        }
    }

    func keep(_ batch: MirrorBatch, _ staging: MirrorStaging) async throws -> MirrorBatch.Outcome {
        var batch = batch
        let staged = staging.isEmpty ? nil : try staging.write(besideStore: path)
        defer { staged?.remove() }
        batch.stagedPath = staged?.path
        batch.stagedCount = staged?.count ?? 0
        switch place {
        case .server(let client, _):
            guard case .mirrored(let outcome) = try await client.ask(.keepMirror(batch)) else {
                throw Refusal("the running server is of another version; stop it first")
            }
            return outcome
        case .here(let participation):
            return try await participation.keep(batch, at: Int64(Date().timeIntervalSince1970.rounded(.down)))
        }
    }
}
