import GRDB

/// Inserts rows of few columns that come in the order of their table, many a statement, which costs half of one by one.
struct RowsTogether {
    private let one: BareStatement
    private let many: BareStatement
    private let columns: Int
    /// Of rows not yet written, one behind the other.
    private var waiting: [BareStatement.Value] = []

    private static let rowsAtOnce = 64

    /// - Parameter table: with its columns, as in "layer (number, title)".
    init(into table: String, columns: Int, _ database: Database) throws {
        let row = "(" + Array(repeating: "?", count: columns).joined(separator: ", ") + ")"
        one = try BareStatement("INSERT INTO \(table) VALUES \(row)", database)
        let rows = Array(repeating: row, count: Self.rowsAtOnce).joined(separator: ", ")
        many = try BareStatement("INSERT INTO \(table) VALUES \(rows)", database)
        self.columns = columns
        waiting.reserveCapacity(columns * Self.rowsAtOnce)
    }

    /// Takes as many values as there are columns; they are in the table after `finish` at the latest.
    mutating func append(_ values: BareStatement.Value...) throws {
        waiting.append(contentsOf: values)
        guard waiting.count == columns * Self.rowsAtOnce else { return }
        try many.insert(waiting)
        waiting.removeAll(keepingCapacity: true)
    }

    /// To be called behind the last.
    mutating func finish() throws {
        for start in stride(from: 0, to: waiting.count, by: columns) {
            try one.insert(Array(waiting[start..<(start + columns)]))
        }
        waiting = []
    }
}
