package import Contributions
import Foundation
import GRDB

/// Notices of what a curator has erased, for whoever holds the receipt still.
extension StoreTransaction {
    /// Keeps why something is about to be erased, under the hashes of its receipt; nothing for what has none.
    package func leaveNotice(
        _ notice: DecisionNotice, of stored: StoredContribution, at moment: Int64
    ) throws {
        try database.execute(
            sql: """
                INSERT INTO erasure_notice (subject, token_hash, code_hash, revision, reasons, ground, decided_at)
                SELECT ?, token_hash, code_hash, ?, ?, ?, ? FROM receipt WHERE contribution = ?
                """,
            arguments: [
                Data(Digest(of: stored.identifier.bytes).bytes), notice.revision, notice.reasons,
                notice.ground.rawValue, moment, stored.number,
            ])
    }

    /// Why what this receipt opened was erased; nil when nothing was, or not under that id.
    /// - Parameter identifier: nil for whatever it was.
    package func erasureNotice(token: Digest, of identifier: PublicIdentifier? = nil) throws -> DecisionNotice? {
        try erasureNotice(
            "token_hash = ? AND (? IS NULL OR subject = ?)", Data(token.bytes),
            identifier.map { Data(Digest(of: $0.bytes).bytes) })
    }

    package func erasureNotice(code: Digest) throws -> DecisionNotice? {
        try erasureNotice("code_hash = ? AND (? IS NULL OR subject = ?)", Data(code.bytes), nil)
    }

    private func erasureNotice(_ condition: String, _ hash: Data, _ subject: Data?) throws -> DecisionNotice? {
        try Row.fetchOne(
            database, sql: "SELECT revision, reasons, ground FROM erasure_notice WHERE \(condition)",
            arguments: [hash, subject, subject]
        ).map { row in
            DecisionNotice(
                decision: Decision.erase.name, reasons: row[1], revision: row[0],
                ground: DecisionNotice.Ground(rawValue: row[2]) ?? .rules)
        }
    }

    /// Forgets a notice that was read. Returns whether there was one.
    package func forgetNotice(token: Digest, of identifier: PublicIdentifier) throws -> Bool {
        try database.execute(
            sql: "DELETE FROM erasure_notice WHERE token_hash = ? AND subject = ?",
            arguments: [Data(token.bytes), Data(Digest(of: identifier.bytes).bytes)])
        return database.changesCount == 1
    }

    /// Forgets the notices from before a moment (seconds since 1970 UTC); returns how many.
    package func forgetNotices(before moment: Int64) throws -> Int {
        try database.execute(sql: "DELETE FROM erasure_notice WHERE decided_at < ?", arguments: [moment])
        return database.changesCount
    }
}

/// Layers that take nothing for now.
extension StoreTransaction {
    /// - Throws: `StoreError.unknownLayer`.
    package func pause(of layer: LayerIdentifier) throws -> Pause {
        guard
            let row = try Row.fetchOne(
                database.cachedStatement(sql: "SELECT is_paused, pause_reasons FROM layer WHERE number = ?"),
                arguments: [try requireLayer(layer)])
        else { throw StoreError.unknownLayer(layer) }
        return Pause(isPaused: row[0], reasons: row[1])
    }

    /// - Throws: `StoreError.unknownLayer`.
    package func set(_ pause: Pause, of layer: LayerIdentifier) throws {
        try database.execute(
            sql: "UPDATE layer SET is_paused = ?, pause_reasons = ? WHERE number = ?",
            arguments: [pause.isPaused, pause.isPaused ? pause.reasons : "", try requireLayer(layer)])
    }
}
