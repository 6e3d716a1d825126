import Foundation

/// The tiles of one zoom that can show something of a box: a run of columns and a run of rows.
package struct TileRange: Equatable, Sendable {
    package let zoom: Int
    package let columns: ClosedRange<Int>
    package let rows: ClosedRange<Int>

    /// - Parameters:
    ///   - zoom: one of `TileAddress.zooms`.
    ///   - box: west ≤ east; what lies beyond ±85.05° counts as at the edge of the square.
    ///   - buffer: how far a tile shows beyond its sides, edge included, as a share of its side.
    package init(zoom: Int, around box: BoundingBox, buffer: Double = TileGrid.buffer / TileGrid.extent) {
        self.zoom = zoom
        let side = Double(1 << zoom)
        func run(_ low: Double, _ high: Double) -> ClosedRange<Int> {
            let first = Int(min(max((low * side - buffer).rounded(.up) - 1, 0), side - 1))
            let last = Int(min(max((high * side + buffer).rounded(.down), 0), side - 1))
            return first...max(first, last)
        }
        func place(_ longitude: Double, _ latitude: Double) -> (x: Double, y: Double) {
            let (x, y) = WebMercator.project(Coordinate(clampingLongitude: longitude, latitude: latitude))
            return (x, min(max(y, 0), 1))
        }
        let (northWest, southEast) = (place(box.west, box.north), place(box.east, box.south))
        columns = run(northWest.x, southEast.x)
        rows = run(northWest.y, southEast.y)
    }
}
