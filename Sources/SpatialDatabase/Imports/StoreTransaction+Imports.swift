package import Contributions
import Foundation
import GRDB

extension StoreTransaction {
    /// - Throws: `StoreError.unknownLayer`.
    package func beginImport(into layer: LayerIdentifier) throws -> ImportRun {
        let number = try requireLayer(layer)
        try database.execute(sql: "INSERT INTO import_run (layer) VALUES (?)", arguments: [number])
        return ImportRun(number: database.lastInsertedRowID, layer: number)
    }

    /// Forgets an import; what it has brought in and still stands belongs to none from now on.
    package func forget(_ run: ImportRun) throws {
        try database.execute(sql: "DELETE FROM import_run WHERE number = ?", arguments: [run.number])
    }

    package func notes(of run: ImportRun) throws -> ImportNotes { try ImportNotes(database, run) }

    /// The last import of a layer of which something is left; nil for none.
    package func lastImport(into layer: LayerIdentifier) throws -> ImportRun? {
        guard let number = try LayerRecord.number(of: layer, database) else { return nil }
        let run = try Int64.fetchOne(
            database,
            sql: """
                SELECT number FROM import_run AS run WHERE layer = ? AND (
                    EXISTS (SELECT 1 FROM imported_feature WHERE added_in = run.number)
                    OR EXISTS (SELECT 1 FROM imported_feature WHERE changed_in = run.number))
                ORDER BY number DESC LIMIT 1
                """, arguments: [number])
        return run.map { ImportRun(number: $0, layer: number) }
    }

    /// Where a record stands that may have come in before.
    package func standing(of key: ImportKey, in run: ImportRun) throws -> ImportStanding {
        let row = try Row.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT imported_feature.contribution, digest FROM import_key
                    LEFT JOIN imported_feature USING (contribution)
                    WHERE layer = ? AND source = ? AND outside = ?
                    """), arguments: [run.layer, Data(key.source), Data(key.outside)])
        guard let row else { return .new }
        guard let number = row[0] as Int64? else { return .erased }
        return .known(ImportedFeature(number: number, digest: Self.bits(row[1])))
    }

    /// How many records of the same source as `key` stand here, and whether none of it ever came although others have.
    package func importedCount(of key: ImportKey, in run: ImportRun) throws -> (standing: Int, isOnlyStranger: Bool) {
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT count(contribution) FILTER (WHERE source = ?1), count(*) FILTER (WHERE source = ?1), count(*)
                FROM import_key WHERE layer = ?2
                """, arguments: [Data(key.source), run.layer])
        guard let row else { return (0, false) }
        return (row[0], row[1] == 0 && row[2] > 0)
    }

    /// The contribution that stands for something imported; nil when it is gone.
    package func contribution(of imported: ImportedFeature) throws -> StoredContribution? {
        try StoredContribution.fetch(database, where: "contribution.number = ?", [imported.number]).first
    }

    /// Notes that an import has changed what an earlier one has brought.
    package func note(_ imported: ImportedFeature, digest: UInt128, changedIn run: ImportRun) throws {
        try database.cachedStatement(
            sql: "UPDATE imported_feature SET digest = ?, changed_in = ? WHERE contribution = ?"
        ).execute(arguments: [
            withUnsafeBytes(of: digest.bigEndian) { Data($0) }, run.number, imported.number,
        ])
    }

    /// All that an import has added and that is left, and whether nobody has decided about it since, given it hours or
    /// hung a code beside it.
    package func added(by run: ImportRun) throws -> [(feature: ImportedFeature, isUntouched: Bool)] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT f.contribution, digest, c.state = 'published' AND c.revision = 1 AND c.state_since = 0
                    AND NOT EXISTS (SELECT 1 FROM decision WHERE decision.contribution = f.contribution)
                    AND NOT EXISTS (SELECT 1 FROM encounter WHERE encounter.contribution = f.contribution)
                    AND NOT EXISTS (SELECT 1 FROM encounter_code WHERE encounter_code.contribution = f.contribution)
                    AND NOT EXISTS (SELECT 1 FROM encounter_tie WHERE encounter_tie.point = f.contribution)
                FROM imported_feature AS f JOIN contribution AS c ON c.number = f.contribution
                WHERE added_in = ? ORDER BY f.contribution
                """, arguments: [run.number]
        ).map { (ImportedFeature(number: $0[0], digest: Self.bits($0[1])), $0[2]) }
    }

    /// How many an import was the last to change, but for those that it has added itself.
    package func changedCount(by run: ImportRun) throws -> Int {
        try Int.fetchOne(
            database, sql: "SELECT count(*) FROM imported_feature WHERE changed_in = ?1 AND added_in IS NOT ?1",
            arguments: [run.number]) ?? 0
    }

    /// Forgets under which key something stands, so that it comes in anew.
    package func forgetKey(of imported: ImportedFeature) throws {
        try database.cachedStatement(sql: "DELETE FROM import_key WHERE contribution = ?")
            .execute(arguments: [imported.number])
    }

    private static func bits(_ data: Data) -> UInt128 { data.reduce(0) { $0 << 8 | UInt128($1) } }
}
