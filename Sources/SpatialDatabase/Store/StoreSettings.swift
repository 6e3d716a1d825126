import CSpatiaLite
import GRDB
import GRDBSQLite

/// What protects the store on one connection, as read back from SQLite.
package struct StoreSettings: Equatable, Sendable {
    package var sqliteVersion: String
    package var spatialiteVersion: String
    package var journalMode: String
    package var synchronous: Int
    package var foreignKeys: Bool
    package var secureDelete: Int
    package var trustedSchema: Bool
    package var attachLimit: Int
    package var parserFunctions: Int

    init(_ database: Database) throws {
        func pragma<Value: DatabaseValueConvertible>(_ name: String, or absent: Value) throws -> Value {
            try Value.fetchOne(database, sql: "PRAGMA \(name)") ?? absent
        }
        sqliteVersion = String(cString: sqlite3_libversion())
        spatialiteVersion = String(cString: spatialite_version())
        journalMode = try pragma("journal_mode", or: "unknown")
        synchronous = try pragma("synchronous", or: -1)
        foreignKeys = try pragma("foreign_keys", or: false)
        secureDelete = try pragma("secure_delete", or: -1)
        trustedSchema = try pragma("trusted_schema", or: true)
        attachLimit = Int(sqlite3_limit(database.sqliteConnection, SQLITE_LIMIT_ATTACHED, -1))
        parserFunctions = try ParserFunctions.registered(database).count
    }

    /// Each setting with its name, its value, and the value that it must have (nil when any will do).
    package var rows: [(name: String, found: String, expected: String?)] {
        [
            ("SQLite", sqliteVersion, nil),
            ("SpatiaLite", spatialiteVersion, nil),
            ("journal_mode", journalMode, "wal"),
            ("synchronous", synchronous == 2 ? "FULL" : String(synchronous), "FULL"),
            ("foreign_keys", foreignKeys ? "ON" : "OFF", "ON"),
            ("secure_delete", secureDelete == 1 ? "ON" : String(secureDelete), "ON"),
            ("trusted_schema", trustedSchema ? "ON" : "OFF", "OFF"),
            ("attach limit", String(attachLimit), "0"),
            ("parser functions", parserFunctions == 0 ? "unregistered" : "\(parserFunctions) left", "unregistered"),
        ]
    }

    /// - Throws: `StoreError.unsafeSetting` for the first one that is not as it must be.
    func requireSafe() throws(StoreError) {
        for row in rows {
            if let expected = row.expected, row.found != expected {
                throw .unsafeSetting(name: row.name, found: row.found, expected: expected)
            }
        }
    }

    /// The faults that this version of SQLite is known to have and that the design must work around.
    package var knownFaults: [String] {
        let fixed =
            sqliteVersion.compareVersion(to: "3.51.3") >= 0
            || (sqliteVersion.hasPrefix("3.50.") && sqliteVersion.compareVersion(to: "3.50.7") >= 0)
            || (sqliteVersion.hasPrefix("3.44.") && sqliteVersion.compareVersion(to: "3.44.6") >= 0)
        return fixed
            ? [] : ["WAL reset (two writing connections may lose commits): harmless here, one connection writes"]
    }
}

extension String {
    /// Compares dotted version numbers: negative, zero or positive.
    fileprivate func compareVersion(to other: String) -> Int {
        let mine = split(separator: ".").map { Int($0) ?? 0 }
        let theirs = other.split(separator: ".").map { Int($0) ?? 0 }
        for (a, b) in zip(mine, theirs) where a != b { return a - b }
        return mine.count - theirs.count
    }
}
