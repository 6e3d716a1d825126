import Foundation
import GRDB
import GRDBSQLite
import MapGeometry

/// The SQLite side of an MBTiles file from anywhere.
///
/// Its schema may be hostile: `tiles` may be a view that never ends, a value of another type than its column's, a
/// file cut short. So every statement is stopped after a number of steps, every length is limited, and values are
/// taken as they are stored and never converted.
struct TileFile: Sendable {
    private let path: String
    private let database: DatabaseQueue

    /// Steps of SQLite's machine for one statement: a tile found by an index takes some dozens.
    private static let mostSteps: Int32 = 1_000_000
    /// Bytes of one value: tiles above half a megabyte are hardly made.
    private static let longestValue: Int32 = 8 << 20

    init(path: String) throws(StoreError) {
        guard FileManager.default.fileExists(atPath: path) else {
            throw .notABasemap(path: path, reason: "there is no such file")
        }
        self.path = path
        do {
            database = try DatabaseQueue(path: Self.address(of: path), configuration: Self.configuration)
        } catch {
            throw Self.refusal(of: path, error)
        }
        try requireWhole()
    }

    /// SQLite misses a page, and not the last bytes of one.
    private func requireWhole() throws(StoreError) {
        let pages = try asked {
            try Int.fetchOne($0, sql: "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size") ?? 0
        }
        let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
        guard let size, size >= pages else {
            throw .notABasemap(path: path, reason: "it is no SQLite file, or damaged")
        }
    }

    /// Read-only would still look for a journal beside the file, and lock it.
    private static func address(of path: String) -> String {
        URL(fileURLWithPath: path).absoluteString + "?immutable=1"
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.prepareDatabase { database in
            sqlite3_limit(database.sqliteConnection, SQLITE_LIMIT_ATTACHED, 0)
            sqlite3_limit(database.sqliteConnection, SQLITE_LIMIT_LENGTH, longestValue)
            sqlite3_progress_handler(database.sqliteConnection, mostSteps, { _ in 1 }, nil)
            try database.execute(sql: "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON")
        }
        return configuration
    }

    /// The first hundred of its names and values that are text.
    func metadata() throws(StoreError) -> [String: String] {
        let rows = try asked {
            try Row.fetchAll(
                $0,
                sql: """
                    SELECT name, value FROM metadata WHERE typeof(name) = 'text' AND typeof(value) = 'text' LIMIT 100
                    """)
        }
        let pairs = rows.compactMap { row -> (String, String)? in
            guard case .string(let name) = (row[0] as DatabaseValue).storage,
                case .string(let value) = (row[1] as DatabaseValue).storage
            else { return nil }
            return (name, value)
        }
        return Dictionary(pairs) { first, _ in first }
    }

    /// The zooms that have tiles.
    func zooms() throws(StoreError) -> ClosedRange<Int> {
        let row = try asked {
            try Row.fetchOne(
                $0,
                sql: """
                    SELECT (SELECT min(zoom_level) FROM tiles), (SELECT max(zoom_level) FROM tiles),
                           (SELECT tile_data FROM tiles LIMIT 1)
                    """)
        }
        guard let row, case .int64(let lowest) = (row[0] as DatabaseValue).storage,
            case .int64(let highest) = (row[1] as DatabaseValue).storage, lowest >= 0, lowest <= highest,
            highest <= Int64(TileAddress.zooms.upperBound)
        else {
            throw .notABasemap(path: path, reason: "it has no tiles of the zooms 0 to \(TileAddress.zooms.upperBound)")
        }
        guard case .blob(let data) = (row[2] as DatabaseValue).storage, Self.mayBeVectors(data) else {
            throw .notABasemap(path: path, reason: "its tiles are not vector tiles")
        }
        return Int(lowest)...Int(highest)
    }

    /// Gzip begins with 1F 8B (RFC 1952), an uncompressed vector tile with its first layer.
    private static func mayBeVectors(_ data: Data) -> Bool { data.starts(with: [0x1F, 0x8B]) || data.first == 0x1A }

    func tile(at address: TileAddress) async throws(StoreError) -> [UInt8]? {
        let south = address.matrixSize - 1 - address.row
        do {
            let value = try await database.read { database in
                try DatabaseValue.fetchOne(
                    database.cachedStatement(
                        sql: "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?"),
                    arguments: [address.zoom, address.column, south])
            }
            switch value?.storage {
            case .blob(let data)?: return Array(data)
            case .null?, nil: return nil
            case .int64?, .double?, .string?: throw StoreError.damagedBasemap(path: path)
            }
        } catch {
            throw .damagedBasemap(path: path)
        }
    }

    private func asked<Value>(_ question: (Database) throws -> Value) throws(StoreError) -> Value {
        do {
            return try database.read(question)
        } catch {
            throw Self.refusal(of: path, error)
        }
    }

    private static func refusal(of path: String, _ error: any Error) -> StoreError {
        let reason =
            switch (error as? DatabaseError)?.resultCode {
            case .SQLITE_NOTADB?, .SQLITE_CORRUPT?: "it is no SQLite file, or damaged"
            case .SQLITE_CANTOPEN?, .SQLITE_PERM?, .SQLITE_AUTH?: "it cannot be read by this user, or is a folder"
            case .SQLITE_INTERRUPT?: "it takes too long to find a tile in it; its table tiles needs an index"
            case .SQLITE_TOOBIG?: "it holds a value of more than \(longestValue) bytes"
            default: "it lacks the tables metadata and tiles of MBTiles"
            }
        return .notABasemap(path: path, reason: reason)
    }
}
