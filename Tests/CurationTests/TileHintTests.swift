import Contributions
import Curation
import MapFormats
import MapGeometry
import SpatialDatabase
import SpatialIndex
import Testing

/// What a tile tells of the tiles inside it holds for each of them.
@Suite struct TileHintTests {
    private func contents(_ address: TileAddress, _ snapshot: IndexSnapshot) -> TileContents {
        TileContents(of: address, layer: "quartier", snapshot: snapshot)
    }

    private func snapshot(_ geometries: [Geometry]) -> IndexSnapshot {
        var packing = PackedIndexBuilder()
        for (number, geometry) in geometries.enumerated() {
            let text = Array(#"{"type":"Feature","properties":{}}"#.utf8)
            packing.append(
                IndexedFeature(
                    identifier: UInt128(number), geometry: geometry, kind: 0, text: text, propertiesOffset: 31))
        }
        return IndexSnapshot(packing.build())
    }

    @Test(
        "Nothing stands in any tile inside one that tells so, whatever is written",
        arguments: 1...6 as ClosedRange<UInt64>)
    func emptyTilesHoldNothing(seed: UInt64) async throws {
        var random = RandomContributions(seed: seed)
        // Without what is as wide as a continent, in whose box no tile tells anything.
        let publications = try random.publications(60).filter { publication in
            (publication.contribution.geometry?.boundingBox).map { $0.east - $0.west < 1 } ?? true
        }
        let snapshot = try await LayerFixture(publications).layer.snapshot
        let places = snapshot.features(limit: 100).features.compactMap(\.box?.centre)
        var told = 0
        for zoom in 0...16 {
            for _ in 0..<3 {
                guard let address = try? tile(zoom, near: places[random.number(places.count)], &random),
                    contents(address, snapshot).hint == .empty
                else { continue }
                told += 1
                for inside in try descendants(of: address, levels: 2) + paths(in: address, towards: places) {
                    let contents = contents(inside, snapshot)
                    #expect(contents.isEmpty && contents.hint == .empty, "seed \(seed), \(address), \(inside)")
                }
            }
        }
        #expect(told > 5, "seed \(seed)")
    }

    @Test("An empty tile whose buffer holds a member of a cluster beyond tells nothing, for it shows further in")
    func membersInTheBufferCount() throws {
        let grid = TileGrid(try TileAddress(zoom: 10, column: 518, row: 352))
        // Shown 135 units west of the tile; the eastern of the two, 20 units.
        let snapshot = snapshot([.point(at(grid, -20, 2_000)), .point(at(grid, -250, 2_000))])
        #expect(contents(grid.address, snapshot).isEmpty && contents(grid.address, snapshot).hint == nil)
        let inside = try descendants(of: grid.address, levels: 1).filter { !contents($0, snapshot).isEmpty }
        #expect(inside.map(\.column) == [1_036])
        let farther = try TileAddress(zoom: 10, column: 519, row: 352)
        #expect(contents(farther, snapshot).hint == .empty)
    }

    @Test("A tile inside an area is full, and so is every tile in it")
    func fullTilesAreFullInside() throws {
        let grid = TileGrid(try TileAddress(zoom: 13, column: 4_150, row: 2_818))
        let areas = [try square(grid, -400, 4_500), try square(grid, -9_000, 20_000)]
        let snapshot = snapshot(areas + [.point(at(grid, 9_000, 9_000))])
        #expect(contents(grid.address, snapshot).hint == .full)
        let last = try descendants(of: grid.address, levels: 2) + paths(in: grid.address, towards: [at(grid, 9, 9)])
        for inside in last {
            let contents = contents(inside, snapshot)
            #expect(contents.hint == .full, "\(inside)")
            let features = try GeoJSON.features(of: contents.geoJSON)
            #expect(features.count == 2 && features.allSatisfy { $0["geometry"]?["type"] == "Polygon" })
        }
    }

    @Test("A tile where something else stands, or may appear further in, is not full")
    func otherTilesAreNotFull() throws {
        let grid = TileGrid(try TileAddress(zoom: 13, column: 4_150, row: 2_818))
        let area = try square(grid, -400, 4_500)
        let speck = try square(grid, 2_000, 2_000.1)
        let line = Geometry.lineString(try LineString([at(grid, 0, 9), at(grid, 0.3, 9)]))
        for others in [[Geometry.point(at(grid, 9, 9))], [speck], [line], [try square(grid, -400, 4_100)]] {
            #expect(contents(grid.address, snapshot([area] + others)).hint == nil)
        }
        #expect(contents(grid.address, snapshot([try square(grid, -64, 4_160)])).hint == nil)
        guard case .polygon(let whole) = area, case .polygon(let small) = speck else { return }
        let pierced = Polygon(exterior: whole.exterior, holes: [small.exterior])
        #expect(contents(grid.address, snapshot([.polygon(pierced)])).hint == nil)
    }

    @Test("A joined tile tells what all of its layers tell")
    func joinedTilesTellWhatAllTell() {
        #expect(TileHint.joining([]) == .empty && TileHint.joining([.empty, .empty]) == .empty)
        #expect(TileHint.joining([.empty, .full]) == .full && TileHint.joining([.full]) == .full)
        #expect(TileHint.joining([.empty, nil]) == nil && TileHint.joining([nil, .full]) == nil)
    }

    private func at(_ grid: TileGrid, _ x: Double, _ y: Double) -> Coordinate {
        let side = Double(grid.address.matrixSize) * TileGrid.extent
        return WebMercator.unproject(
            x: (x + Double(grid.address.column) * TileGrid.extent) / side,
            y: (y + Double(grid.address.row) * TileGrid.extent) / side)
    }

    private func square(_ grid: TileGrid, _ from: Double, _ to: Double) throws -> Geometry {
        let corners = [(from, from), (from, to), (to, to), (to, from), (from, from)]
        return .polygon(Polygon(exterior: try LinearRing(corners.map { at(grid, $0.0, $0.1) })))
    }

    /// The tile of a place, or one beside it.
    private func tile(_ zoom: Int, near place: Coordinate, _ random: inout RandomContributions) throws -> TileAddress {
        let (x, y) = WebMercator.project(place)
        let side = Double(1 << zoom)
        func index(_ share: Double) -> Int { Int(min(max(share * side, 0), side - 1)) }
        return try TileAddress(
            zoom: zoom, column: index(x) + random.number(5) - 2, row: index(y) + random.number(5) - 2)
    }

    private func descendants(of tile: TileAddress, levels: Int) throws -> [TileAddress] {
        guard levels > 0, tile.zoom < 22 else { return [] }
        return try (0..<4).flatMap { quarter in
            let child = try TileAddress(
                zoom: tile.zoom + 1, column: 2 * tile.column + quarter % 2, row: 2 * tile.row + quarter / 2)
            return [child] + (try descendants(of: child, levels: levels - 1))
        }
    }

    /// The tiles of every further zoom that come nearest to the places around: where something would show first.
    private func paths(in tile: TileAddress, towards places: [Coordinate]) throws -> [TileAddress] {
        var tiles: Set<TileAddress> = []
        for place in places {
            let (x, y) = WebMercator.project(place)
            guard abs(x * Double(tile.matrixSize) - Double(tile.column)) < 2,
                abs(y * Double(tile.matrixSize) - Double(tile.row)) < 2
            else { continue }
            for zoom in (tile.zoom + 1)..<max(tile.zoom + 1, 23) {
                let size = 1 << (zoom - tile.zoom)
                func nearest(_ share: Double, _ index: Int) -> Int {
                    let side = Double(1 << zoom)
                    return Int(min(max(share * side, Double(index * size)), Double((index + 1) * size - 1)))
                }
                tiles.insert(
                    try TileAddress(zoom: zoom, column: nearest(x, tile.column), row: nearest(y, tile.row)))
            }
        }
        return Array(tiles)
    }
}
