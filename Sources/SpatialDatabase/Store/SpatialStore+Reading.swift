package import Contributions
import Foundation
import GRDB
import GRDBSQLite
package import MapGeometry

/// One published feature as it streams out of the store; its buffers are valid during the call only.
package struct PublishedRow {
    package let layer: LayerIdentifier
    package let identifier: UInt128
    package let kind: UInt8
    package let themes: [String]
    package let seconds: ClosedRange<Int64>?
    package let geometry: Geometry?
    /// Of the middle of its box on the WebMercator grid; `WebMercator.keyOutside` where it stands nowhere.
    package let hilbertKey: UInt64?
    /// Of the cell whose outline the geometry is; nil for a position itself.
    package let cellSide: GridCell.Side?
    package let feature: UnsafeRawBufferPointer
    package let propertiesOffset: Int
}

extension SpatialStore {
    /// The layers in the order of their creation.
    package func layers() throws -> [Layer] {
        try database.read { try LayerRecord.fetchAll($0).map(\.layer) }
    }

    /// How many features each layer publishes; layers without any are left out.
    package func publishedCounts() throws -> [LayerIdentifier: Int] {
        try database.read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT identifier, count(*) FROM published_feature JOIN layer ON layer.number = published_feature.layer
                    GROUP BY layer.number
                    """)
            return Dictionary(uniqueKeysWithValues: try rows.map { (try LayerIdentifier($0[0]), $0[1]) })
        }
    }

    /// Calls `body` with every published feature of every layer, or of one.
    ///
    /// All of it is one moment of the store. In no order that means anything, unless `inOrder`: one pass in
    /// the order of the file loads a million rows in seconds, where the order of pages (Hilbert key, then
    /// id) fetches each from somewhere else.
    package func forEachPublished(
        in layer: LayerIdentifier? = nil, inOrder: Bool = false, _ body: (PublishedRow) throws -> Void
    ) throws {
        try readingPublished(in: layer, inOrder: inOrder) { try $0.forEach(body) }
    }

    /// Like `forEachPublished`, for those who must go through the features more than once: all passes that
    /// `body` makes see the same moment of the store.
    /// - Parameter moment: seconds since 1970 UTC; what has expired by then is left out.
    package func readingPublished(
        in layer: LayerIdentifier? = nil, inOrder: Bool = false, at moment: Int64 = .min,
        _ body: (PublishedPass) throws -> Void
    ) throws {
        try database.read { database in
            let layers = Dictionary(
                uniqueKeysWithValues: try LayerRecord.fetchAll(database).map { ($0.number, $0.layer.identifier) })
            let only = layers.first { $0.value == layer }?.key
            if let layer, only == nil { throw StoreError.unknownLayer(layer) }
            try body(
                PublishedPass(
                    database: database, layers: layers, only: only, inOrder: inOrder, moment: moment,
                    themes: try Self.themes(database))
            )
        }
    }

    private static func themes(_ database: Database) throws -> [Int64: [String]] {
        var themes: [Int64: [String]] = [:]
        let rows = try Row.fetchCursor(database, sql: "SELECT feature, theme FROM published_theme")
        while let row = try rows.next() { themes[row[0], default: []].append(row[1]) }
        return themes
    }
}

/// The published features of one moment; valid only inside the closure that it is given to.
package struct PublishedPass {
    fileprivate let database: Database
    fileprivate let layers: [Int64: LayerIdentifier]
    fileprivate let only: Int64?
    fileprivate let inOrder: Bool
    fileprivate let moment: Int64
    fileprivate let themes: [Int64: [String]]

    package func forEach(_ body: (PublishedRow) throws -> Void) throws {
        try PublishedRows(database, layer: only, inOrder: inOrder, moment: moment).forEach { row in
            guard let layer = layers[row.layer] else { return }
            try body(try row.published(in: layer, themes: themes[row.number] ?? []))
        }
    }
}

/// Steps through `published_feature` on the bare statement: no object is made for a row.
private struct PublishedRows {
    private let statement: Statement

    init(_ database: Database, layer: Int64?, inOrder: Bool, moment: Int64) throws {
        // The + keeps SQLite from fetching rows one by one in the order of an index.
        statement = try database.makeStatement(
            sql: """
                SELECT number, layer, public_id, kind, time_start, time_end, geometry, feature, properties_offset,
                       cell_side, hilbert_key
                FROM published_feature WHERE (expires_at IS NULL OR expires_at > ?2) AND \(inOrder && layer != nil
                ? "layer = ?1 ORDER BY hilbert_key, public_id" : "(+layer = ?1 OR ?1 IS NULL)")
                """)
        // What has expired is not public any more, whether or not anybody has taken it out.
        try statement.setArguments([layer, moment])
    }

    func forEach(_ body: (Columns) throws -> Void) throws {
        let pointer = statement.sqliteStatement
        while true {
            switch sqlite3_step(pointer) {
            case SQLITE_ROW: try body(Columns(statement: pointer))
            case SQLITE_DONE: return
            case let code: throw DatabaseError(resultCode: ResultCode(rawValue: code))
            }
        }
    }

    struct Columns {
        let statement: SQLiteStatement

        var number: Int64 { sqlite3_column_int64(statement, 0) }
        var layer: Int64 { sqlite3_column_int64(statement, 1) }

        func published(in layer: LayerIdentifier, themes: [String]) throws -> PublishedRow {
            guard let identifier = PublicIdentifier(bytes: blob(2)) else {
                throw StoreError.damagedRow(table: "published_feature", number: number)
            }
            return PublishedRow(
                layer: layer, identifier: identifier.bits, kind: UInt8(sqlite3_column_int64(statement, 3)),
                themes: themes, seconds: seconds, geometry: try geometry(),
                hilbertKey: UInt64(exactly: sqlite3_column_int64(statement, 10)),
                cellSide: try cellSide(), feature: blob(7),
                propertiesOffset: Int(sqlite3_column_int64(statement, 8)))
        }

        private var seconds: ClosedRange<Int64>? {
            guard sqlite3_column_type(statement, 4) != SQLITE_NULL else { return nil }
            return sqlite3_column_int64(statement, 4)...sqlite3_column_int64(statement, 5)
        }

        private func geometry() throws -> Geometry? {
            guard sqlite3_column_type(statement, 6) != SQLITE_NULL else { return nil }
            do {
                return try GeometryBlob.decode(blob(6))
            } catch {
                throw StoreError.damagedRow(table: "published_feature", number: number)
            }
        }

        private func cellSide() throws -> GridCell.Side? {
            let metres = Int(sqlite3_column_int64(statement, 9))
            guard metres != 0 else { return nil }
            // Without its side, the distance to a cell would tell more of a place than it may.
            guard let side = GridCell.Side(rawValue: metres) else {
                throw StoreError.damagedRow(table: "published_feature", number: number)
            }
            return side
        }

        private func blob(_ column: Int32) -> UnsafeRawBufferPointer {
            UnsafeRawBufferPointer(
                start: sqlite3_column_blob(statement, column), count: Int(sqlite3_column_bytes(statement, column)))
        }
    }
}
