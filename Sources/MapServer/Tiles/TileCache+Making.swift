import Curation
import MapGeometry
import SpatialIndex
import Synchronization

extension TileCache {
    /// One state of one tile: who asks after a write never gets what was begun before it.
    struct State: Hashable, Sendable {
        let key: Key
        let layer: ObjectIdentifier
        let version: Int
    }

    typealias Waiter = CheckedContinuation<Made, any Error>

    /// What a waiter is told.
    enum Made: Sendable {
        /// Nobody makes it yet: make it yourself.
        case byCaller
        /// Nil when there was no memory to compress it.
        case byAnother(Tile?)
    }

    /// The tile out of the cache, or made now and put there. Whoever asks for the same while it is being made waits for
    /// it, without holding up a thread.
    /// - Parameter make: what stands in the tile; nil when it cannot be kept.
    func tile(
        _ key: Key, of layer: PublishedLayer, make: (IndexSnapshot) throws -> Tile?
    ) async throws -> Tile? {
        let held = tile(key, of: layer)
        note(isHit: held != nil)
        if let held { return held }
        let snapshot = layer.snapshot
        let state = State(key: key, layer: ObjectIdentifier(layer), version: snapshot.version)
        let made = try await withCheckedThrowingContinuation { (waiter: Waiter) in
            if making.withLock({ $0.enter(state, waiter) }) { waiter.resume(returning: .byCaller) }
        }
        if case .byAnother(let tile) = made { return tile }
        let result = Result { try make(snapshot) }
        if case .success(let tile?) = result { keep(tile, key, of: layer, version: snapshot.version) }
        // After it has been kept: who comes now finds it.
        for waiter in making.withLock({ $0.finish(state) }) { waiter.resume(with: result.map(Made.byAnother)) }
        return try result.get()
    }
}
