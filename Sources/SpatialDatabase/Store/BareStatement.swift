import Foundation
import GRDB
import GRDBSQLite

/// An INSERT whose values are bound one after the other without an object for each: for rows by the million.
///
/// Its SQL is checked and compiled by GRDB like any other; only binding and stepping go past it.
struct BareStatement {
    private let statement: Statement
    private let database: Database
    private var pointer: SQLiteStatement { statement.sqliteStatement }

    /// How SQLite says that it should copy what it is given.
    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    init(_ sql: String, _ database: Database) throws {
        statement = try database.makeStatement(sql: sql)
        self.database = database
    }

    /// Values in the order of the question marks.
    enum Value {
        case integer(Int64?)
        case real(Double)
        case text(String?)
        case blob([UInt8]?)
    }

    /// Inserts one row.
    /// - Throws: `DatabaseError`.
    func insert(_ values: Value...) throws { try insert(values) }

    /// Inserts as many rows as the statement has.
    /// - Throws: `DatabaseError`.
    func insert(_ values: [Value]) throws {
        for (place, value) in values.enumerated() { bind(value, at: Int32(place + 1)) }
        try step()
    }

    /// Inserts one row: one or two whole numbers, and behind them some of `packed`, which SQLite reads where they lie.
    ///
    /// - Returns: the number of the row.
    /// - Throws: `DatabaseError`.
    @discardableResult
    func insert(
        _ number: Int64, _ second: Int64? = nil, from packed: PackedValues, _ range: Range<Int>
    ) throws -> Int64 {
        sqlite3_bind_int64(pointer, 1, number)
        var place: Int32 = 2
        if let second {
            sqlite3_bind_int64(pointer, place, second)
            place += 1
        }
        try packed.bytes.withUnsafeBytes { bytes in
            // What is bound lies there no longer than this call.
            defer { sqlite3_clear_bindings(pointer) }
            for value in packed.values[range] {
                bind(value, in: bytes, at: place)
                place += 1
            }
            try step()
        }
        return sqlite3_last_insert_rowid(database.sqliteConnection)
    }

    private func step() throws {
        let code = sqlite3_step(pointer)
        guard code == SQLITE_DONE else {
            let extended = sqlite3_extended_errcode(database.sqliteConnection)
            let message = database.lastErrorMessage
            sqlite3_reset(pointer)
            throw DatabaseError(resultCode: ResultCode(rawValue: extended), message: message)
        }
        sqlite3_reset(pointer)
    }

    private func bind(_ value: PackedValues.Value, in bytes: UnsafeRawBufferPointer, at place: Int32) {
        switch value {
        case .none: sqlite3_bind_null(pointer, place)
        case .integer(let number): sqlite3_bind_int64(pointer, place, number)
        case .text(let start, let count):
            let text = bytes.baseAddress.map { ($0 + Int(start)).assumingMemoryBound(to: CChar.self) }
            sqlite3_bind_text(pointer, place, text, Int32(count), nil)
        case .blob(let start, let count):
            sqlite3_bind_blob(pointer, place, bytes.baseAddress.map { $0 + Int(start) }, Int32(count), nil)
        }
    }

    private func bind(_ value: Value, at place: Int32) {
        switch value {
        case .integer(let number?): sqlite3_bind_int64(pointer, place, number)
        case .real(let number): sqlite3_bind_double(pointer, place, number)
        case .text(let text?):
            let count = Int32(text.utf8.count)
            _ = text.withCString { sqlite3_bind_text(pointer, place, $0, count, Self.copied) }
        case .blob(let bytes?):
            bytes.withUnsafeBytes { bytes in
                _ = sqlite3_bind_blob(pointer, place, bytes.baseAddress, Int32(bytes.count), Self.copied)
            }
        case .integer(nil), .text(nil), .blob(nil): sqlite3_bind_null(pointer, place)
        }
    }
}
