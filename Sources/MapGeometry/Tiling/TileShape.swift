/// A position in a tile's own grid: whole units from the north-west corner, x eastwards, y southwards.
///
/// Inside the tile both are 0…4096; in its buffer they go beyond.
package struct TilePosition: Hashable, Sendable {
    package let x: Int32
    package let y: Int32

    @inlinable
    package init(x: Int32, y: Int32) {
        self.x = x
        self.y = y
    }
}

/// What of a geometry shows in a tile, clipped, simplified and on the tile's grid.
///
/// A ring does not repeat its first position. A polygon is its exterior ring, clockwise on the screen
/// (positive area in tile axes), followed by its holes, the other way round (MVT 2.1, section 4.3.4.4).
package enum TileShape: Hashable, Sendable {
    case points([TilePosition])
    case lines([[TilePosition]])
    case polygons([[[TilePosition]]])
}
