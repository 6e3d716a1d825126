package import Contributions
import Foundation
import GRDB

/// Encounter points: what was set, and what is tied to them.
extension StoreTransaction {
    /// What was set for a point; nil when nothing was.
    package func encounter(of stored: StoredContribution) throws -> StoredEncounter? {
        let statement = try database.cachedStatement(
            sql: "SELECT hours, prompt, reveals, standing FROM encounter WHERE contribution = ?")
        return try Row.fetchOne(statement, arguments: [stored.number]).map { row in
            StoredEncounter(
                hours: row[0], prompt: row[1], reveals: row[2],
                standing: (row[3] as String?).flatMap(EncounterStanding.init))
        }
    }

    package func set(_ encounter: StoredEncounter, of stored: StoredContribution) throws {
        try database.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO encounter (contribution, hours, prompt, reveals, standing) VALUES (?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            stored.number, encounter.hours, encounter.prompt, encounter.reveals, encounter.standing?.rawValue,
        ])
    }

    /// Ties a contribution to the point from which it was given, both of the same layer.
    package func tie(_ stored: StoredContribution, to point: StoredContribution) throws {
        try database.cachedStatement(sql: "INSERT INTO encounter_tie (contribution, point) VALUES (?, ?)")
            .execute(arguments: [stored.number, point.number])
    }

    /// The point from which a contribution was given, under its public id; nil for none, and while the point is not
    /// public.
    package func publicPoint(of stored: StoredContribution) throws -> PublicIdentifier? {
        let statement = try database.cachedStatement(
            sql: """
                SELECT published_feature.public_id FROM encounter_tie
                JOIN published_feature ON published_feature.number = encounter_tie.point
                WHERE encounter_tie.contribution = ?
                """)
        return try Data.fetchOne(statement, arguments: [stored.number]).flatMap { PublicIdentifier(bytes: $0) }
    }

    /// What was given from a point and is public, in the order of ids, which are random.
    package func publicContributions(from point: StoredContribution) throws -> [StoredContribution] {
        let statement = try database.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM encounter_tie WHERE point = ?)")
        // Most of what is published is no point.
        guard try Bool.fetchOne(statement, arguments: [point.number]) == true else { return [] }
        return try StoredContribution.fetch(
            database,
            where: """
                contribution.number IN (SELECT contribution FROM encounter_tie WHERE point = ?)
                AND published_feature.number IS NOT NULL ORDER BY contribution.public_id
                """, [point.number])
    }
}
