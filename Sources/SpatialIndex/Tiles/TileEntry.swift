/// What stands in a tile.
package enum TileEntry: Sendable {
    /// A point, or a shape large enough to be seen as one.
    case feature(FeatureReference)
    /// A shape of less than 4 of the tile's 4096 units, at the centre of its box: x eastwards and y
    /// southwards in the mercator square, 0…1.
    case shapeAsPoint(FeatureReference, x: Double, y: Double)
    case cluster(FeatureCluster)
}

/// Two or more features that share a cell of the quadtree four levels below a zoom.
///
/// Cells are the same whatever tile asks and whatever else is published, and so are clusters.
package struct FeatureCluster: Hashable, Sendable {
    package let cell: ClusterCell
    package let count: Int
    /// The mean position of its features in the mercator square: 0…1, x eastwards, y southwards.
    package let x: Double
    package let y: Double
    /// The first zoom at which its features stand in several cells or one of them is seen as a shape;
    /// 17, where nothing is clustered, at most.
    package let expansionZoom: Int

    package var identifier: UInt64 { cell.identifier }
}

/// A cell in which features are clustered at a zoom: 16 × 16 of them make a tile.
package struct ClusterCell: Hashable, Sendable {
    package let zoom: Int
    /// Its number on the Hilbert curve of its level.
    package let key: UInt64

    package static let zooms = 0...16
    /// Levels of the quadtree between a tile and its cells.
    static let levelsBelowTile = 4

    init(zoom: Int, key: UInt64) {
        self.zoom = zoom
        self.key = key
    }

    /// Nil for a number that no cluster can have.
    package init?(identifier: UInt64) {
        zoom = Int(identifier & 31)
        key = identifier >> 5
        guard Self.zooms.contains(zoom), key >> UInt64(2 * level) == 0 else { return nil }
    }

    /// Unique among all zooms, and below 2⁵³, which JavaScript can count.
    package var identifier: UInt64 { key << 5 | UInt64(zoom) }

    /// The level of the quadtree that it is a cell of.
    var level: Int { zoom + Self.levelsBelowTile }
}
