import GRDB

/// Tells the change feed of features that have been added, in their order and many at once.
///
/// A statement for each would count the sequence up in a table of its own, and make another of the words that the check
/// of an action allows; one statement for many does both once.
struct AddedFeatures {
    private let statement: BareStatement
    /// Rows of features that follow one another without a gap.
    private var run: ClosedRange<Int64>?
    /// No statement takes so long that it counts as slow.
    private static let longestRun = 20_000

    init(_ database: Database) throws {
        statement = try BareStatement(
            """
            INSERT INTO change (layer, public_id, action)
            SELECT layer, public_id, 'added' FROM published_feature WHERE number BETWEEN ? AND ? ORDER BY number
            """, database)
    }

    /// - Parameter number: the row of a feature that has been written, and stays until `write`.
    mutating func append(_ number: Int64) throws {
        if let run, run.upperBound + 1 == number, run.count < Self.longestRun {
            self.run = run.lowerBound...number
        } else {
            try write()
            run = number...number
        }
    }

    mutating func write() throws {
        guard let run else { return }
        try statement.insert(.integer(run.lowerBound), .integer(run.upperBound))
        self.run = nil
    }
}
