import Foundation
import GRDB

/// The SQL files of `Migrations/`, run once each in the order of their numbers.
enum StoreMigrations {
    static func migrator() throws -> DatabaseMigrator {
        var migrator = DatabaseMigrator()
        for file in try files() {
            let sql = try String(contentsOf: file, encoding: .utf8)
            migrator.registerMigration(file.deletingPathExtension().lastPathComponent) { database in
                try database.execute(sql: sql)
                try requireSpatialColumn(database)
            }
        }
        return migrator
    }

    private static func files() throws -> [URL] {
        let folder = Bundle.module.bundleURL.appendingPathComponent("Migrations")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "sql" }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
        guard !files.isEmpty else { throw StoreError.spatialSetup("no migration at \(folder.path)") }
        return files
    }

    /// SpatiaLite answers 0 rather than fail when it cannot add a column or an index.
    private static func requireSpatialColumn(_ database: Database) throws {
        let isIndexed = try Bool.fetchOne(
            database,
            sql: """
                SELECT spatial_index_enabled = 1 FROM geometry_columns
                WHERE f_table_name = 'published_feature' AND f_geometry_column = 'geometry'
                """)
        guard isIndexed == true else { throw StoreError.spatialSetup("the geometry column has no spatial index") }
        let triggers = try String.fetchAll(
            database, sql: "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'published_feature'")
        guard triggers.isEmpty else { throw StoreError.spatialSetup("left triggers \(triggers)") }
    }
}
