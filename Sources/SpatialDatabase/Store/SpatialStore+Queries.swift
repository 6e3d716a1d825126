package import Contributions
import Foundation
import GRDB
import MapGeometry

/// A feature that a query in SQL has found.
package struct FoundFeature: Equatable, Sendable {
    package let identifier: PublicIdentifier
    /// Geodesic metres from the place asked about; nil when none was.
    package let metres: Double?
}

extension SpatialStore {
    /// The features that answer a question, by SpatiaLite: nearest first when a place is given, and
    /// otherwise in the order of Hilbert key and id. The index answers the same; a test compares them.
    ///
    /// - Throws: `StoreError.unknownLayer`.
    package func features(
        matching query: FeatureQuery, in layer: LayerIdentifier, limit: Int
    ) throws -> [FoundFeature] {
        try database.read { database in
            guard let number = try LayerRecord.number(of: layer, database) else {
                throw StoreError.unknownLayer(layer)
            }
            var statement = FeatureSelection(layer: number)
            statement.add(query)
            guard let near = query.near else { return try statement.inOrder(database, limit: limit) }
            return try statement.nearest(near, database, limit: limit)
        }
    }

    /// The ids of the features in whose title or text all the words stand.
    package func identifiers(withWords words: String, in layer: LayerIdentifier) throws -> Set<UInt128> {
        try database.read { database in
            guard let number = try LayerRecord.number(of: layer, database) else {
                throw StoreError.unknownLayer(layer)
            }
            var statement = FeatureSelection(layer: number)
            statement.add(FeatureQuery(words: words))
            return Set(try statement.inOrder(database, limit: .max).map(\.identifier.bits))
        }
    }
}

/// A WHERE clause over `published_feature`, with its arguments.
private struct FeatureSelection {
    private var conditions: [String]
    private var arguments: StatementArguments

    init(layer: Int64) {
        conditions = ["layer = ?"]
        arguments = [layer]
    }

    mutating func add(_ query: FeatureQuery) {
        if let box = query.box { add(box) }
        if let seconds = query.seconds {
            add("(time_start IS NULL OR time_start <= ? AND time_end >= ?)", [seconds.upperBound, seconds.lowerBound])
        }
        if let kinds = query.kinds {
            add("kind IN (\(marks(kinds.count)))", StatementArguments(kinds.map(\.number)))
        }
        if let themes = query.themes {
            add(
                "number IN (SELECT feature FROM published_theme WHERE theme IN (\(marks(themes.count))))",
                StatementArguments(Array(themes)))
        }
        if let words = query.words { add(words: words) }
        for (property, values) in query.texts { add(property, values) }
    }

    /// Both sides in one spelling, since SQLite compares bytes.
    private mutating func add(_ property: TextProperty, _ values: Set<String>) {
        add(
            "one_spelling(json_extract(CAST(feature AS TEXT), ?)) IN (\(marks(values.count)))",
            StatementArguments(["$.properties.\(property.rawValue)"] + values.map(SpellingFunction.spell)))
    }

    private mutating func add(_ condition: String, _ values: StatementArguments) {
        conditions.append(condition)
        arguments += values
    }

    private func marks(_ count: Int) -> String {
        Array(repeating: "?", count: count).joined(separator: ",")
    }

    /// Every word quoted, so that nothing a person types is an operator of FTS5.
    private mutating func add(words: String) {
        let words = TextFolding.words(in: words)
        guard !words.isEmpty else { return add("0", []) }
        add(
            "number IN (SELECT rowid FROM published_text WHERE published_text MATCH ?)",
            [words.map { "\"\($0)\"" }.joined(separator: " ")])
    }

    private mutating func add(_ box: BoundingBox) {
        var alternatives = ["geometry IS NULL"]
        var values: StatementArguments = []
        for part in box.parts {
            alternatives.append(
                """
                number IN (SELECT pkid FROM idx_published_feature_geometry
                           WHERE xmin <= ? AND xmax >= ? AND ymin <= ? AND ymax >= ?)
                AND ST_Intersects(geometry, \(probe(part))) = 1
                """)
            values += [part.east, part.west, part.north, part.south]
            values += probeArguments(part)
        }
        add("(" + alternatives.joined(separator: " OR ") + ")", values)
    }

    /// A box without width or height is no polygon: it is asked for as the line or the point that it is.
    private func probe(_ box: BoundingBox) -> String {
        if box.west == box.east, box.south == box.north { return "MakePoint(?, ?, 4326)" }
        if box.west == box.east || box.south == box.north {
            return "MakeLine(MakePoint(?, ?, 4326), MakePoint(?, ?, 4326))"
        }
        return "BuildMbr(?, ?, ?, ?, 4326)"
    }

    private func probeArguments(_ box: BoundingBox) -> StatementArguments {
        box.west == box.east && box.south == box.north
            ? [box.west, box.south] : [box.west, box.south, box.east, box.north]
    }

    func inOrder(_ database: Database, limit: Int) throws -> [FoundFeature] {
        try fetch(database, columns: "public_id, NULL", order: "hilbert_key, public_id", limit: limit, [])
    }

    /// Looks within a radius that grows until there are enough, so that the spatial index is of use.
    func nearest(_ near: FeatureQuery.Nearness, _ database: Database, limit: Int) throws -> [FoundFeature] {
        let farthest = near.radius ?? GeodesicFunction.halfTheWorld
        var radius = min(1_000, farthest)
        while true {
            let found = try within(radius, of: near.place, database, limit: limit)
            if found.count >= limit || radius >= farthest { return found }
            radius = min(radius * 8, farthest)
        }
    }

    private func within(
        _ radius: Double, of place: Coordinate, _ database: Database, limit: Int
    ) throws -> [FoundFeature] {
        var selection = self
        selection.add("geometry IS NOT NULL", [])
        if radius < GeodesicFunction.halfTheWorld {
            let parts = BoundingBox.around(place, metres: radius).parts
            let alternatives = parts.map { _ in "xmin <= ? AND xmax >= ? AND ymin <= ? AND ymax >= ?" }
            selection.add(
                "number IN (SELECT pkid FROM idx_published_feature_geometry WHERE \(alternatives.joined(separator: " OR ")))",
                StatementArguments(parts.flatMap { [$0.east, $0.west, $0.north, $0.south] }))
        }
        let columns = "public_id, geodesic_metres(geometry, cell_side, ?, ?) AS metres"
        selection.add("metres <= ?", [radius])
        return try selection.fetch(
            database, columns: columns, order: "metres, public_id", limit: limit,
            [place.longitude, place.latitude])
    }

    private func fetch(
        _ database: Database, columns: String, order: String, limit: Int, _ leading: StatementArguments
    ) throws -> [FoundFeature] {
        let sql = """
            SELECT \(columns) FROM published_feature
            WHERE \(conditions.joined(separator: " AND ")) ORDER BY \(order) LIMIT ?
            """
        return try Row.fetchAll(database, sql: sql, arguments: leading + arguments + [limit]).map { row in
            guard let identifier = PublicIdentifier(bytes: row[0] as Data) else {
                throw StoreError.damagedRow(table: "published_feature", number: 0)
            }
            return FoundFeature(identifier: identifier, metres: row[1])
        }
    }
}
