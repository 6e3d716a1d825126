import Contributions
import Foundation
import GRDB

/// What `lieudit check` looked at and found.
package struct StoreCheck: Equatable, Sendable {
    /// One look: what was asked and how it came out.
    package struct Finding: Equatable, Sendable {
        package let subject: String
        package let result: String
        package let severity: Severity
    }

    package enum Severity: String, Sendable {
        case fine
        /// Worth a curator's look; the store itself is sound.
        case notice
        case wrong
    }

    package var findings: [Finding] = []

    package var isSound: Bool { !findings.contains { $0.severity == .wrong } }

    mutating func add(_ subject: String, _ result: String, isFine: Bool) {
        findings.append(Finding(subject: subject, result: result, severity: isFine ? .fine : .wrong))
    }

    mutating func note(_ subject: String, _ result: String) {
        findings.append(Finding(subject: subject, result: result, severity: .notice))
    }
}

extension SpatialStore {
    /// Reads the whole store and compares each index with what it indexes. Changes nothing.
    package func check() throws -> StoreCheck {
        var check = StoreCheck()
        try database.writeWithoutTransaction { database in
            try check.addSettings(StoreSettings(database))
            try check.addIntegrity(database)
            try check.addSpatialIndex(database)
            try check.addCounts(database)
            try check.addMinors(database)
            try check.addShapes(database)
            try check.addJournal(database)
            try check.addHouseholds(database)
        }
        return check
    }
}

extension StoreCheck {
    fileprivate mutating func addSettings(_ settings: StoreSettings) throws {
        for row in settings.rows {
            add(row.name, row.found, isFine: row.expected == nil || row.expected == row.found)
        }
        for fault in settings.knownFaults { note("SQLite \(settings.sqliteVersion)", fault) }
    }

    fileprivate mutating func addIntegrity(_ database: Database) throws {
        let complaints = try String.fetchAll(database, sql: "PRAGMA integrity_check(10)")
        add("integrity_check", complaints.joined(separator: "; "), isFine: complaints == ["ok"])
        let orphans = try Row.fetchAll(database, sql: "PRAGMA foreign_key_check").count
        add("foreign_key_check", orphans == 0 ? "ok" : "\(orphans) rows without their parent", isFine: orphans == 0)
    }

    fileprivate mutating func addSpatialIndex(_ database: Database) throws {
        // The function notes its run in the store's history, which a reader must not touch: it gets one that is thrown away.
        try database.execute(
            sql: """
                CREATE TEMP TABLE IF NOT EXISTS spatialite_history AS SELECT * FROM main.spatialite_history LIMIT 0
                """)
        defer { try? database.execute(sql: "DROP TABLE temp.spatialite_history") }
        let answer = try Int.fetchOne(database, sql: "SELECT CheckSpatialIndex('published_feature', 'geometry')")
        let result =
            switch answer {
            case 1: "ok"
            case 0: "the spatial index and the geometries differ"
            default: "SpatiaLite could not compare the spatial index with the geometries"
            }
        add("CheckSpatialIndex", result, isFine: answer == 1)
    }

    /// Rows of one table that lack their counterpart in another.
    fileprivate mutating func addCounts(_ database: Database) throws {
        for (subject, sql) in [
            (
                "published without contribution",
                """
                SELECT count(*) FROM published_feature AS p LEFT JOIN contribution AS c USING (number)
                WHERE c.state IS NOT 'published' OR c.public_id IS NOT p.public_id OR c.layer IS NOT p.layer
                """
            ),
            (
                "contribution said to be published and absent",
                """
                SELECT count(*) FROM contribution
                WHERE state = 'published' AND release_at IS NULL AND number NOT IN (SELECT number FROM published_feature)
                """
            ),
            (
                "contribution without its proof of consent",
                """
                SELECT count(*) FROM contribution WHERE handle IS NOT NULL AND NOT EXISTS (
                    SELECT 1 FROM consent
                    WHERE consent.handle = contribution.handle AND purpose = 'publish' AND withdrawn_at IS NULL)
                """
            ),
            (
                "features without their words",
                "SELECT count(*) FROM published_feature WHERE number NOT IN (SELECT rowid FROM published_text)"
            ),
            (
                "words without their feature",
                "SELECT count(*) FROM published_text WHERE rowid NOT IN (SELECT number FROM published_feature)"
            ),
            (
                "shown to partners otherwise than agreed",
                """
                SELECT count(*) FROM published_feature JOIN contribution USING (number)
                WHERE for_partners <> (handle IS NULL OR EXISTS (
                    SELECT 1 FROM consent
                    WHERE consent.handle = contribution.handle AND purpose = 'partners' AND withdrawn_at IS NULL))
                """
            ),
            (
                "clearances of a closed embed or of another layer",
                """
                SELECT count(*) FROM clearance JOIN embed ON embed.number = embed
                JOIN published_feature AS p ON p.number = clearance.feature
                WHERE embed.is_closed OR embed.layer <> p.layer
                """
            ),
            (
                "exact position kept for a coarser precision",
                "SELECT count(*) FROM contribution WHERE geometry IS NOT NULL AND precision <> 'exact'"
            ),
            (
                "tied to an encounter point of another layer",
                """
                SELECT count(*) FROM encounter_tie AS t JOIN contribution AS c ON c.number = t.contribution
                JOIN contribution AS p ON p.number = t.point WHERE c.layer <> p.layer
                """
            ),
            (
                // Inside a text of JSON the quotation marks would be escaped.
                "names an encounter point that is not public, or does not name one that is",
                """
                SELECT count(*) FROM encounter_tie AS t JOIN published_feature AS f ON f.number = t.contribution
                LEFT JOIN published_feature AS p ON p.number = t.point
                WHERE (p.number IS NULL) = (instr(f.feature, CAST('"encounter":"' AS BLOB)) > 0)
                """
            ),
        ] + Self.reviewCounts + Self.importCounts + Self.mirrorCounts {
            let count = try Int.fetchOne(database, sql: sql) ?? 0
            add(subject, String(count), isFine: count == 0)
        }
    }

    fileprivate mutating func addJournal(_ database: Database) throws {
        let count = try Int.fetchOne(database, sql: "SELECT count(*) FROM journal") ?? 0
        if let broken = try JournalEntry.firstBreak(database) {
            add("journal", "entry \(broken) does not follow from those before it", isFine: false)
        } else {
            add("journal", "\(count) entries, each bound to the one before", isFine: true)
        }
    }

    fileprivate mutating func addHouseholds(_ database: Database) throws {
        let summary = try HouseholdSummary(database)
        if summary.cells == 0 {
            note("household table", summary.sentence)
        } else {
            add("household table", summary.sentence, isFine: true)
        }
    }

    /// Shapes that cross themselves are kept as they were given; a curator is told which.
    fileprivate mutating func addShapes(_ database: Database) throws {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT published_feature.public_id, layer.identifier
                FROM published_feature JOIN layer ON layer.number = published_feature.layer
                WHERE GeometryType(published_feature.geometry) NOT IN ('POINT', 'MULTIPOINT')
                  AND ST_IsValid(published_feature.geometry) <> 1
                """)
        for row in rows {
            let identifier = PublicIdentifier(bytes: row[0] as Data)?.description ?? "unreadable"
            note("shape that crosses itself", "layer \(row[1] as String), id \(identifier)")
        }
        if rows.isEmpty { add("shapes", "none crosses itself", isFine: true) }
    }
}
