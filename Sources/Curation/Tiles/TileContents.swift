import Contributions
import MapFormats
package import MapGeometry
package import SpatialIndex

/// What stands in one tile of a layer, ready to be written in either format with the same features.
package struct TileContents: Sendable {
    enum Item: Sendable {
        /// A feature and what of it shows here, at least one shape.
        case feature(FeatureReference, [TileShape])
        case cluster(FeatureCluster, TilePosition)
    }

    /// What of its surroundings a tile shows, as a share of its side.
    static let buffer = TileGrid.buffer / TileGrid.extent
    /// How far beyond its sides a tile looks before it speaks for those inside it: twice what it shows, as a share of
    /// its side. A cluster of a tile inside it may stand within half its buffer and have no member there, but within
    /// the whole of it.
    static let reach = 2 * buffer

    let layer: String
    let grid: TileGrid
    let items: [Item]
    /// What it tells of the tiles inside it; nil for nothing certain.
    package let hint: TileHint?

    /// - Parameters:
    ///   - layer: the name that the layer bears in the tile.
    ///   - mayCluster: false for a tile that is stretched beyond its zoom, where a cluster would never open.
    package init(
        of address: TileAddress, layer: String, snapshot: IndexSnapshot, matching filter: FeatureFilter = .all,
        mayCluster: Bool = true
    ) {
        let grid = TileGrid(address)
        self.layer = layer
        self.grid = grid
        let items = snapshot.tileEntries(
            of: address, buffer: Self.buffer, matching: filter, mayCluster: mayCluster
        )
        .compactMap { Item($0, grid) }
        #if DEBUG
            self.items = SeededLeak.planted?.displaced(items, grid, snapshot, filter) ?? items
        #else
            self.items = items
        #endif
        hint = Self.hint(items, grid, snapshot, matching: filter)
    }

    package var isEmpty: Bool { items.isEmpty }
}

extension TileContents.Item {
    /// Nil for a shape whose box meets the tile and which itself does not.
    fileprivate init?(_ entry: TileEntry, _ grid: TileGrid) {
        switch entry {
        case .feature(let feature):
            guard let drawing = feature.drawing else { return nil }
            let shapes = grid.shapes(of: drawing)
            if !shapes.isEmpty {
                self = .feature(feature, shapes)
            } else if let point = Self.standIn(for: feature, grid) {
                self = .feature(feature, [point])
            } else {
                return nil
            }
        case .shapeAsPoint(let feature, let x, let y):
            self = .feature(feature, [.points([grid.place(x: x, y: y).snapped])])
        case .cluster(let cluster):
            self = .cluster(cluster, grid.place(x: cluster.x, y: cluster.y).snapped)
        }
    }

    /// A shape too thin for this zoom stands as a point at the middle of its box, like one too small.
    private static func standIn(for feature: FeatureReference, _ grid: TileGrid) -> TileShape? {
        guard let geometry = feature.geometry, let centre = feature.box?.centre else { return nil }
        let (x, y) = WebMercator.project(centre)
        guard grid.shows(x: x, y: y), grid.collapses(geometry) else { return nil }
        return .points([grid.place(x: x, y: y).snapped])
    }
}
