import Foundation
import GRDB
package import MapGeometry

/// A new MBTiles file of vector tiles, while it is written. It is nobody's store: no lock, no journal, no sync.
///
/// Tiles that are alike stand once; `tiles` is a view, as the specification allows.
///
/// Source: MBTiles Specification 1.3.
package final class TileDatabase: Sendable {
    private let database: DatabaseQueue

    /// - Parameter path: where no file is yet.
    /// - Throws: `DatabaseError` when it cannot be written.
    package init(path: String) throws {
        var configuration = Configuration()
        configuration.prepareDatabase {
            try $0.execute(
                sql: "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA application_id = 0x4d504258")
        }
        database = try DatabaseQueue(path: path, configuration: configuration)
        try database.write {
            try $0.execute(
                sql: """
                    CREATE TABLE metadata (name TEXT NOT NULL, value TEXT NOT NULL);
                    CREATE TABLE images (tile_id INTEGER PRIMARY KEY, tile_data BLOB NOT NULL);
                    CREATE TABLE map (
                        zoom_level INTEGER NOT NULL, tile_column INTEGER NOT NULL, tile_row INTEGER NOT NULL,
                        tile_id INTEGER NOT NULL, PRIMARY KEY (zoom_level, tile_column, tile_row)
                    ) WITHOUT ROWID;
                    CREATE VIEW tiles AS SELECT zoom_level, tile_column, tile_row, tile_data
                        FROM map JOIN images ON images.tile_id = map.tile_id;
                    """)
        }
    }

    /// A content of one or several tiles.
    package struct Content: Sendable {
        package let number: Int64
        /// With gzip; nil for a content that is there already.
        package let bytes: [UInt8]?
        package let addresses: [TileAddress]

        package init(number: Int64, bytes: [UInt8]?, addresses: [TileAddress]) {
            self.number = number
            self.bytes = bytes
            self.addresses = addresses
        }
    }

    /// Writes some tiles in one transaction.
    package func append(_ contents: [Content]) throws {
        try database.write { database in
            let image = try database.cachedStatement(sql: "INSERT INTO images VALUES (?, ?)")
            let place = try database.cachedStatement(sql: "INSERT INTO map VALUES (?, ?, ?, ?)")
            for content in contents {
                if let bytes = content.bytes {
                    try image.execute(arguments: [content.number, Data(bytes)])
                }
                for address in content.addresses {
                    // Rows count from the south here.
                    let row = address.matrixSize - 1 - address.row
                    try place.execute(arguments: [address.zoom, address.column, row, content.number])
                }
            }
        }
    }

    /// Writes what the file says of itself, and closes it.
    package func finish(metadata: [(name: String, value: String)]) throws {
        try database.write { database in
            for (name, value) in metadata {
                try database.execute(sql: "INSERT INTO metadata VALUES (?, ?)", arguments: [name, value])
            }
        }
        try database.close()
    }
}
