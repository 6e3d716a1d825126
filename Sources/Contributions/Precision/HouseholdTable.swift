package import MapGeometry

/// How many households live where: counts by cell of 200 m, from a census and never from contributions.
///
/// 16 bytes a cell in use. Cells lie along Hilbert's curve, on which every coarser cell is one unbroken run, so that a
/// sum is two searches whatever the side.
package struct HouseholdTable: Sendable {
    /// Ascending, no two alike.
    private let keys: [UInt64]
    /// What lives in all cells before this one, in thousandths; one more than `keys`.
    private let sums: [Int]

    /// A cell that shows holds at least so many (the floor of INSEE's own grids).
    package static let fewest = 11.0

    /// One row: a cell of 200 m and how many live there. Statistics are fractions where they are estimates.
    package struct Entry: Equatable, Sendable {
        /// The place of the cell along the curve, by which a store knows it.
        package let key: UInt64
        /// Households, in thousandths.
        package let thousandths: Int

        /// Nil for a cell of another side, and for what is no count: negative, not finite, above a million.
        package init?(cell: GridCell, households: Double) {
            guard cell.side == .metres200, (0...1e6).contains(households) else { return nil }
            key = HouseholdTable.keys(in: cell).lowerBound
            thousandths = Int((households * 1_000).rounded())
        }

        /// A row as it was kept; nil for numbers that no row has.
        package init?(key: UInt64, thousandths: Int) {
            guard key < HouseholdTable.keyCount, (0...1_000_000_000).contains(thousandths) else { return nil }
            self.key = key
            self.thousandths = thousandths
        }
    }

    /// A table says a cell twice, and nobody can tell which row is true.
    package struct RepeatedCell: Error, Equatable, CustomStringConvertible {
        package let cell: GridCell
        package var description: String { "the cell \(cell) stands twice in the household table" }
    }

    /// - Throws: `RepeatedCell`.
    package init(_ entries: [Entry]) throws(RepeatedCell) {
        let sorted = entries.sorted { $0.key < $1.key }
        for (entry, next) in zip(sorted, sorted.dropFirst()) where entry.key == next.key {
            throw RepeatedCell(cell: HouseholdTable.cell(ofKey: entry.key))
        }
        keys = sorted.map(\.key)
        var sum = 0
        sums =
            [0]
            + sorted.map { entry in
                sum += entry.thousandths
                return sum
            }
    }

    /// How many cells of 200 m the table knows.
    package var count: Int { keys.count }

    /// The rows of the table, by ascending key.
    package var entries: some Sequence<Entry> {
        keys.indices.lazy.compactMap { Entry(key: keys[$0], thousandths: sums[$0 + 1] - sums[$0]) }
    }

    /// Households in a cell of any side; 0 where the table has no row.
    package func households(in cell: GridCell) -> Double {
        let range = HouseholdTable.keys(in: cell)
        let thousandths = sums[index(notBelow: range.upperBound)] - sums[index(notBelow: range.lowerBound)]
        return Double(thousandths) / 1_000
    }

    /// The smallest cell around this one that holds enough households; the coarsest where none does.
    package func naturalCell(from cell: GridCell) -> GridCell {
        var cell = cell
        while households(in: cell) < HouseholdTable.fewest, let parent = cell.parent { cell = parent }
        return cell
    }

    private func index(notBelow key: UInt64) -> Int {
        var (low, high) = (0, keys.count)
        while low < high {
            let middle = (low + high) / 2
            if keys[middle] < key { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension HouseholdTable {
    /// Kilometres from the origin of the keys to that of the grids: a multiple of the coarsest side.
    private static let offset = 32_768
    private static let level = 16
    /// Cells of 200 m in one of 1 km.
    private static let finest: UInt64 = 25

    /// Keys are below this: two grids, one after the other.
    fileprivate static let keyCount = finest << (2 * UInt64(level) + 1)

    /// The keys of all cells of 200 m in a cell.
    fileprivate static func keys(in cell: GridCell) -> Range<UInt64> {
        let kilometre = cell.coarsened(to: .metres1000)
        let curve = HilbertCurve.key(
            x: UInt32(kilometre.easting / 1_000 + offset), y: UInt32(kilometre.northing / 1_000 + offset), level: level)
        let world: UInt64 = cell.grid == .world ? 1 << (2 * level) : 0
        guard cell.side > .metres200 else {
            let row = (cell.northing - kilometre.northing) / 200 * 5 + (cell.easting - kilometre.easting) / 200
            let key = (world + curve) * finest + UInt64(row)
            return key..<key + 1
        }
        let inside = UInt64(cell.side.metres / 1_000) * UInt64(cell.side.metres / 1_000)
        let first = (world + curve / inside * inside) * finest
        return first..<first + inside * finest
    }

    fileprivate static func cell(ofKey key: UInt64) -> GridCell {
        let (curve, row) = (key / finest, Int(key % finest))
        let (x, y) = HilbertCurve.cell(key: curve & (1 << (2 * level) - 1), level: level)
        return GridCell(
            grid: curve >> (2 * level) == 0 ? .europe : .world, side: .metres200,
            holdingNorthing: Double((Int(y) - offset) * 1_000 + row / 5 * 200),
            easting: Double((Int(x) - offset) * 1_000 + row % 5 * 200))
    }
}
