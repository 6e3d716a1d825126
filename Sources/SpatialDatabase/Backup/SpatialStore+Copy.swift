import Foundation
import GRDB
import GRDBSQLite

/// What a copy of a store holds, counted when it was opened to be examined.
package struct StoreCounts: Codable, Equatable, Sendable {
    package let layers: Int
    package let contributions: Int
    package let published: Int
    package let erased: Int
    package let journal: Int

    init(_ database: Database) throws {
        func count(_ table: String) throws -> Int {
            try Int.fetchOne(database, sql: "SELECT count(*) FROM \(table)") ?? 0
        }
        layers = try count("layer")
        contributions = try count("contribution")
        published = try count("published_feature")
        erased = try count("erased")
        journal = try count("journal")
    }
}

extension SpatialStore {
    /// Copies one moment of the store at `path` into one new file, beside whoever writes to it.
    ///
    /// The connection that reads is opened read-only and takes all pages in one step: it neither writes nor
    /// checkpoints, nobody waits for it, and no write makes it begin again. To be called in another process than the
    /// server's, where it costs the answering nothing but the disk: pages are written past the kernel's cache.
    /// - Throws: `StoreError.missing`, `StoreError.notAStore`; what the disk refuses.
    package static func copy(path: String, to copy: String) throws {
        let store = try openForReading(path: path)
        defer { try? store.close() }
        do {
            try store.database.read { try write($0, to: copy) }
        } catch {
            throw StoreError.sentence(for: error, path: copy)
        }
        for ending in ["-wal", "-shm", "-journal"] { try? FileManager.default.removeItem(atPath: copy + ending) }
    }

    private static func write(_ source: Database, to path: String) throws {
        var target: OpaquePointer?
        defer { sqlite3_close(target) }
        func check(_ code: Int32) throws {
            guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
        }
        try check(sqlite3_open_v2(path, &target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, DirectFileSystem.name))
        guard let backup = sqlite3_backup_init(target, "main", source.sqliteConnection, "main") else {
            throw DatabaseError(resultCode: ResultCode(rawValue: sqlite3_errcode(target)))
        }
        sqlite3_backup_step(backup, -1)
        try check(sqlite3_backup_finish(backup))
        // The copy says of itself that it has a write-ahead log, and it is to be one file.
        try check(sqlite3_exec(target, "PRAGMA journal_mode = DELETE", nil, nil, nil))
    }

    /// Opens a copy that nobody writes to, reads all of it and counts what it holds.
    /// - Throws: `StoreError.notAStore` for what is damaged; `StoreError.newer` for a store of a later version.
    package static func examine(copy path: String) throws -> StoreCounts {
        let migrator = try StoreMigrations.migrator()
        let store = try openForReading(path: path)
        defer { try? store.close() }
        do {
            return try store.database.read { database in
                guard try !migrator.hasBeenSuperseded(database) else { throw StoreError.newer(path: path) }
                let complaints = try String.fetchAll(database, sql: "PRAGMA integrity_check(1)")
                let orphans = try Row.fetchOne(database, sql: "PRAGMA foreign_key_check")
                guard complaints == ["ok"], orphans == nil else { throw StoreError.notAStore(path: path) }
                return try StoreCounts(database)
            }
        } catch let error as DatabaseError
            where error.resultCode == .SQLITE_CORRUPT || error.resultCode == .SQLITE_NOTADB
        {
            throw StoreError.notAStore(path: path)
        }
    }
}
