import Contributions
import Curation
import MapGeometry
import Synchronization
import TestSupport
import Testing

@testable import MapServer

/// What many ask for at once is made once.
@Suite struct SharedMakingTests {
    @Test("The first who asks makes it, the others wait, and whoever comes afterwards makes it anew")
    func oneMakes() {
        var making = SharedMaking<String, Int>()
        let turns = ["a", "a", "b", "a"].enumerated().map { making.enter($1, $0) }
        #expect(turns == [true, false, true, false])
        #expect(making.count == 2 && making.waiting("a") == 2)
        let told = (making.finish("a"), making.finish("b"))
        #expect(told.0 == [1, 3] && told.1.isEmpty)
        #expect(making.count == 0)
        let isNew = making.enter("a", 5)
        #expect(isNew)
    }

    @Test("Whoever waits gets the tile that another makes, and it is made once")
    func waitersShare() async throws {
        let shelf = try await Shelf()
        let made = Counter()
        let tile = TileCache.Tile([1, 2, 3])
        let (cache, key, layer) = (shelf.cache, shelf.key, shelf.layer)
        let state = TileCache.State(key: key, layer: ObjectIdentifier(layer), version: layer.version)
        let first = try await cache.tile(key, of: layer) { _ in
            made.add()
            // Meanwhile nobody else may begin.
            #expect(cache.making.withLock { $0.count } == 1)
            return tile
        }
        #expect(first?.bytes == [1, 2, 3])
        #expect(cache.making.withLock { $0.waiting(state) } == 0 && cache.making.withLock { $0.count } == 0)
        try await withThrowingTaskGroup(of: [UInt8]?.self) { group in
            for _ in 0..<32 {
                group.addTask {
                    try await cache.tile(key, of: layer) { _ in
                        made.add()
                        return tile
                    }?.bytes
                }
            }
            for try await bytes in group { #expect(bytes == [1, 2, 3]) }
        }
        #expect(made.count == 1)
    }

    @Test("Whoever waits is told what went wrong, and the next makes it anew")
    func failuresAreShared() async throws {
        let shelf = try await Shelf()
        let (cache, key, layer) = (shelf.cache, shelf.key, shelf.layer)
        let state = TileCache.State(key: key, layer: ObjectIdentifier(layer), version: layer.version)
        await #expect(throws: WebError.self) {
            try await cache.tile(key, of: layer) { _ in throw WebError.noSuchTile }
        }
        #expect(cache.making.withLock { $0.count } == 0)
        // One who waits while another fails.
        let waiting = Task { () -> TileCache.Made in
            try await withCheckedThrowingContinuation { waiter in
                if cache.making.withLock({ $0.enter(state, waiter) }) { waiter.resume(returning: .byCaller) }
            }
        }
        guard case .byCaller = try await waiting.value else {
            Issue.record("nobody else was making it")
            return
        }
        let second = Task { try await cache.tile(key, of: layer) { _ in nil } }
        while cache.making.withLock({ $0.waiting(state) }) == 0 { await Task.yield() }
        for waiter in cache.making.withLock({ $0.finish(state) }) { waiter.resume(throwing: WebError.noSuchTile) }
        await #expect(throws: WebError.self) { _ = try await second.value }
        #expect(try await cache.tile(key, of: layer) { _ in TileCache.Tile([7]) }?.bytes == [7])
    }

    @Test("Who asks after a write does not wait for a tile that was begun before it")
    func aWriteIsNotMissed() async throws {
        let shelf = try await Shelf()
        let (cache, key, layer) = (shelf.cache, shelf.key, shelf.layer)
        let before = TileCache.State(key: key, layer: ObjectIdentifier(layer), version: layer.version)
        let begun = Task { () -> TileCache.Made in
            try await withCheckedThrowingContinuation { waiter in
                if cache.making.withLock({ $0.enter(before, waiter) }) { waiter.resume(returning: .byCaller) }
            }
        }
        _ = try await begun.value
        layer.apply(remove: [PublicIdentifier(bits: 1)])
        // It would wait for ever.
        #expect(try await cache.tile(key, of: layer) { _ in TileCache.Tile([9]) }?.bytes == [9])
        _ = cache.making.withLock { $0.finish(before) }
    }
}

private final class Counter: Sendable {
    private let value = Atomic(0)

    var count: Int { value.load(ordering: .relaxed) }

    func add() { value.add(1, ordering: .relaxed) }
}

/// A cache, a layer without anything in it, and the name of one of its tiles.
private struct Shelf {
    let cache = TileCache()
    let key: TileCache.Key
    let layer: PublishedLayer
    private let temporary: TemporaryStore

    init() async throws {
        temporary = try TemporaryStore()
        let layers = try PublishedLayers(store: temporary.store)
        let identifier = try LayerIdentifier("quartier")
        try await layers.create(Layer(identifier: identifier))
        layer = try layers.require(identifier)
        key = TileCache.Key(try TileAddress(zoom: 3, column: 1, row: 2), of: layer, as: .vectorTile)
    }
}
