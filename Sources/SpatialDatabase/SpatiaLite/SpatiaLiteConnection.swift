import CSpatiaLite
import GRDB
import GRDBSQLite

/// Gives one SQLite connection its spatial functions, and takes the dangerous ones away again.
enum SpatiaLiteConnection {
    /// Whether SQLite no longer counts the memory that it takes, for which each allocation locks a mutex: nobody asks.
    ///
    /// To be read before the first connection of the process; behind it SQLite changes nothing, and this is false.
    static let isWithoutMemoryCounts = lieudit_sqlite_without_memory_counts() == SQLITE_OK

    /// Call once for each connection, before anything else is asked of it.
    static func prepare(_ database: Database) throws {
        try initialise(database)
        try ParserFunctions.unregister(database)
        sqlite3_limit(database.sqliteConnection, SQLITE_LIMIT_ATTACHED, 0)
        try database.execute(
            sql: """
                PRAGMA trusted_schema = OFF;
                PRAGMA secure_delete = ON;
                PRAGMA synchronous = FULL;
                """)
    }

    /// SpatiaLite as it comes, with the means to release it again.
    static func initialise(_ database: Database) throws {
        guard let connection = database.sqliteConnection, let block = spatialite_alloc_connection() else {
            throw StoreError.spatialSetup("no connection")
        }
        spatialite_init_ex(connection, block, 0)
        try release(block, whenClosing: connection)
    }

    /// SQLite calls a function's destructor when its connection closes, which is the only sign of that
    /// which a connection owned by a pool gives. No spatial function can run any more by then.
    private static func release(_ block: UnsafeMutableRawPointer, whenClosing connection: OpaquePointer) throws {
        let status = sqlite3_create_function_v2(
            connection, "lieudit_connection_block", 0, SQLITE_UTF8 | SQLITE_DIRECTONLY, block,
            { context, _, _ in sqlite3_result_null(context) }, nil, nil,
            { block in block.map { spatialite_cleanup_ex($0) } }
        )
        guard status == SQLITE_OK else { throw StoreError.spatialSetup("the connection block has no owner") }
    }
}
