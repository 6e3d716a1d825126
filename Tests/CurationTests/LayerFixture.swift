import Contributions
import MapGeometry
import SpatialDatabase
import TestSupport

@testable import Curation

/// A real store with one layer in it, and what the public sees of it.
struct LayerFixture {
    let temporary: TemporaryStore
    let layers: PublishedLayers
    let identifier: LayerIdentifier

    init(_ publications: [Publication] = []) async throws {
        temporary = try TemporaryStore()
        identifier = try LayerIdentifier("quartier")
        try await Self.publish(publications, in: identifier, of: temporary.store)
        layers = try PublishedLayers(store: temporary.store)
    }

    var store: SpatialStore { temporary.store }
    var layer: PublishedLayer { get throws { try layers.require(identifier) } }

    /// Publishes more, as another writer would, and shows it.
    func publish(_ publications: [Publication]) async throws {
        try await Self.publish(publications, in: identifier, of: store)
        try layers.reload(identifier)
    }

    private static func publish(
        _ publications: [Publication], in identifier: LayerIdentifier, of store: SpatialStore
    ) async throws {
        try await store.write { transaction in
            if try !transaction.hasLayer(identifier) { try transaction.create(Layer(identifier: identifier)) }
            for publication in publications { try transaction.publish(publication, in: identifier) }
        }
    }
}

func place(_ longitude: Double, _ latitude: Double) -> Coordinate {
    Coordinate(clampingLongitude: longitude, latitude: latitude)
}
