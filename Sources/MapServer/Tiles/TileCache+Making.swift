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
        /// Whether its gzip form is made too.
        var isCompressed = false
    }

    typealias Waiter = CheckedContinuation<Made, any Error>

    /// What a waiter is told.
    enum Made: Sendable {
        /// Nobody makes it yet: make it yourself.
        case byCaller
        /// Nil when it cannot be kept.
        case byAnother(Tile?)
    }

    /// The tile out of the cache in the form that is asked for; nil when it is not there.
    func held(_ key: Key, of layer: PublishedLayer, compressed isCompressed: Bool) -> Tile? {
        guard let tile = tile(key, of: layer), tile.gzip != nil || !isCompressed else { return nil }
        note(isHit: true)
        return tile
    }

    /// The tile out of the cache, or made now and put there. Whoever asks for the same while it is being made waits for
    /// it, without holding up a thread.
    /// - Parameters:
    ///   - isCompressed: whether whoever asks takes gzip; for the others it is not made.
    ///   - make: what stands in the tile; nil when it cannot be kept.
    /// - Returns: nil when it cannot be kept, as without memory to compress it.
    func tile(
        _ key: Key, of layer: PublishedLayer, compressed isCompressed: Bool = false,
        make: (IndexSnapshot) throws -> Tile?
    ) async throws -> Tile? {
        if let held = held(key, of: layer, compressed: isCompressed) { return held }
        note(isHit: false)
        let snapshot = layer.snapshot
        let state = State(
            key: key, layer: ObjectIdentifier(layer), version: snapshot.version, isCompressed: isCompressed)
        let made = try await withCheckedThrowingContinuation { (waiter: Waiter) in
            if making.withLock({ $0.enter(state, waiter) }) { waiter.resume(returning: .byCaller) }
        }
        if case .byAnother(let tile) = made { return tile }
        let result = Result {
            let tile = try tile(key, of: layer) ?? make(snapshot)
            return isCompressed ? tile?.compressed() : tile
        }
        if case .success(let tile?) = result { keep(tile, key, of: layer, version: snapshot.version) }
        // After it has been kept: who comes now finds it.
        for waiter in making.withLock({ $0.finish(state) }) { waiter.resume(with: result.map(Made.byAnother)) }
        return try result.get()
    }
}
