import MapGeometry
import SpatialIndex
import Testing

/// Which tiles a write touches: never too few, and few enough.
@Suite struct WrittenGroundTests {
    private static let buffer = 1.0 / 64

    /// Tiles of every zoom around features, and their neighbours.
    private func tiles(around features: [IndexedFeature], _ random: inout RandomFeatures) -> [TileAddress] {
        let places = features.compactMap(\.geometry?.boundingBox).map(\.centre) + (0..<5).map { _ in random.place() }
        let some = places.shuffled(using: &random.generator).prefix(12)
        let tiles = TileAddress.zooms.flatMap { zoom in some.compactMap { TileAddress(zoom, at: $0) } }
        return Set(tiles + tiles.flatMap(\.neighbours))
            .sorted { ($0.zoom, $0.column, $0.row) < ($1.zoom, $1.column, $1.row) }
            .shuffled(using: &random.generator)
    }

    private func lines(_ tile: TileAddress, _ snapshot: IndexSnapshot, _ buffer: Double) -> [String] {
        snapshot.tileEntries(of: tile, buffer: buffer).map(\.line)
    }

    @Test(
        "A tile that no write has touched shows what it showed, to the last bit",
        arguments: 1...4 as ClosedRange<UInt64>)
    func untouchedTilesAreTheSame(seed: UInt64) {
        var random = RandomFeatures(seed: 600 + seed)
        let buffer = [Self.buffer, 0, 0.3, 1][Int(seed) % 4]
        var known = random.features(80)
        let index = FeatureIndex(rebuildThreshold: .max)
        index.apply(insert: known)
        let tiles = Array(tiles(around: known, &random).prefix(150))
        var kept = Dictionary(
            uniqueKeysWithValues: tiles.map { ($0, (index.version, lines($0, index.snapshot, buffer))) })
        var (same, expired) = (0, 0)
        for round in 0..<14 {
            let new = random.features(random.number(2))
            let moved = known.filter { _ in random.number(80) == 0 }.map { random.feature($0.identifier) }
            let gone = known.filter { _ in random.number(80) == 0 }.map(\.identifier)
            index.apply(insert: new + moved, remove: gone)
            let changed = Set(gone + moved.map(\.identifier))
            known = known.filter { !changed.contains($0.identifier) } + new + moved
            if round % 5 == 4 { index.rebuildNow() }
            for tile in tiles.filter({ _ in random.number(2) == 0 }) {
                guard let (version, before) = kept[tile] else { continue }
                let now = lines(tile, index.snapshot, buffer)
                if let later = index.version(showing: tile, buffer: buffer, asIn: version) {
                    #expect(later == index.version && now == before, "seed \(600 + seed), round \(round), \(tile)")
                    kept[tile] = (later, before)
                    same += 1
                } else {
                    kept[tile] = (index.version, now)
                    expired += 1
                }
            }
        }
        #expect(expired > 0 && same > expired, "seed \(600 + seed): \(same) the same, \(expired) expired")
    }

    @Test("A point in the middle of a tile touches that tile and none beside it, at every zoom")
    func aPointTouchesItsTilesOnly() throws {
        var random = RandomFeatures(seed: 610)
        let index = FeatureIndex()
        var compared = 0
        for number in 0..<60 {
            let place = at(random.real(-179...179), random.real(-84...84))
            let (x, y) = WebMercator.project(place)
            let before = index.version
            let feature = IndexedFeature.plain(UInt128(number), .point(place))
            // Coming and going alike.
            if number % 2 == 1 { index.apply(insert: [feature]) }
            let second = index.version
            number % 2 == 1 ? index.apply(remove: [feature.identifier]) : index.apply(insert: [feature])
            for zoom in TileAddress.zooms {
                let tile = try #require(TileAddress(zoom, at: place))
                for since in [before, second] {
                    #expect(index.version(showing: tile, buffer: Self.buffer, asIn: since) == nil, "\(tile)")
                }
                #expect(index.version(showing: tile, buffer: Self.buffer, asIn: index.version) == index.version)
                let side = Double(tile.matrixSize)
                guard [x * side - Double(tile.column), y * side - Double(tile.row)].allSatisfy({ 0.07...0.93 ~= $0 })
                else { continue }
                compared += 1
                for other in tile.neighbours {
                    #expect(
                        index.version(showing: other, buffer: Self.buffer, asIn: before) == index.version, "\(other)")
                }
            }
        }
        #expect(compared > 500)
    }

    @Test(
        "A point outside a tile's buffer touches the tile when it moves a cluster that the tile shows",
        arguments: 0...16)
    func aMovedClusterIsTouched(zoom: Int) throws {
        let side = Double(1 << zoom)
        let column = (1 << zoom) / 2
        let tile = try TileAddress(zoom: zoom, column: max(column - 1, 0), row: column)
        // At zoom 0 inside the tile; otherwise in the first cell beyond its eastern edge.
        func point(_ share: Double) -> Geometry {
            .point(
                WebMercator.unproject(
                    x: (Double(max(column, 1)) - (zoom == 0 ? 0.5 : 0) + share) / side, y: (Double(column) + 0.5) / side
                ))
        }
        let index = FeatureIndex()
        index.apply(insert: [.plain(1, point(0.003)), .plain(2, point(0.007))])
        let (version, before) = (index.version, lines(tile, index.snapshot, Self.buffer))
        index.apply(insert: [.plain(3, point(0.06))])
        #expect(before.count == 1 && lines(tile, index.snapshot, Self.buffer) != before)
        #expect(index.version(showing: tile, buffer: Self.buffer, asIn: version) == nil)
    }

    @Test("A feature that stands nowhere touches no tile")
    func nowhereTouchesNothing() throws {
        let index = FeatureIndex()
        let world = try TileAddress(zoom: 0, column: 0, row: 0)
        index.apply(insert: [.plain(1, nil), .plain(2, .multiPoint([]))], remove: [3])
        index.apply(remove: [1])
        #expect(index.version == 2 && index.snapshot.version == 2)
        #expect(index.version(showing: world, buffer: Self.buffer, asIn: 0) == 2)
        index.rebuildNow()
        #expect(index.version == 2 && index.snapshot.version == 2)
    }

    @Test("What is too long ago to tell has been touched")
    func longAgoIsTouched() throws {
        let index = FeatureIndex(rebuildThreshold: .max)
        let far = try #require(TileAddress(10, at: at(-60, -40)))
        index.apply(insert: [.plain(1, .point(at(-60, -40)))])
        let since = index.version
        func known() -> Int? { index.version(showing: far, buffer: Self.buffer, asIn: since) }
        for number in 0..<4_096 {
            index.apply(insert: [.plain(2, .point(at(2 + Double(number % 10), 48)))])
            if number % 512 == 0 { #expect(known() == index.version) }
        }
        // Each write has removed a box and inserted one: no more than twice 4096 of them are remembered.
        index.apply(insert: [.plain(3, .point(at(2, 48)))])
        #expect(known() == nil)
        #expect(index.version(showing: far, buffer: Self.buffer, asIn: index.version - 1_000) == index.version)
        let many = index.version
        index.apply(insert: (0..<5_000).map { .plain(UInt128(10 + $0), .point(at(2, 48))) })
        #expect(index.version(showing: far, buffer: Self.buffer, asIn: many) == nil)
        #expect(index.version(showing: far, buffer: Self.buffer, asIn: index.version) == index.version)
    }
}

extension TileAddress {
    /// The tiles around it that there are.
    fileprivate var neighbours: [TileAddress] {
        (-1...1).flatMap { east in
            (-1...1).compactMap { south in
                (east, south) == (0, 0) ? nil : try? TileAddress(zoom: zoom, column: column + east, row: row + south)
            }
        }
    }
}
