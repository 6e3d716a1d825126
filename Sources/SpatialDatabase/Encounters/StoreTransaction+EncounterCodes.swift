package import Contributions
import Foundation
import GRDB

/// The codes on walls, of which the store knows hashes.
extension StoreTransaction {
    /// The public point that a code opens; nil for a code that opens nothing, whatever the reason.
    package func publicPoint(withCode code: Digest) throws -> StoredContribution? {
        try StoredContribution.fetch(
            database,
            where: """
                contribution.number = (SELECT contribution FROM encounter_code WHERE code_hash = ?)
                AND published_feature.kind = ?
                """, [Data(code.bytes), Kind.encounter.number]
        ).first
    }

    /// The codes of a point, in the order of their ids, which are random.
    package func codes(of point: StoredContribution) throws -> [StoredCode] {
        try Row.fetchAll(
            database, sql: "SELECT public_id, label FROM encounter_code WHERE contribution = ? ORDER BY public_id",
            arguments: [point.number]
        ).map { row in
            guard let identifier = PublicIdentifier(bytes: row[0] as Data) else {
                throw StoreError.damagedRow(table: "encounter_code", number: point.number)
            }
            return StoredCode(identifier: identifier, label: row[1])
        }
    }

    package func add(
        _ code: PaperCode, as identifier: PublicIdentifier, label: String, to point: StoredContribution
    ) throws {
        try database.execute(
            sql: "INSERT INTO encounter_code (public_id, contribution, label, code_hash) VALUES (?, ?, ?, ?)",
            arguments: [Data(identifier.bytes), point.number, label, try hash(of: code)])
    }

    /// Puts a new code in the place of one, which opens nothing from now on.
    /// - Returns: whether the point had such a code.
    package func replaceCode(
        _ identifier: PublicIdentifier, of point: StoredContribution, with code: PaperCode
    ) throws -> Bool {
        try database.execute(
            sql: "UPDATE encounter_code SET code_hash = ? WHERE public_id = ? AND contribution = ?",
            arguments: [try hash(of: code), Data(identifier.bytes), point.number])
        return database.changesCount == 1
    }

    /// - Returns: whether the point had such a code.
    package func removeCode(_ identifier: PublicIdentifier, of point: StoredContribution) throws -> Bool {
        try database.execute(
            sql: "DELETE FROM encounter_code WHERE public_id = ? AND contribution = ?",
            arguments: [Data(identifier.bytes), point.number])
        return database.changesCount == 1
    }

    /// Whether that code of a point is this one.
    package func isCode(_ code: PaperCode, _ identifier: PublicIdentifier, of point: StoredContribution) throws -> Bool
    {
        try Bool.fetchOne(
            database,
            sql: """
                SELECT EXISTS (SELECT 1 FROM encounter_code WHERE public_id = ? AND contribution = ? AND code_hash = ?)
                """, arguments: [Data(identifier.bytes), point.number, try hash(of: code)]) ?? false
    }

    /// The public points of a layer, in the order of their ids, which are random.
    package func publicPoints(in layer: LayerIdentifier) throws -> [StoredContribution] {
        try StoredContribution.fetch(
            database,
            where: "contribution.layer = ? AND published_feature.kind = ? ORDER BY contribution.public_id",
            [try requireLayer(layer), Kind.encounter.number])
    }

    /// All points of a layer that are public or may yet be, by title.
    package func points(in layer: LayerIdentifier) throws -> [StoredContribution] {
        try StoredContribution.fetch(
            database,
            where: """
                contribution.layer = ? AND contribution.kind = ? ORDER BY contribution.title, contribution.public_id
                LIMIT 2000
                """, [try requireLayer(layer), Kind.encounter.number])
    }

    private func hash(of code: PaperCode) throws -> Data {
        Data(code.encounterDigest(key: try instanceKey()).bytes)
    }
}
