import Foundation

/// One tile of WebMercatorQuad: zoom 0…22, column (x) from the west, row (y) from the north.
package struct TileAddress: Hashable, Sendable {
    package let zoom: Int
    package let column: Int
    package let row: Int

    package static let zooms = 0...22

    /// - Throws: `GeometryError.tileOutsideMatrix`.
    package init(zoom: Int, column: Int, row: Int) throws(GeometryError) {
        guard TileAddress.zooms.contains(zoom), 0..<(1 << zoom) ~= column, 0..<(1 << zoom) ~= row else {
            throw .tileOutsideMatrix(zoom: zoom, column: column, row: row)
        }
        self.zoom = zoom
        self.column = column
        self.row = row
    }

    /// Tiles along one side of the matrix at this zoom.
    package var matrixSize: Int { 1 << zoom }

    /// The ground of the tile, widened on each side by `buffer` (a share of the tile's side).
    ///
    /// Never crosses the antimeridian: a buffer beyond ±180° is cut there.
    package func boundingBox(buffer: Double = 0) -> BoundingBox {
        let side = Double(matrixSize)
        let northWest = WebMercator.unproject(
            x: max((Double(column) - buffer) / side, 0), y: max((Double(row) - buffer) / side, 0))
        let southEast = WebMercator.unproject(
            x: min((Double(column + 1) + buffer) / side, 1), y: min((Double(row + 1) + buffer) / side, 1))
        return BoundingBox(
            uncheckedWest: northWest.longitude, south: southEast.latitude,
            east: southEast.longitude, north: northWest.latitude
        )
    }

    /// Decimals of a degree that tell apart any two neighbouring units of 1/4096 of this tile; 7 at most.
    package var decimals: Int {
        let box = boundingBox()
        // Mercator stretches latitude by 1 / cos φ: units are narrowest in degrees where the tile is nearest a pole.
        let narrowest = cos(max(abs(box.south), abs(box.north)) * .pi / 180)
        let unit = 360 / (Double(matrixSize) * TileGrid.extent) * narrowest
        var decimals = 0
        var step = 1.0
        while step > unit, decimals < 7 {
            decimals += 1
            step /= 10
        }
        return decimals
    }
}
