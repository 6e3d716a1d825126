import Testing

@testable import MapGeometry

@Suite("Collapsing at a zoom")
struct CollapseTests {
    private let grid: TileGrid

    init() throws {
        grid = TileGrid(try TileAddress(zoom: 22, column: 1 << 21, row: 1 << 21))
    }

    @Test("a shape as thin as a unit collapses, inside the tile or beyond it", arguments: [500.0, -9_000, 90_000])
    func thin(offset: Double) throws {
        let sliver = try grid.ring([(offset, offset), (offset + 900, offset + 0.2), (offset, offset + 0.4)])
        #expect(grid.collapses(.polygon(Polygon(exterior: sliver))))
        let speck = try grid.line([(offset + 0.1, offset), (offset + 0.3, offset + 0.2)])
        #expect(grid.collapses(.multiLineString([speck, speck])))
    }

    @Test("a shape of some units does not, and a point never does", arguments: [500.0, -9_000, 90_000])
    func thick(offset: Double) throws {
        let square = Polygon(exterior: try grid.square(offset, offset + 5))
        #expect(!grid.collapses(.polygon(square)))
        #expect(!grid.collapses(.lineString(try grid.line([(offset, offset), (offset + 5, offset)]))))
        #expect(!grid.collapses(.point(grid.at(offset, offset))))
        #expect(!grid.collapses(.geometryCollection([.polygon(square), .point(grid.at(offset, offset))])))
    }

    @Test("a shape as wide as the world does not collapse, at any zoom", arguments: TileAddress.zooms)
    func wide(zoom: Int) throws {
        let middle = (1 << zoom) / 2
        let grid = TileGrid(try TileAddress(zoom: zoom, column: middle, row: middle))
        #expect(!grid.collapses(.multiPoint([at(-170, 80), at(170, -80)])))
        #expect(!grid.collapses(.lineString(try LineString([at(-180, -90), at(180, 90)]))))
        #expect(!grid.collapses(.polygon(try Polygon(exterior: .square(-180, -90, 180, 90)))))
    }

    @Test("a point beyond the last tile keeps no collection from collapsing")
    func beyond() throws {
        let speck = try grid.line([(500.1, 500), (500.3, 500.2)])
        #expect(grid.collapses(.geometryCollection([.lineString(speck), .point(at(111, -90))])))
        #expect(!grid.collapses(.geometryCollection([.lineString(speck), .point(grid.at(500, 500))])))
    }

    @Test("nothing is left of nothing")
    func empty() {
        #expect(grid.collapses(.geometryCollection([])))
    }
}
