import Contributions
import Curation
import MapGeometry
import TestSupport
import Testing

@testable import MapServer

/// However many tiles are asked for, and whatever is in them, the cache holds no more than it may.
@Suite struct TileCacheBoundsTests {
    private let temporary: TemporaryStore
    private let layer: PublishedLayer

    init() async throws {
        temporary = try TemporaryStore()
        let layers = try PublishedLayers(store: temporary.store)
        let identifier = try LayerIdentifier("quartier")
        try await layers.create(Layer(identifier: identifier))
        layer = try layers.require(identifier)
    }

    @Test("Tiles without anything in them count for what it takes to find them")
    func emptyTilesCount() throws {
        let cache = TileCache(capacity: 100 * TileCache.Tile.overhead)
        let empty = try #require(TileCache.Tile([]))
        for column in 0..<5_000 {
            let key = TileCache.Key(try TileAddress(zoom: 20, column: column, row: 0), of: layer, as: .vectorTile)
            cache.keep(empty, key, of: layer, version: 0)
            #expect(cache.held.bytes <= 100 * TileCache.Tile.overhead)
        }
        #expect((40...100).contains(cache.held.tiles))
    }

    @Test("A tile larger than all the room is given out and not kept; so is any tile when there is no room")
    func tooLarge() async throws {
        let large = try #require(TileCache.Tile((0..<20_000).map { UInt8(truncatingIfNeeded: $0 &* 37) }))
        let key = TileCache.Key(try TileAddress(zoom: 3, column: 1, row: 1), of: layer, as: .vectorTile)
        for capacity in [10_000, 0] {
            let cache = TileCache(capacity: capacity)
            let given = try await cache.tile(key, of: layer) { _ in large }
            #expect(given?.bytes == large.bytes)
            #expect(cache.held == (0, 0))
        }
    }
}
