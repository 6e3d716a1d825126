import Contributions
import GRDB

/// A row of `layer`; stays inside the store.
struct LayerRecord {
    let number: Int64
    let layer: Layer

    static func number(of identifier: LayerIdentifier, _ database: Database) throws -> Int64? {
        try Int64.fetchOne(
            database.cachedStatement(sql: "SELECT number FROM layer WHERE identifier = ?"),
            arguments: [identifier.text])
    }

    static func insert(_ layer: Layer, _ database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO layer (identifier, title, description, prompt, opens, closes, review, contributors,
                                   default_precision, finest_precision, licence, rules, discussion, kinds, themes,
                                   languages, release, retention, is_indexable)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, arguments: [layer.identifier.text] + values(of: layer))
    }

    static func update(_ layer: Layer, number: Int64, _ database: Database) throws {
        try database.execute(
            sql: """
                UPDATE layer SET title = ?, description = ?, prompt = ?, opens = ?, closes = ?, review = ?,
                    contributors = ?, default_precision = ?, finest_precision = ?, licence = ?, rules = ?,
                    discussion = ?, kinds = ?, themes = ?, languages = ?, release = ?, retention = ?, is_indexable = ?
                WHERE number = ?
                """, arguments: values(of: layer) + [number])
    }

    /// In the order of the statements above.
    private static func values(of layer: Layer) -> StatementArguments {
        [
            layer.title, layer.description, layer.prompt, layer.opens?.text, layer.closes?.text,
            layer.review.rawValue, layer.contributors.rawValue, layer.defaultPrecision.rawValue,
            layer.finestPrecision.rawValue, layer.licence, layer.rules, layer.discussion,
            Kind.allCases.filter(layer.kinds.contains).map(\.rawValue).joined(separator: ","),
            layer.themes.joined(separator: ","), layer.languages.joined(separator: ","), layer.release.rawValue,
            layer.retention, layer.isIndexable,
        ]
    }

    static func fetch(_ identifier: LayerIdentifier, _ database: Database) throws -> Layer? {
        try Row.fetchOne(
            database.cachedStatement(sql: "SELECT * FROM layer WHERE identifier = ?"), arguments: [identifier.text]
        ).map { try LayerRecord($0).layer }
    }

    static func fetchAll(_ database: Database) throws -> [LayerRecord] {
        try Row.fetchAll(database, sql: "SELECT * FROM layer ORDER BY number").map(LayerRecord.init)
    }

    private init(_ row: Row) throws {
        let number: Int64 = row["number"]
        guard let review = Layer.Review(rawValue: row["review"]),
            let contributors = Layer.Contributors(rawValue: row["contributors"]),
            let defaultPrecision = Precision(rawValue: row["default_precision"]),
            let finestPrecision = Precision(rawValue: row["finest_precision"]),
            let release = Layer.Release(rawValue: row["release"])
        else { throw StoreError.damagedRow(table: "layer", number: number) }
        func date(_ column: String) throws -> ExtendedDate? {
            try (row[column] as String?).map { try ExtendedDate($0) }
        }
        func list(_ column: String) -> [String] {
            (row[column] as String).split(separator: ",").map(String.init)
        }
        self.number = number
        layer = Layer(
            identifier: try LayerIdentifier(row["identifier"]), title: row["title"], description: row["description"],
            prompt: row["prompt"], rules: row["rules"], discussion: row["discussion"], opens: try date("opens"),
            closes: try date("closes"), review: review, contributors: contributors,
            kinds: Set(list("kinds").compactMap(Kind.init(rawValue:))), themes: list("themes"),
            languages: list("languages"), defaultPrecision: defaultPrecision, finestPrecision: finestPrecision,
            licence: row["licence"], release: release, retention: row["retention"], isIndexable: row["is_indexable"]
        )
    }
}
