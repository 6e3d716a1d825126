import Contributions
import Curation
import Foundation
import MapGeometry
import SpatialDatabase
import TestSupport
import Testing

@testable import MapServer

/// A write expires the tiles that it touches, all of them and only those.
@Suite struct TileExpiryTests {
    private let temporary: TemporaryStore
    private let layer: PublishedLayer
    private let tiles: LayerShelf

    init() async throws {
        temporary = try TemporaryStore()
        let layers = try PublishedLayers(store: temporary.store)
        let identifier = try LayerIdentifier("quartier")
        try await layers.create(Layer(identifier: identifier))
        layer = try layers.require(identifier)
        tiles = LayerShelf(layer: layer)
    }

    @Test(
        "After random writes every tile in the cache is the one that would be made now",
        arguments: 1...3 as ClosedRange<UInt64>)
    func cachedTilesAreTrue(seed: UInt64) throws {
        var generator = SeededGenerator(seed: 500 + seed)
        var known: [Publication] = try (0..<60).map { _ in try .random(using: &generator) }
        layer.apply(insert: known)
        let centres = known.compactMap(\.contribution.geometry?.boundingBox?.centre)
        let addresses = TileAddress.zooms.flatMap { zoom in centres.prefix(14).compactMap { TileAddress(zoom, at: $0) }
        }
        var (hits, misses) = (0, 0)
        for _ in 0..<15 {
            for address in addresses where Int.random(in: 0..<3, using: &generator) > 0 {
                if tiles.kept(address) == nil { tiles.keep(address) }
            }
            let gone = Int.random(in: 0..<known.count, using: &generator)
            let new = try Publication.random(
                using: &generator, identifier: known.randomElement(using: &generator)?.identifier)
            layer.apply(insert: [new], remove: [known[gone].identifier])
            let left = [known[gone].identifier, new.identifier]
            known = known.filter { !left.contains($0.identifier) } + [new]
            for address in addresses {
                guard let tile = tiles.kept(address) else {
                    misses += 1
                    continue
                }
                hits += 1
                #expect(tile == tiles.made(address), "seed \(500 + seed), \(address)")
            }
        }
        #expect(misses > 100 && hits > 100, "seed \(500 + seed): \(hits) hits, \(misses) misses")
    }

    @Test("A write in one town leaves the tiles of another where they are")
    func aWriteExpiresOnlyWhatItTouches() throws {
        var generator = SeededGenerator(seed: 510)
        let (paris, brest) = (at(2.38, 48.87), at(-4.49, 48.39))
        layer.apply(insert: try [paris, brest].map { try .random(using: &generator, geometry: .point($0)) })
        let own = TileAddress.zooms.compactMap { TileAddress($0, at: paris) }
        let others = (8...22).compactMap { TileAddress($0, at: brest) }
        for address in own + others { tiles.keep(address) }
        layer.apply(insert: [try .random(using: &generator, geometry: .point(paris))])
        #expect(own.allSatisfy { tiles.kept($0) == nil })
        #expect(others.allSatisfy { tiles.kept($0) != nil })
    }

    @Test("A tile made before a write and put in after it is not shown")
    func lateTilesAreNotShown() throws {
        var generator = SeededGenerator(seed: 511)
        let address = try #require(TileAddress(14, at: at(2.38, 48.87)))
        let version = layer.version
        let stale = TileCache.Tile(tiles.made(address))
        layer.apply(insert: [try .random(using: &generator, geometry: .point(at(2.38, 48.87)))])
        tiles.cache.keep(stale, tiles.key(address), of: layer, version: version)
        #expect(tiles.kept(address) == nil)
        tiles.keep(address)
        let fresh = try #require(tiles.kept(address))
        #expect(fresh != stale.bytes)
        // Nor does it drive out the one that is true.
        tiles.cache.keep(stale, tiles.key(address), of: layer, version: version)
        #expect(tiles.kept(address) == fresh)
    }

    @Test("Writers and readers at once: nobody is shown a tile without what was written before they asked")
    func whoAsksAfterAWriteSeesIt() async throws {
        let address = try #require(TileAddress(20, at: at(2.38, 48.87)))
        await withTaskGroup(of: Void.self) { [tiles] group in
            for writer in 1...2 as ClosedRange<UInt128> {
                group.addTask { await tiles.writeAndLook(writer << 64, address) }
            }
            for _ in 0..<2 {
                group.addTask {
                    for _ in 0..<400 where tiles.kept(address) == nil { tiles.keep(address) }
                }
            }
        }
        #expect(layer.version == 200)
    }
}

/// The tiles of one layer in a cache of their own.
private struct LayerShelf: Sendable {
    let layer: PublishedLayer
    let cache = TileCache()

    func made(_ address: TileAddress) -> [UInt8] {
        TileContents(of: address, layer: "quartier", snapshot: layer.snapshot).geoJSON
    }

    func keep(_ address: TileAddress) {
        let version = layer.version
        let tile = TileCache.Tile(made(address))
        cache.keep(tile, key(address), of: layer, version: version)
    }

    func key(_ address: TileAddress) -> TileCache.Key { TileCache.Key(address, of: layer, as: .geoJSON) }

    func kept(_ address: TileAddress) -> [UInt8]? { cache.tile(key(address), of: layer)?.bytes }

    /// Writes a hundred points where the tile is, and looks at it after each.
    func writeAndLook(_ first: UInt128, _ address: TileAddress) async {
        do {
            for step in 0..<100 {
                var generator = SeededGenerator(seed: UInt64(step))
                let identifier = PublicIdentifier(bits: first | UInt128(step))
                layer.apply(insert: [
                    try .random(using: &generator, identifier: identifier, geometry: .point(at(2.38, 48.87)))
                ])
                if kept(address) == nil { keep(address) }
                let text = kept(address).map { String(decoding: $0, as: UTF8.self) }
                #expect(text?.contains(identifier.description) != false)
                await Task.yield()
            }
        } catch {
            Issue.record(error)
        }
    }
}

private func at(_ longitude: Double, _ latitude: Double) -> Coordinate {
    Coordinate(clampingLongitude: longitude, latitude: latitude)
}

extension TileAddress {
    fileprivate init?(_ zoom: Int, at place: Coordinate) {
        let (x, y) = WebMercator.project(place)
        let side = Double(1 << zoom)
        try? self.init(zoom: zoom, column: Int(x * side), row: Int(y * side))
    }
}

extension Publication {
    /// A feature in one of two towns, or anywhere: points, lines and areas of all sizes.
    fileprivate static func random(
        using generator: inout SeededGenerator, identifier: PublicIdentifier? = nil, geometry: Geometry? = nil
    ) throws -> Publication {
        func real(_ range: ClosedRange<Double>) -> Double { .random(in: range, using: &generator) }
        func town() -> Coordinate {
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: at(real(-179...179), real(-84...84))
            case 1: at(real(-4.5...(-4.4)), real(48.38...48.40))
            default: at(real(2.37...2.39), real(48.86...48.88))
            }
        }
        let start = town()
        let size: Double = [1, 0.01, 0.0001].randomElement(using: &generator) ?? 1
        let corners = [
            start, at(start.longitude + size, start.latitude), at(start.longitude, start.latitude + size), start,
        ]
        let drawn: Geometry =
            switch Int.random(in: 0..<6, using: &generator) {
            case 0: .lineString(try LineString([corners[1], corners[2]]))
            case 1: .polygon(Polygon(exterior: try LinearRing(corners)))
            default: .point(start)
            }
        return try PublishedFeature.publication(
            of: try Contribution(title: "Ici", geometry: geometry ?? drawn),
            identifier: identifier ?? .random(using: &generator))
    }
}
