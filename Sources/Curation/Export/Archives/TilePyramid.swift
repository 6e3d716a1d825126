import Contributions
import MapFormats
import MapGeometry
import SpatialIndex

/// Every tile of a layer that is not empty, from the world down, in the order in which archives keep them: zoom by
/// zoom, along Hilbert's curve.
///
/// It descends only where something stands: a tile of which `TileHint` says that all inside it is empty has no
/// children, and one that is full stands for all inside it without looking at them. Tiles are those that the server
/// gives out, but at the last zoom, which maps stretch: there features stand by themselves, since a cluster would
/// never open, unless there are more than `mostAlone` in one tile.
struct TilePyramid: Sendable {
    /// Tiles in a row on Hilbert's curve of one zoom that have the same content.
    struct Run {
        let zoom: Int
        /// Of the first, on the curve of its zoom.
        let first: UInt64
        let count: UInt64
        let tile: [UInt8]
        /// Whether the same content may come again elsewhere: areas fill it.
        let isUniform: Bool

        var addresses: [TileAddress] {
            (first..<(first + count)).compactMap { TilePyramid.address(zoom: zoom, key: $0) }
        }
    }

    private struct Branch {
        let first: UInt64
        let count: UInt64
        /// The content of all its tiles, when they are full; nil for one tile to be looked at.
        let tile: [UInt8]?
    }

    static let zooms = 0...14
    /// A tile of so many features is some megabytes large.
    static let mostAlone = 20_000

    private let layer: String
    private let snapshot: IndexSnapshot
    private let filter: FeatureFilter
    private let last: Int

    init(
        of layer: LayerIdentifier, snapshot: IndexSnapshot, matching filter: FeatureFilter,
        zooms: ClosedRange<Int> = zooms
    ) {
        self.layer = layer.text
        self.snapshot = snapshot
        self.filter = filter
        last = zooms.upperBound
    }

    /// - Parameter feature: shown each feature of the last zoom, several times where it stands in several tiles.
    func forEachRun(
        feature: (VectorTileFeature) -> Void = { _ in }, _ body: (Run) throws -> Void
    ) throws {
        var branches = [Branch(first: 0, count: 1, tile: nil)]
        for zoom in 0...last {
            var next: [Branch] = []
            for branch in branches {
                if let tile = branch.tile {
                    try body(Run(zoom: zoom, first: branch.first, count: branch.count, tile: tile, isUniform: true))
                    next.append(Branch(first: branch.first * 4, count: branch.count * 4, tile: tile))
                } else {
                    next += try grow(branch.first, zoom: zoom, feature, body)
                }
            }
            branches = next
        }
    }

    /// Gives one tile out; answers with what is to be looked at inside it.
    private func grow(
        _ key: UInt64, zoom: Int, _ feature: (VectorTileFeature) -> Void, _ body: (Run) throws -> Void
    ) throws -> [Branch] {
        guard let address = Self.address(zoom: zoom, key: key) else { return [] }
        let contents = contents(of: address)
        let tile = try contents.vectorTile
        if zoom == last { try contents.vectorLayer.features.forEach(feature) }
        let isFull = contents.hint == .full
        if !tile.isEmpty { try body(Run(zoom: zoom, first: key, count: 1, tile: tile, isUniform: isFull)) }
        if isFull, !tile.isEmpty { return [Branch(first: key * 4, count: 4, tile: tile)] }
        if contents.hint == .empty { return [] }
        return (key * 4..<key * 4 + 4).map { Branch(first: $0, count: 1, tile: nil) }
    }

    private func contents(of address: TileAddress) -> TileContents {
        func contents(mayCluster: Bool) -> TileContents {
            TileContents(
                of: address, layer: layer, snapshot: snapshot, matching: filter, mayCluster: mayCluster)
        }
        guard address.zoom == last else { return contents(mayCluster: true) }
        let clustered = contents(mayCluster: true)
        return clustered.featureCount <= Self.mostAlone ? contents(mayCluster: false) : clustered
    }

    static func address(zoom: Int, key: UInt64) -> TileAddress? {
        let cell = HilbertCurve.cell(key: key, level: zoom)
        return try? TileAddress(zoom: zoom, column: Int(cell.x), row: Int(cell.y))
    }
}

extension TileContents {
    /// Features that show here, those inside clusters too.
    fileprivate var featureCount: Int {
        items.reduce(0) { sum, item in
            if case .cluster(let cluster, _) = item { sum + cluster.count } else { sum + 1 }
        }
    }
}
