import Foundation
import GRDB
import MapGeometry

/// Puts many boxes into the store's spatial index at once.
///
/// As many as are there already, or more, are packed with those into a new tree: neighbours along Hilbert's curve share
/// a node, level by level, and each node is written once (I. Kamel and C. Faloutsos, "On packing R-trees", CIKM 1993).
/// Fewer are inserted one by one. The layout of nodes is that of SQLite's documentation, "The SQLite R*Tree Module",
/// section 6; a test has SQLite check it.
struct GroundPacking {
    private struct Cell {
        let number: Int64
        let key: UInt64
        var xmin: Float
        var xmax: Float
        var ymin: Float
        var ymax: Float
    }

    /// Of the 51 that a node has room for: what comes later finds room without dividing each.
    private static let cellsANode = 44
    private static let table = "idx_published_feature_geometry"

    private let database: Database
    private let before: Int
    private var cells: [Cell] = []

    init(_ database: Database) throws {
        self.database = database
        before = try Int.fetchOne(database, sql: "SELECT count(*) FROM \(Self.table)_rowid") ?? 0
    }

    /// - Parameter key: the Hilbert key of the middle of the box.
    mutating func append(_ box: BoundingBox, key: UInt64, of number: Int64) {
        cells.append(
            Cell(
                number: number, key: key, xmin: .atMost(box.west), xmax: .atLeast(box.east), ymin: .atMost(box.south),
                ymax: .atLeast(box.north)))
    }

    mutating func write() throws {
        guard !cells.isEmpty else { return }
        if cells.count < before { return try insertEach() }
        try takeWhatIsThere()
        cells.sort { ($0.key, $0.number) < ($1.key, $1.number) }
        for part in ["node", "rowid", "parent"] { try database.execute(sql: "DELETE FROM \(Self.table)_\(part)") }
        try writeNumbers()
        try writeNodes()
    }

    private func insertEach() throws {
        let insert = try BareStatement(
            "INSERT INTO \(Self.table) (pkid, xmin, xmax, ymin, ymax) VALUES (?, ?, ?, ?, ?)", database)
        for cell in cells {
            try insert.insert(
                .integer(cell.number), .real(Double(cell.xmin)), .real(Double(cell.xmax)), .real(Double(cell.ymin)),
                .real(Double(cell.ymax)))
        }
    }

    private mutating func takeWhatIsThere() throws {
        let rows = try Row.fetchCursor(database, sql: "SELECT pkid, xmin, xmax, ymin, ymax FROM \(Self.table)")
        while let row = try rows.next() {
            let edges = (row[1] as Double, row[2] as Double, row[3] as Double, row[4] as Double)
            let centre = Coordinate(
                clampingLongitude: (edges.0 + edges.1) / 2, latitude: (edges.2 + edges.3) / 2)
            cells.append(
                Cell(
                    number: row[0], key: WebMercator.hilbertKey(of: centre), xmin: Float(edges.0),
                    xmax: Float(edges.1), ymin: Float(edges.2), ymax: Float(edges.3)))
        }
    }

    /// Leaves are numbered from 2 on, the root is 1; a tree of one node is its root.
    private func leaf(of place: Int) -> Int64 {
        cells.count <= Self.cellsANode ? 1 : Int64(2 + place / Self.cellsANode)
    }

    private func writeNumbers() throws {
        var rows = try RowsTogether(into: "\(Self.table)_rowid (rowid, nodeno)", columns: 2, database)
        for place in cells.indices.sorted(by: { cells[$0].number < cells[$1].number }) {
            try rows.append(.integer(cells[place].number), .integer(leaf(of: place)))
        }
        try rows.finish()
    }

    private mutating func writeNodes() throws {
        let node = try BareStatement("INSERT INTO \(Self.table)_node (nodeno, data) VALUES (?, ?)", database)
        let parent = try BareStatement("INSERT INTO \(Self.table)_parent (nodeno, parentnode) VALUES (?, ?)", database)
        var (first, depth) = (Int64(2), 0)
        // The nodes of each level become the cells of the one above.
        while cells.count > Self.cellsANode {
            let count = (cells.count + Self.cellsANode - 1) / Self.cellsANode
            let above = first + Int64(count)
            var parents: [Cell] = []
            for place in 0..<count {
                let members = cells[(place * Self.cellsANode)..<min((place + 1) * Self.cellsANode, cells.count)]
                let number = first + Int64(place)
                try node.insert(.integer(number), .blob(Self.node(members, depth: 0)))
                let isBelowRoot = count <= Self.cellsANode
                try parent.insert(
                    .integer(number), .integer(isBelowRoot ? 1 : above + Int64(place / Self.cellsANode)))
                parents.append(Self.union(members, number: number))
            }
            (cells, first, depth) = (parents, above, depth + 1)
        }
        try node.insert(.integer(1), .blob(Self.node(cells[...], depth: depth)))
    }

    private static func union(_ members: ArraySlice<Cell>, number: Int64) -> Cell {
        var union = Cell(
            number: number, key: 0, xmin: .infinity, xmax: -.infinity, ymin: .infinity, ymax: -.infinity)
        for cell in members {
            (union.xmin, union.xmax) = (min(union.xmin, cell.xmin), max(union.xmax, cell.xmax))
            (union.ymin, union.ymax) = (min(union.ymin, cell.ymin), max(union.ymax, cell.ymax))
        }
        return union
    }

    /// Depth and count in two bytes each, then cells of 24: the number, and four edges as 32-bit floats, all big-endian.
    /// - Parameter depth: of the tree below the root; 0 in every other node.
    private static func node(_ members: ArraySlice<Cell>, depth: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(nodeSize)
        bytes.append(bigEndian: UInt16(depth))
        bytes.append(bigEndian: UInt16(members.count))
        for cell in members {
            bytes.append(bigEndian: UInt64(bitPattern: cell.number))
            for edge in [cell.xmin, cell.xmax, cell.ymin, cell.ymax] { bytes.append(bigEndian: edge.bitPattern) }
        }
        bytes += repeatElement(0, count: nodeSize - bytes.count)
        return bytes
    }

    /// 51 cells and the head: what SQLite chooses for a page of 4,096 bytes and two dimensions.
    private static let nodeSize = 4 + 51 * 24
}

extension [UInt8] {
    fileprivate mutating func append(bigEndian value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
    }
}

extension Float {
    /// Not above a number, by the same steps as SQLite takes.
    fileprivate static func atMost(_ value: Double) -> Float {
        let near = Float(value)
        return Double(near) > value ? Float(value * (value < 0 ? 1 + 0x1p-23 : 1 - 0x1p-23)) : near
    }

    /// Not below a number.
    fileprivate static func atLeast(_ value: Double) -> Float {
        let near = Float(value)
        return Double(near) < value ? Float(value * (value < 0 ? 1 - 0x1p-23 : 1 + 0x1p-23)) : near
    }
}
