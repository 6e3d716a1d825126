import Contributions
import Curation
import Foundation
import MapServer
import SpatialDatabase

extension Writing {
    /// Brings in by the keys of its records what was put aside.
    func update(
        _ staged: StagedImport, in layer: Layer, from source: String, progress: @escaping @Sendable (Int) -> Void
    ) async throws -> ImportUpdate {
        let request = OperatorRequest.update(
            path: staged.path, count: staged.count, layer: LayerDescription(layer), source: source)
        return try await carryOut(request, progress: progress) {
            if case .updated(let update) = $0 { update } else { nil }
        } here: {
            try await Self.participation(in: $0).update(staged, in: layer, from: source, progress: progress)
        }
    }

    /// Takes the last import of a layer back.
    func undoImport(into layer: LayerIdentifier) async throws -> ImportUndoing {
        try await carryOut(.undoImport(layer.text)) {
            if case .undone(let outcome) = $0 { outcome } else { nil }
        } here: {
            let now = Int64(Date().timeIntervalSince1970.rounded(.down))
            return try await Self.participation(in: $0).undoImport(into: layer, at: now)
        }
    }

    private static func participation(in store: SpatialStore) throws -> Participation {
        Participation(layers: try PublishedLayers(store: store), localTime: .paris)
    }
}
