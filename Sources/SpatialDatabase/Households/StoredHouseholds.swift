package import Contributions
import GRDB

/// What there is to say of the table of households in a store.
package struct HouseholdSummary: Equatable, Sendable {
    /// Of 200 m; 0 when no table was loaded.
    package let cells: Int
    package let households: Double

    package init(cells: Int, households: Double) {
        self.cells = cells
        self.households = households
    }

    package var sentence: String {
        cells == 0
            ? "none is loaded: a cell of 200 m may be a single house"
            : "\(cells) cells of 200 m, \(Int(households.rounded())) households"
    }
}

extension StoreTransaction {
    /// Puts a table of households in the place of the one before.
    package func replaceHouseholds(with table: HouseholdTable) throws {
        try database.execute(sql: "DELETE FROM household_cell")
        let insertion = try database.cachedStatement(
            sql: "INSERT INTO household_cell (key, thousandths) VALUES (?, ?)")
        for entry in table.entries {
            try insertion.execute(arguments: [Int64(entry.key), entry.thousandths])
        }
    }
}

extension SpatialStore {
    /// The table of households; nil when none was loaded.
    /// - Throws: `StoreError.damagedRow` for what is no cell.
    package func households() throws -> HouseholdTable? {
        try database.read { database in
            var entries: [HouseholdTable.Entry] = []
            let rows = try Row.fetchCursor(database, sql: "SELECT key, thousandths FROM household_cell ORDER BY key")
            while let row = try rows.next() {
                let key: Int64 = row[0]
                guard let entry = HouseholdTable.Entry(key: UInt64(key), thousandths: row[1]) else {
                    throw StoreError.damagedRow(table: "household_cell", number: key)
                }
                entries.append(entry)
            }
            return entries.isEmpty ? nil : try HouseholdTable(entries)
        }
    }

    /// How large the table of households is; in a store that no newer version has opened yet there is none.
    package func householdSummary() throws -> HouseholdSummary {
        try database.read { try HouseholdSummary($0) }
    }
}

extension HouseholdSummary {
    init(_ database: Database) throws {
        let sql = "SELECT count(*), total(thousandths) / 1000 FROM household_cell"
        let row = try database.tableExists("household_cell") ? Row.fetchOne(database, sql: sql) : nil
        self.init(cells: row?[0] ?? 0, households: row?[1] ?? 0)
    }
}
