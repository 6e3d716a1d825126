import MapGeometry
import TestSupport
import Testing

@Suite struct TileRangeTests {
    @Test func theWorldIsEveryTile() {
        for zoom in TileAddress.zooms {
            let range = TileRange(zoom: zoom, around: .world)
            #expect(range.columns == 0...((1 << zoom) - 1) && range.rows == 0...((1 << zoom) - 1))
        }
    }

    @Test("A place at a corner shows in the buffers of all tiles around it")
    func aPlaceAtACornerShowsInFourTiles() throws {
        let box = BoundingBox(try Coordinate(longitude: 0, latitude: 0))
        #expect(TileRange(zoom: 3, around: box).columns == 3...4 && TileRange(zoom: 3, around: box).rows == 3...4)
        let beyond = BoundingBox(try Coordinate(longitude: 180, latitude: -90))
        #expect(TileRange(zoom: 3, around: beyond).columns == 7...7 && TileRange(zoom: 3, around: beyond).rows == 7...7)
    }

    @Test("No tile outside the range shows a place of the box, and the outermost inside do")
    func theRangeIsWhatTilesShow() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            let place = try Coordinate(
                longitude: .random(in: -180...180, using: &generator),
                latitude: .random(in: -85...85, using: &generator))
            let zoom = Int.random(in: 0...6, using: &generator)
            let range = TileRange(zoom: zoom, around: BoundingBox(place))
            let (x, y) = WebMercator.project(place)
            for column in 0..<(1 << zoom) {
                for row in 0..<(1 << zoom) {
                    let address = try TileAddress(zoom: zoom, column: column, row: row)
                    let isIn = range.columns.contains(column) && range.rows.contains(row)
                    #expect(TileGrid(address).shows(x: x, y: y) == isIn, "seed \(seed)")
                }
            }
        }
    }
}
