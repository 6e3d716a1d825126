import MapGeometry

/// The ground that a tile shows: itself and a buffer around it, edges included.
struct TileCells {
    let zoom: Int
    /// The level of the cells that it is made of.
    let level: Int
    /// Finest Hilbert keys of all cells that meet the ground, ascending and apart from each other.
    let keys: [ClosedRange<UInt64>]
    /// Columns and rows of the mercator square, 0…1.
    private let columns: ClosedRange<Double>
    private let rows: ClosedRange<Double>

    /// - Parameter buffer: a share of the tile's side, 0…1.
    init(_ tile: TileAddress, buffer: Double) {
        let buffer = min(max(buffer, 0), 1)
        let side = Double(tile.matrixSize)
        zoom = tile.zoom
        level = min(tile.zoom + ClusterCell.levelsBelowTile, HilbertCurve.levels)
        columns = ((Double(tile.column) - buffer) / side)...((Double(tile.column + 1) + buffer) / side)
        rows = ((Double(tile.row) - buffer) / side)...((Double(tile.row + 1) + buffer) / side)
        keys = Self.keys(tile, level: level, buffer: buffer)
    }

    /// The columns and rows of the mercator square where what stands can change what a tile shows: the tile with
    /// its buffer and all of each cell that meets it, since whatever comes into a cell moves its cluster.
    static func reach(
        of tile: TileAddress, buffer: Double
    ) -> (columns: ClosedRange<Double>, rows: ClosedRange<Double>) {
        let cells = Double(1 << ClusterCell.levelsBelowTile)
        // One unit of the tile more: positions and boxes are rounded on different ways.
        let margin = ((min(max(buffer, 0), 1) * cells).rounded(.down) + 1) / cells + 1 / 4096
        let side = Double(tile.matrixSize)
        func run(_ place: Int) -> ClosedRange<Double> {
            ((Double(place) - margin) / side)...((Double(place + 1) + margin) / side)
        }
        return (run(tile.column), run(tile.row))
    }

    func contains(x: Double, y: Double) -> Bool {
        columns.contains(x) && rows.contains(y)
    }

    private static func keys(_ tile: TileAddress, level: Int, buffer: Double) -> [ClosedRange<UInt64>] {
        let own = HilbertCurve.key(x: UInt32(tile.column), y: UInt32(tile.row), level: tile.zoom)
        var runs = [HilbertCurve.finestKeys(in: own, level: tile.zoom)]
        let cells = 1 << (level - tile.zoom)
        let columns = span(tile.column, cells: cells, buffer)
        let rows = span(tile.row, cells: cells, buffer)
        let last = tile.matrixSize * cells - 1
        for row in rows.clamped(to: 0...last) {
            for column in columns.clamped(to: 0...last) {
                if row / cells == tile.row, column / cells == tile.column { continue }
                let key = HilbertCurve.key(x: UInt32(column), y: UInt32(row), level: level)
                runs.append(HilbertCurve.finestKeys(in: key, level: level))
            }
        }
        return joined(runs.sorted { $0.lowerBound < $1.lowerBound })
    }

    /// The cells in one direction that a tile and its buffer reach. What stands exactly on the eastern or
    /// southern edge is in the cell beyond it.
    private static func span(_ place: Int, cells: Int, _ buffer: Double) -> ClosedRange<Int> {
        let margin = buffer * Double(cells)
        return (place * cells - Int(margin.rounded(.up)))...((place + 1) * cells + Int(margin))
    }

    private static func joined(_ runs: [ClosedRange<UInt64>]) -> [ClosedRange<UInt64>] {
        var joined: [ClosedRange<UInt64>] = []
        for run in runs {
            if let last = joined.last, last.upperBound + 1 == run.lowerBound {
                joined[joined.count - 1] = last.lowerBound...run.upperBound
            } else {
                joined.append(run)
            }
        }
        return joined
    }
}
