import MapGeometry
import TestSupport
import Testing

@testable import SpatialIndex

/// Questions that ask for as much as can be asked cost so many looks, and no more: counted, not timed.
@Suite struct BoundedWorkTests {
    private static let count = 20_000
    private static let world = BoundingBox(uncheckedWest: -180, south: -90, east: 180, north: 90)

    private func scattered(seed: UInt64) -> [IndexedFeature] {
        var random = SeededGenerator(seed: seed)
        return (0..<Self.count).map { number in
            .plain(
                UInt128(number),
                .point(at(.random(in: -179...179, using: &random), .random(in: -84...84, using: &random))))
        }
    }

    private func packed(_ features: [IndexedFeature]) -> PackedIndex {
        var builder = PackedIndexBuilder(expectedCount: features.count)
        for feature in features { builder.append(feature) }
        return builder.build()
    }

    @Test("the first ten thousand of a box around the world open hardly more than a node each")
    func wholeWorld() {
        let index = packed(scattered(seed: 90))
        var (visited, found, next) = (0, 0, 0)
        while found < 10_000,
            let leaf = index.tree.firstLeaf(from: next, touching: Self.world.parts, visited: &visited)
        {
            (found, next) = (found + 1, leaf + 1)
        }
        #expect(found == 10_000)
        #expect(visited <= 10_000 + 10_000 / 8, "\(visited)")
        let page = IndexSnapshot(index).features(in: Self.world, limit: 10_000)
        #expect(page.features.count == 10_000 && page.hasMore)
    }

    @Test("a box in which nothing stands opens few nodes, however much stands around it")
    func emptyBox() {
        let index = packed(scattered(seed: 91))
        var visited = 0
        let sliver = BoundingBox(uncheckedWest: 179.5, south: -89, east: 179.6, north: 89)
        #expect(index.tree.firstLeaf(from: 0, touching: [sliver], visited: &visited) == nil)
        // A strip as high as the world meets about as many cells of Hilbert's curve as the side of the grid is long.
        #expect(visited <= 16 * Int(Double(Self.count / 16).squareRoot()) * 2, "\(visited)")
    }

    @Test("the hundred nearest within a thousand kilometres measure hardly more than themselves")
    func largeRadius() {
        let snapshot = IndexSnapshot(packed(scattered(seed: 92)))
        var measured = 0
        let page = snapshot.nearest(to: at(2.35, 48.85), limit: 100, radius: 1_000_000) { geometry in
            measured += 1
            guard case .point(let place) = geometry else { return .infinity }
            return GeodesicBound(from: at(2.35, 48.85)).metres(to: place)
        }
        #expect(page.entries.count == 100)
        #expect(measured <= 110, "\(measured)")
    }

    @Test("ten thousand points at one place are one cluster down to zoom 16, each for itself beyond, and one distance")
    func onePlace() throws {
        let place = at(2.38, 48.87)
        let snapshot = IndexSnapshot(packed((0..<10_000).map { .plain(UInt128($0), .point(place)) }))
        let (x, y) = WebMercator.project(place)
        for zoom in TileAddress.zooms {
            let side = Double(1 << zoom)
            let tile = try TileAddress(zoom: zoom, column: Int(x * side), row: Int(y * side))
            let entries = snapshot.tileEntries(of: tile, buffer: 1.0 / 64)
            if zoom > 16 {
                #expect(entries.count == 10_000, "zoom \(zoom)")
            } else {
                guard entries.count == 1, case .cluster(let cluster) = entries[0] else {
                    Issue.record("zoom \(zoom): \(entries.count) entries")
                    continue
                }
                #expect(cluster.count == 10_000 && cluster.expansionZoom == 17)
                #expect(snapshot.clusterChildren(identifier: cluster.identifier).count == (zoom == 16 ? 1_000 : 1))
                let leaves = snapshot.clusterMembers(identifier: cluster.identifier, offset: 9_990, limit: 100)
                #expect(leaves.map(\.identifier) == (9_990..<10_000).map { UInt128($0) })
            }
        }
        var measured = 0
        let page = snapshot.nearest(to: at(2.39, 48.87), limit: 10) { _ in
            measured += 1
            return 1_000
        }
        #expect(page.entries.map(\.feature.identifier) == (0..<10).map { UInt128($0) })
        #expect(measured == 1)
    }

    @Test(
        "a shape of many positions is made ready when it comes, with less than 18 bytes a position; others take nothing"
    )
    func shapesAreReady() throws {
        var random = SeededGenerator(seed: 93)
        let ring = (0..<400).map { _ in at(.random(in: 2...3, using: &random), .random(in: 48...49, using: &random)) }
        let shape = Geometry.polygon(Polygon(exterior: try LinearRing(ring + ring.prefix(1))))
        let small = Geometry.lineString(try LineString([at(2, 48), at(3, 49)]))
        let index = packed([.plain(1, shape), .plain(2, small), .plain(3, .point(at(2, 48)))])
        func ready(_ index: PackedIndex, _ identifier: UInt128) throws -> TileGeometry? {
            index.drawing(try #require(index.number(of: identifier)))
        }
        #expect(try ready(index, 1)?.byteCount == 17 * 401 + 7 * 32)
        #expect(try ready(index, 2) == nil && ready(index, 3) == nil)
    }
}
