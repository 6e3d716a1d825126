import GRDB
import GRDBSQLite

/// SpatiaLite's functions that read a foreign notation or a file. Version 5.0.1 crashes on hostile
/// input to several of them, so none is left on a connection of ours.
enum ParserFunctions {
    /// Whether a function of this name parses bytes or text from outside, or touches files.
    static func includes(_ name: String) -> Bool {
        let name = name.lowercased()
        return endings.contains { name.hasSuffix($0) }
            || notations.contains { name.contains($0) }
            || beginnings.contains { name.hasPrefix($0) }
    }

    private static let endings = ["fromtext", "fromwkb", "wkttosql", "wkbtosql", "fromfile", "tofile"]
    private static let notations = ["geojson", "gml", "kml", "ewkb", "ewkt", "twkb", "fgf"]
    private static let beginnings = ["import", "export", "xb_"]

    /// Those that a connection still has: none, after `unregister`.
    static func registered(_ database: Database) throws -> [(name: String, arguments: Int32)] {
        try Row.fetchAll(database, sql: "SELECT DISTINCT name, narg FROM pragma_function_list")
            .map { (name: $0[0] as String, arguments: $0[1] as Int32) }
            .filter { includes($0.name) }
    }

    static func unregister(_ database: Database) throws {
        for (name, arguments) in try registered(database) {
            let status = sqlite3_create_function_v2(
                database.sqliteConnection, name, arguments, SQLITE_ANY, nil, nil, nil, nil, nil)
            guard status == SQLITE_OK else { throw StoreError.spatialSetup("\(name) cannot be unregistered") }
        }
    }
}
