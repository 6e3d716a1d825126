import MapGeometry

/// Features that become points at the same zoom, in order, with running sums of where they stand.
///
/// A cell of the quadtree is one run of Hilbert keys, so two searches and two subtractions tell how many
/// of them stand in a cell and where their middle is, however many they are.
struct PointLikeGroup: Sendable {
    /// The last zoom at which these stand as points; −1 for never.
    let lastZoom: Int
    /// Feature numbers, ascending.
    let numbers: [UInt32]
    /// Over the shapes of a group of shapes, for the zooms at which they stand as what they are.
    let tree: PackedTree?
    private let sums: RunningSums

    /// Points stand as points at every zoom.
    static let everyZoom = Int.max

    init(lastZoom: Int, numbers: [UInt32], keys: [UInt64], boxes: [BoundingBox]) {
        self.lastZoom = lastZoom
        self.numbers = numbers
        tree = lastZoom == Self.everyZoom ? nil : PackedTree(leaves: boxes.gathered(numbers))
        sums = RunningSums(numbers.lazy.map { keys[Int($0)] })
    }

    /// The sum over members `run` (positions in `numbers`).
    func sum(_ run: Range<Int>) -> CellSum { sums.sum(run) }
}

/// Sums of columns and rows of the finest grid over the first 0, 1, 2, … of some features.
struct RunningSums: Sendable {
    private var columns: [Int64] = [0]
    private var rows: [Int64] = [0]

    init(_ keys: some Collection<UInt64>) {
        columns.reserveCapacity(keys.count + 1)
        rows.reserveCapacity(keys.count + 1)
        var sum = CellSum()
        for key in keys {
            sum.add(key: key)
            columns.append(sum.columns)
            rows.append(sum.rows)
        }
    }

    func sum(_ run: Range<Int>) -> CellSum {
        CellSum(
            count: run.count,
            columns: columns[run.upperBound] - columns[run.lowerBound],
            rows: rows[run.upperBound] - rows[run.lowerBound]
        )
    }

    /// Puts one more feature in at a position.
    mutating func insert(key: UInt64, at place: Int) {
        var one = CellSum()
        one.add(key: key)
        columns.insert(columns[place] + one.columns, at: place + 1)
        rows.insert(rows[place] + one.rows, at: place + 1)
        for later in (place + 2)..<max(place + 2, columns.count) {
            columns[later] += one.columns
            rows[later] += one.rows
        }
    }
}

/// How many features stand somewhere, and the sums of their columns and rows of the finest grid.
///
/// Whole numbers, so that a sum is the same in whatever order it was made.
struct CellSum: Sendable {
    private(set) var count = 0
    private(set) var columns: Int64 = 0
    private(set) var rows: Int64 = 0

    mutating func add(key: UInt64) {
        let cell = Self.finestCell(key)
        count += 1
        columns += Int64(cell.x)
        rows += Int64(cell.y)
    }

    mutating func add(_ other: CellSum) {
        count += other.count
        columns += other.columns
        rows += other.rows
    }

    mutating func subtract(_ other: CellSum) {
        count -= other.count
        columns -= other.columns
        rows -= other.rows
    }

    /// The mean position in the mercator square, 0…1, x eastwards and y southwards.
    var mean: (x: Double, y: Double) {
        let side = Double(UInt64(1) << HilbertCurve.levels)
        return (
            (Double(columns) / Double(count) + 0.5) / side,
            (Double(rows) / Double(count) + 0.5) / side
        )
    }

    /// Places that tiles cannot show have no cell and add nothing.
    private static func finestCell(_ key: UInt64) -> (x: UInt32, y: UInt32) {
        key >= WebMercator.keyOutside ? (0, 0) : HilbertCurve.cell(key: key, level: HilbertCurve.levels)
    }

    init() {}

    init(count: Int, columns: Int64, rows: Int64) {
        self.count = count
        self.columns = columns
        self.rows = rows
    }
}
