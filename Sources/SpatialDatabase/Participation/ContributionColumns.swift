import Contributions
import Foundation
import GRDB
import MapGeometry
import Projections

/// The columns that `contribution` and `proposal` share: what a person has given.
enum ContributionColumns {
    static let names = """
        kind, title, text, themes, "when", language, author, licence, precision, geometry, cell, properties
        """
    static let marks = "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?"
    /// For `UPDATE … SET`.
    static let assignments = """
        kind = ?, title = ?, text = ?, themes = ?, "when" = ?, language = ?, author = ?, licence = ?, precision = ?,
        geometry = ?, cell = ?, properties = ?
        """

    static func arguments(_ given: Contribution) -> StatementArguments {
        [
            given.kind.number, given.title, given.text, given.themes.joined(separator: ","), given.when?.text,
            given.language, given.author, given.licence, given.precision.rawValue,
            given.precision == .exact ? given.geometry.flatMap(GeometryBlob.encode).map { Data($0) } : nil,
            given.cell?.name, given.properties.json,
        ]
    }

    private static let all = [
        "kind", "title", "text", "themes", "when", "language", "author", "licence", "precision", "geometry", "cell",
        "properties",
    ]

    /// For a `SELECT` that joins `table` to the other of the two: each column as `table_column`.
    static func named(after table: String) -> String {
        all.map { "\(table).\"\($0)\" AS \(table)_\($0)" }.joined(separator: ", ")
    }

    /// - Parameter prefix: what stands before the name of each column, such as `proposal_`.
    /// - Throws: `StoreError.damagedRow`.
    static func contribution(
        _ row: Row, table: String, number: Int64, prefix: String = ""
    ) throws -> Contribution {
        do {
            guard let kind = Kind(number: row["\(prefix)kind"]),
                let precision = Precision(rawValue: row["\(prefix)precision"])
            else {
                throw StoreError.damagedRow(table: table, number: number)
            }
            let cell = try (row["\(prefix)cell"] as String?).map { try GridCell(name: $0) }
            let point = try (row["\(prefix)geometry"] as Data?).map { data in
                try data.withUnsafeBytes { try GeometryBlob.decode($0) }
            }
            let themes = row["\(prefix)themes"] as String
            return try Contribution(
                kind: kind, title: row["\(prefix)title"], text: row["\(prefix)text"],
                themes: themes.isEmpty ? [] : themes.split(separator: ",").map(String.init),
                when: (row["\(prefix)when"] as String?).map { try ExtendedDate($0) },
                language: row["\(prefix)language"],
                author: row["\(prefix)author"], licence: row["\(prefix)licence"], precision: precision,
                geometry: cell?.polygon ?? point, cell: cell,
                properties: FreeProperties(members: [], json: row["\(prefix)properties"]))
        } catch {
            throw StoreError.damagedRow(table: table, number: number)
        }
    }
}
