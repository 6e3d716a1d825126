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

    /// - Throws: `StoreError.damagedRow`.
    static func contribution(_ row: Row, table: String, number: Int64) throws -> Contribution {
        do {
            guard let kind = Kind(number: row["kind"]), let precision = Precision(rawValue: row["precision"]) else {
                throw StoreError.damagedRow(table: table, number: number)
            }
            let cell = try (row["cell"] as String?).map { try GridCell(name: $0) }
            let point = try (row["geometry"] as Data?).map { data in
                try data.withUnsafeBytes { try GeometryBlob.decode($0) }
            }
            let themes = row["themes"] as String
            return try Contribution(
                kind: kind, title: row["title"], text: row["text"],
                themes: themes.isEmpty ? [] : themes.split(separator: ",").map(String.init),
                when: (row["when"] as String?).map { try ExtendedDate($0) }, language: row["language"],
                author: row["author"], licence: row["licence"], precision: precision,
                geometry: cell?.polygon ?? point, cell: cell,
                properties: FreeProperties(members: [], json: row["properties"]))
        } catch {
            throw StoreError.damagedRow(table: table, number: number)
        }
    }
}
