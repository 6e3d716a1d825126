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

    @Test("A million tiles without anything in them count for what it takes to find them")
    func emptyTilesCount() throws {
        let cache = TileCache(capacity: 100 * TileCache.Tile.overhead)
        let empty = TileCache.Tile([])
        var most = 0
        for column in 0..<1_000_000 {
            let key = TileCache.Key(try TileAddress(zoom: 20, column: column, row: 0), of: layer, as: .vectorTile)
            cache.keep(empty, key, of: layer, version: 0)
            most = max(most, cache.held.bytes)
        }
        #expect(most <= 100 * TileCache.Tile.overhead)
        #expect((40...100).contains(cache.held.tiles))
    }

    @Test("A tile is compressed once somebody takes that, and made no second time for it")
    func compressedOnce() async throws {
        let cache = TileCache()
        let key = TileCache.Key(try TileAddress(zoom: 3, column: 1, row: 1), of: layer, as: .vectorTile)
        var made = 0
        for isCompressed in [false, true, true, false] {
            let tile = try await cache.tile(key, of: layer, compressed: isCompressed) { _ in
                made += 1
                return TileCache.Tile(Array("quartier".utf8))
            }
            #expect(tile?.bytes == Array("quartier".utf8))
            #expect(tile?.gzip.flatMap { Gunzip.decompress($0) } ?? tile?.bytes == tile?.bytes)
            #expect(tile?.gzip != nil || !isCompressed)
        }
        #expect(made == 1)
        #expect(cache.held.tiles == 1)
    }

    @Test("A tile larger than all the room is given out and not kept; so is any tile when there is no room")
    func tooLarge() async throws {
        let large = TileCache.Tile((0..<20_000).map { UInt8(truncatingIfNeeded: $0 &* 37) })
        let key = TileCache.Key(try TileAddress(zoom: 3, column: 1, row: 1), of: layer, as: .vectorTile)
        for capacity in [10_000, 0] {
            let cache = TileCache(capacity: capacity)
            let given = try await cache.tile(key, of: layer) { _ in large }
            #expect(given?.bytes == large.bytes)
            #expect(cache.held == (0, 0))
        }
    }
}
