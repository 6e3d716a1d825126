import MapGeometry
import SpatialIndex

/// What a tile tells of all tiles inside it, at every further zoom, so that a client need not ask for them.
///
/// Source: OGC 20-057, OGC API – Tiles – Part 1, recommendation /rec/core/tc-deepfullempty.
package enum TileHint: String, Sendable {
    /// Nothing stands in it nor in any tile inside it.
    case empty
    /// The same areas fill it and every tile inside it, and nothing else stands there.
    case full

    /// What a tile joined from several tells; nil among them is a tile that tells nothing.
    package static func joining(_ hints: [TileHint?]) -> TileHint? {
        if hints.contains(nil) { return nil }
        return hints.contains(.full) ? .full : .empty
    }
}

extension TileContents {
    /// Costs nothing but where the tile is empty or full.
    static func hint(
        _ items: [Item], _ grid: TileGrid, _ snapshot: IndexSnapshot, matching filter: FeatureFilter
    ) -> TileHint? {
        let ground = grid.address.boundingBox(buffer: reach)
        if items.isEmpty {
            return snapshot.everyFeature(meeting: ground, matching: filter) { _ in false } ? .empty : nil
        }
        guard items.allSatisfy(\.isOneRectangle) else { return nil }
        let isFull = snapshot.everyFeature(meeting: ground, matching: filter) { feature in
            feature.drawing.map { grid.isFilled(by: $0, margin: reach * TileGrid.extent) } ?? true
        }
        return isFull ? .full : nil
    }
}

extension TileContents.Item {
    /// A quick look before the exact one.
    fileprivate var isOneRectangle: Bool {
        guard case .feature(_, let shapes) = self, shapes.count == 1, case .polygons(let polygons) = shapes[0] else {
            return false
        }
        return polygons.allSatisfy { $0.count == 1 && $0[0].count == 4 }
    }
}
