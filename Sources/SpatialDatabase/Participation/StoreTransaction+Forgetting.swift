package import Contributions
import Foundation
import GRDB

extension StoreTransaction {
    /// The layer of a contribution, public or not; nil for an id that nothing has.
    package func layer(of identifier: PublicIdentifier) throws -> LayerIdentifier? {
        try String.fetchOne(
            database,
            sql: """
                SELECT layer.identifier FROM contribution JOIN layer ON layer.number = contribution.layer WHERE public_id = ?
                """, arguments: [Data(identifier.bytes)]
        ).map { try LayerIdentifier($0) }
    }

    /// Whether a token still opens what it is said to open.
    package func isValid(_ token: AccessToken) throws -> Bool {
        try Bool.fetchOne(
            database, sql: "SELECT EXISTS (SELECT 1 FROM access_token WHERE public_id = ? AND NOT is_revoked)",
            arguments: [Data(token.identifier.bytes)]) ?? false
    }

    /// Takes out what was refused or kept as proof for long enough; says how much of each.
    /// - Parameters: moments in seconds since 1970 UTC.
    package func forgetOld(
        rejectedBefore: Int64, consentWithdrawnBefore: Int64, at moment: Int64
    ) throws -> [(what: String, count: Int)] {
        let rejected = try StoredContribution.fetch(
            database, where: "state = 'rejected' AND state_since < ? AND handle IS NOT NULL", [rejectedBefore])
        for stored in rejected { try erase(stored, at: moment) }
        try database.execute(
            sql: "DELETE FROM consent WHERE withdrawn_at < ?", arguments: [consentWithdrawnBefore])
        let consents = database.changesCount
        try database.execute(sql: "DELETE FROM idempotency WHERE expires_at <= ?", arguments: [moment])
        return [("rejected", rejected.count), ("consent", consents)]
    }
}

extension SpatialStore {
    /// Reads with the functions of a transaction, all at one moment.
    package func read<Value>(_ body: (StoreTransaction) throws -> Value) throws -> Value {
        try database.read { try body(StoreTransaction(database: $0)) }
    }

    /// Takes the last traces of what was erased out of the store's files: words that the full-text index keeps until
    /// it is merged, and pages that the write-ahead log keeps until it is emptied.
    ///
    /// - Throws: `StoreError.busy` when a reader keeps the log from being emptied; nothing is lost then, and it is to
    ///   be asked again.
    package func scrub() async throws {
        try await write { transaction in
            try transaction.database.execute(sql: "INSERT INTO published_text (published_text) VALUES ('optimize')")
        }
        try await emptyLog()
    }

    /// Empties the write-ahead log into the store's file and cuts it to nothing.
    private func emptyLog() async throws {
        for attempt in 1...Self.attempts {
            do {
                _ = try await database.writeWithoutTransaction { try $0.checkpoint(.truncate) }
                return
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
                guard attempt < Self.attempts else { throw StoreError.busy(seconds: 1) }
                try await Task.sleep(for: .milliseconds(100))
            }
        }
    }

    /// Readers are done within milliseconds; only an export takes longer.
    private static let attempts = 10
}
