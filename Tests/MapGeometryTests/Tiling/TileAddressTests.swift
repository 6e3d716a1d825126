import MapGeometry
import TestSupport
import Testing

@Suite("Tile addresses")
struct TileAddressTests {
    @Test("the corners of every zoom's matrix are tiles and what lies beyond is not", arguments: TileAddress.zooms)
    func matrix(zoom: Int) throws {
        let side = 1 << zoom
        #expect(try TileAddress(zoom: zoom, column: 0, row: 0).matrixSize == side)
        #expect(try TileAddress(zoom: zoom, column: side - 1, row: side - 1).row == side - 1)
        for (column, row) in [(-1, 0), (0, -1), (side, 0), (0, side), (Int.max, 0), (0, Int.min)] {
            #expect(throws: GeometryError.tileOutsideMatrix(zoom: zoom, column: column, row: row)) {
                try TileAddress(zoom: zoom, column: column, row: row)
            }
        }
    }

    @Test("zooms beyond 0…22 are refused", arguments: [-1, 23, 64, Int.max, Int.min])
    func zoomOutside(zoom: Int) {
        #expect(throws: GeometryError.tileOutsideMatrix(zoom: zoom, column: 0, row: 0)) {
            try TileAddress(zoom: zoom, column: 0, row: 0)
        }
    }

    @Test(
        "known tiles lie where the standard puts them",
        arguments: [
            (0, 0, 0, [-180, -85.051_128_78, 180, 85.051_128_78]),
            (1, 1, 0, [0, 0, 180, 85.051_128_78]),
            (1, 0, 1, [-180, -85.051_128_78, 0, 0]),
            (2, 2, 1, [0, 0, 90, 66.513_260_44]),
            (3, 0, 4, [-180, -40.979_898_07, -135, 0]),
            (12, 2074, 1409, [2.285_156_25, 48.806_863_46, 2.373_046_88, 48.864_714_76]),
        ])
    func knownTiles(zoom: Int, column: Int, row: Int, expected: [Double]) throws {
        let box = try TileAddress(zoom: zoom, column: column, row: row).boundingBox()
        for (edge, value) in zip([box.west, box.south, box.east, box.north], expected) {
            #expect(abs(edge - value) < 1e-8, "\(edge) is not \(value)")
        }
    }

    @Test("neighbours share their edges", arguments: 1...22)
    func neighboursShareEdges(zoom: Int) throws {
        var random = SeededGenerator(seed: UInt64(zoom))
        for _ in 0..<20 {
            let column = random.integer(0...((1 << zoom) - 2))
            let row = random.integer(0...((1 << zoom) - 2))
            let box = try TileAddress(zoom: zoom, column: column, row: row).boundingBox()
            let east = try TileAddress(zoom: zoom, column: column + 1, row: row).boundingBox()
            let south = try TileAddress(zoom: zoom, column: column, row: row + 1).boundingBox()
            #expect(box.east == east.west && box.south == south.north, "seed \(zoom)")
        }
    }

    @Test("a buffer widens a tile on each side by its share and ends at the world's edge")
    func buffers() throws {
        let tile = try TileAddress(zoom: 3, column: 2, row: 5)
        let box = tile.boundingBox()
        let wide = tile.boundingBox(buffer: 0.5)
        #expect(abs(box.west - wide.west - 22.5) < 1e-9 && abs(wide.east - box.east - 22.5) < 1e-9)
        #expect(wide.north > box.north && wide.south < box.south)
        let corner = try TileAddress(zoom: 3, column: 0, row: 0)
        #expect(corner.boundingBox(buffer: 0.1).west == -180)
        #expect(corner.boundingBox(buffer: 0.1).north == corner.boundingBox().north)
        let last = try TileAddress(zoom: 3, column: 7, row: 7)
        #expect(last.boundingBox(buffer: 0.1).east == 180)
    }

    @Test("a tile's decimals tell neighbouring units apart, and one fewer would not", arguments: TileAddress.zooms)
    func decimals(zoom: Int) throws {
        let side = 1 << zoom
        for row in Set([0, side / 4, side / 2, side - 1]) {
            let address = try TileAddress(zoom: zoom, column: side / 2, row: row)
            let unit = finestUnit(of: address)
            #expect(address.decimals <= 7)
            if address.decimals < 7 { #expect(step(address.decimals) <= unit, "zoom \(zoom), row \(row)") }
            #expect(step(address.decimals - 1) > unit * 0.9, "zoom \(zoom), row \(row)")
        }
    }

    @Test("decimals grow with the zoom up to seven")
    func decimalsPerZoom() throws {
        let decimals = try TileAddress.zooms.map { zoom in
            try TileAddress(zoom: zoom, column: 0, row: (1 << zoom) / 2).decimals
        }
        #expect(decimals == [3, 3, 3, 3, 3, 3, 3, 4, 4, 4, 5, 5, 5, 5, 6, 6, 6, 7, 7, 7, 7, 7, 7])
    }

    private func step(_ decimals: Int) -> Double { (0..<max(decimals, 0)).reduce(1) { step, _ in step / 10 } }

    /// The smallest difference in degrees between neighbouring units along the tile's four edges.
    private func finestUnit(of address: TileAddress) -> Double {
        let grid = TileGrid(address)
        func latitude(_ y: Int32) -> Double { grid.unproject(TilePosition(x: 0, y: y)).latitude }
        let width =
            grid.unproject(TilePosition(x: 1, y: 0)).longitude - grid.unproject(TilePosition(x: 0, y: 0)).longitude
        return min(width, latitude(0) - latitude(1), latitude(4095) - latitude(4096))
    }
}
