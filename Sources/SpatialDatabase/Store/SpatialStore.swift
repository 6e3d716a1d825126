import Foundation
import GRDB

/// The one SpatiaLite file in which everything lives.
///
/// Opened for writing by one process at a time, whose single writing connection is the only one in the
/// world that writes or checkpoints; every other connection is opened read-only. See
/// `Documentation/Decisions/0002-one-writer.md`.
///
/// ```swift
/// let store = try SpatialStore.openForWriting(path: "data/lieudit.sqlite")
/// try await store.write { try $0.create(layer) }
/// ```
package struct SpatialStore: Sendable {
    package let path: String
    let database: any DatabaseWriter
    /// Held while this process may write; nil when the store was opened for reading.
    private let lock: StoreLock?
    /// Where it is written down outside the store what must never come back; nil when opened for reading.
    package let tombstones: TombstoneFile?
    package let slowQueries: SlowQueries
    package let condition = StoreCondition()
    let gate: WriteGate

    /// How long a piece of writing waits for a longer one before it is told to come back.
    package static let patience = Duration.seconds(10)

    /// Opens the store, creating the file and its folder when missing, and brings its schema up to date.
    ///
    /// - Parameter tombstones: the file outside the store where erasures are written down, best on another disk; nil
    ///   for the one beside the store.
    /// - Throws: `StoreError.locked` when another process writes; `StoreError.unsafeSetting` when SQLite
    ///   does not hold a protection it was asked for; `StoreError.newer` for a store of a later version.
    package static func openForWriting(path: String, tombstones: String? = nil) throws -> SpatialStore {
        try opening(path) {
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let lock = try StoreLock(storePath: path)
            let slowQueries = SlowQueries()
            let pool = try DatabasePool(
                path: path, configuration: configuration(isReadOnly: false, watchedBy: slowQueries))
            let migrator = try StoreMigrations.migrator()
            guard try !pool.read(migrator.hasBeenSuperseded) else { throw StoreError.newer(path: path) }
            try migrator.migrate(pool)
            try pool.writeWithoutTransaction { database in
                // The pool lowers this to NORMAL when it turns the journal to WAL.
                try database.execute(sql: "PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 67108864")
                try StoreSettings(database).requireSafe()
            }
            let store = SpatialStore(
                path: path, database: pool, lock: lock,
                tombstones: try TombstoneFile(path: tombstones ?? path + ".tombstones"), slowQueries: slowQueries)
            try store.completeTombstones()
            return store
        }
    }

    /// Turns what SQLite and the file system say while a store is opened into a sentence.
    private static func opening(_ path: String, _ open: () throws -> SpatialStore) throws -> SpatialStore {
        do {
            return try open()
        } catch let error as DatabaseError
            where error.resultCode == .SQLITE_NOTADB || error.resultCode == .SQLITE_CORRUPT
        {
            throw StoreError.notAStore(path: path)
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CANTOPEN {
            throw StoreError.cannotOpen(path: path, reason: "it is a folder, or this user may not write there")
        } catch let error as CocoaError {
            throw StoreError.cannotOpen(path: path, reason: error.localizedDescription)
        }
    }

    /// Opens an existing store for reading only, beside whoever writes to it.
    ///
    /// - Throws: `StoreError.missing`, `StoreError.notAStore`.
    package static func openForReading(path: String) throws -> SpatialStore {
        guard FileManager.default.fileExists(atPath: path) else { throw StoreError.missing(path: path) }
        return try opening(path) {
            let queue = try DatabaseQueue(path: path, configuration: configuration(isReadOnly: true))
            guard try queue.read({ try $0.tableExists("published_feature") }) else {
                throw StoreError.notAStore(path: path)
            }
            return SpatialStore(path: path, database: queue, lock: nil, tombstones: nil)
        }
    }

    private init(
        path: String, database: any DatabaseWriter, lock: StoreLock?, tombstones: TombstoneFile?,
        slowQueries: SlowQueries = SlowQueries()
    ) {
        self.slowQueries = slowQueries
        self.path = path
        self.database = database
        self.lock = lock
        self.tombstones = tombstones
        gate = WriteGate(tombstones: tombstones, slowQueries: slowQueries)
    }

    static func configuration(isReadOnly: Bool, watchedBy slowQueries: SlowQueries? = nil) -> Configuration {
        _ = SpatiaLiteConnection.isWithoutMemoryCounts
        var configuration = Configuration()
        configuration.readonly = isReadOnly
        configuration.busyMode = .timeout(5)
        configuration.maximumReaderCount = 4
        configuration.prepareDatabase { database in
            try SpatiaLiteConnection.prepare(database)
            slowQueries?.watch(database)
            database.add(function: GeodesicFunction.metres)
            database.add(function: SpellingFunction.oneSpelling)
        }
        return configuration
    }

    /// Whether some process is writing to the store at `path`.
    package static func isWritten(path: String) -> Bool { StoreLock.isHeld(storePath: path) }

    /// Empties the write-ahead log into the file, so that it is whole by itself, and closes every connection. The lock
    /// goes with the last copy of this value. Closed once, it stays closed.
    package func close() throws {
        // A reader elsewhere may keep the log from being emptied: nothing is lost then, and the next to open empties it.
        guard condition.close() else { return }
        if lock != nil { _ = try? database.writeWithoutTransaction { try $0.checkpoint(.truncate) } }
        try database.close()
    }

    /// Writes after those that came before: all that `body` does is kept, durably, or none of it.
    ///
    /// Those that wait together share a transaction and its one sync to the disk; one that throws undoes only
    /// itself. So a body sees in the store what others have just written, and it may run a second time, when
    /// what another has written keeps all from being committed: it does nothing but write.
    ///
    /// - Parameters:
    ///   - alone: shares its transaction with nobody, which long pieces of work owe to the others.
    ///   - patience: how long it waits for its turn. Ending the task that waits changes nothing.
    ///   - committed: called after the commit and before the next transaction begins, in the order in which
    ///     the bodies ran, so that what follows the store in memory sees changes in their order.
    /// - Throws: `StoreError.busy` when its turn has not come within `patience`, and nothing has run then; what
    ///   `body` throws; what `committed` throws, though all is kept then.
    package func write<Value: Sendable>(
        alone: Bool = false, patience: Duration = SpatialStore.patience,
        _ body: @escaping @Sendable (StoreTransaction) throws -> Value,
        committed: @escaping @Sendable (Value) throws -> Void = { _ in }
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let request = WriteRequest(isAlone: alone, patience: patience) { transaction in
                let value = try body(transaction)
                return {
                    condition.note(nil)
                    continuation.resume(
                        with: Result {
                            try committed(value)
                            return value
                        })
                }
            } fail: {
                let error = lock == nil ? $0 : StoreError.sentence(for: $0, path: path)
                condition.note(error)
                continuation.resume(throwing: error)
            }
            gate.enter(request, to: database)
        }
    }

    /// What protects the store on its writing connection, or on this one when it only reads.
    package func settings() throws -> StoreSettings {
        try database.writeWithoutTransaction { try StoreSettings($0) }
    }
}
