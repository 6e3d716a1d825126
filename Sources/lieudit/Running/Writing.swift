import Contributions
import Curation
import Foundation
import MapServer
import SpatialDatabase

/// Whoever writes to the store now: the server that runs on it, or this very process.
enum Writing {
    case throughServer(OperatorClient)
    case here(SpatialStore)

    /// - Throws: `StoreError.locked` when another process writes and answers no command.
    init(store: String) throws {
        if SpatialStore.isWritten(path: store), let client = OperatorClient(store: store) {
            self = .throughServer(client)
        } else {
            self = .here(try SpatialStore.openForWriting(path: store))
            StagedImport.removeLeftovers(besideStore: store)
        }
    }

    func create(_ layer: Layer) async throws {
        switch self {
        case .throughServer(let client): _ = try await client.ask(.createLayer(LayerDescription(layer)))
        case .here(let store):
            _ = try await store.write { try $0.create(layer) }
            try store.close()
        }
    }

    /// Returns how many features were public.
    func delete(_ identifier: LayerIdentifier) async throws -> Int {
        switch self {
        case .throughServer(let client): return try await client.ask(.deleteLayer(identifier.text)).count
        case .here(let store):
            let count = try await store.write { try $0.deleteLayer(identifier) }
            try store.close()
            return count
        }
    }

    func publish(
        _ staged: StagedImport, in layer: Layer, progress: @escaping @Sendable (Int) -> Void
    ) async throws -> Int {
        switch self {
        case .throughServer(let client):
            let request = OperatorRequest.publish(
                path: staged.path, count: staged.count, layer: LayerDescription(layer))
            return try await client.ask(request, progress: progress).count
        case .here(let store):
            let count = try await store.publish(staged, in: layer, progress: progress)
            try store.close()
            return count
        }
    }
}

extension OperatorAnswer {
    fileprivate var count: Int {
        if case .done(let count) = self { count } else { 0 }
    }
}
