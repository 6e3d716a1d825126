package import Contributions
import Foundation
import GRDB

/// Receipts, idempotency keys and invitations: secrets of which the store knows hashes.
extension StoreTransaction {
    /// The contribution that a receipt opens; nil for none.
    package func contribution(openedBy token: Digest) throws -> StoredContribution? {
        try StoredContribution.fetch(
            database,
            where: "contribution.number = (SELECT contribution FROM receipt WHERE token_hash = ?)",
            [Data(token.bytes)]
        ).first
    }

    /// The contribution that a paper code opens; nil for none.
    package func contribution(withCode code: Digest) throws -> StoredContribution? {
        try StoredContribution.fetch(
            database,
            where: "contribution.number = (SELECT contribution FROM receipt WHERE code_hash = ?)",
            [Data(code.bytes)]
        ).first
    }

    /// The contribution that bears this handle; nil for none.
    package func contribution(withHandle handle: PublicIdentifier) throws -> StoredContribution? {
        try StoredContribution.fetch(database, where: "contribution.handle = ?", [Data(handle.bytes)]).first
    }

    /// What was agreed to under a handle, and what of it was withdrawn.
    package func consents(of handle: PublicIdentifier) throws -> [ConsentProof] {
        try Row.fetchAll(
            database,
            sql: "SELECT purpose, text_version, given_at, withdrawn_at FROM consent WHERE handle = ? ORDER BY number",
            arguments: [Data(handle.bytes)]
        ).map { ConsentProof(purpose: $0[0], textVersion: $0[1], givenAt: $0[2], withdrawnAt: $0[3]) }
    }

    /// Keeps the proof of what was agreed to, each purpose by itself.
    package func add(_ consent: Consent, of handle: PublicIdentifier) throws {
        for purpose in ConsentPurpose.allCases where consent.purposes.contains(purpose) {
            try database.cachedStatement(
                sql: "INSERT INTO consent (handle, purpose, text_version, given_at) VALUES (?, ?, ?, ?)"
            ).execute(arguments: [Data(handle.bytes), purpose.rawValue, consent.textVersion, consent.moment])
        }
    }

    /// Marks what was agreed to as taken back.
    package func withdraw(_ purpose: ConsentPurpose, of handle: PublicIdentifier, at moment: Int64) throws {
        try database.execute(
            sql: "UPDATE consent SET withdrawn_at = ? WHERE handle = ? AND purpose = ? AND withdrawn_at IS NULL",
            arguments: [moment, Data(handle.bytes), purpose.rawValue])
    }

    /// Gives a new receipt; the one before opens nothing any more.
    package func reissue(_ receipt: Receipt, for stored: StoredContribution) throws {
        try database.execute(sql: "DELETE FROM receipt WHERE contribution = ?", arguments: [stored.number])
        try insert(receipt, contribution: stored.number)
    }

    func insert(_ receipt: Receipt, contribution: Int64) throws {
        try database.cachedStatement(
            sql: "INSERT INTO receipt (contribution, token_hash, code_hash) VALUES (?, ?, ?)"
        ).execute(arguments: [
            contribution, Data(receipt.token.digest.bytes), Data(receipt.code.digest(key: try instanceKey()).bytes),
        ])
    }

    /// The random key of this instance.
    package func instanceKey() throws -> InstanceKey {
        guard let key = try Data.fetchOne(database.cachedStatement(sql: "SELECT key FROM instance")) else {
            throw StoreError.damagedRow(table: "instance", number: 1)
        }
        return InstanceKey(bytes: Array(key))
    }

    /// What was sent with this key before and is remembered still.
    package func remembered(
        _ key: Digest, at moment: Int64
    ) throws -> (body: Digest, contribution: StoredContribution)? {
        try database.cachedStatement(sql: "DELETE FROM idempotency WHERE expires_at <= ?").execute(arguments: [moment])
        guard
            let row = try Row.fetchOne(
                database.cachedStatement(sql: "SELECT body_hash, contribution FROM idempotency WHERE key_hash = ?"),
                arguments: [Data(key.bytes)]),
            let body = Digest(bytes: row[0] as Data),
            let stored = try StoredContribution.fetch(
                database, where: "contribution.number = ?", [row[1] as Int64]
            ).first
        else { return nil }
        return (body, stored)
    }

    package func remember(_ key: Digest, body: Digest, for stored: StoredContribution, until moment: Int64) throws {
        try database.cachedStatement(
            sql: "INSERT INTO idempotency (key_hash, body_hash, contribution, expires_at) VALUES (?, ?, ?, ?)"
        ).execute(arguments: [Data(key.bytes), Data(body.bytes), stored.number, moment])
    }

    /// Makes a code with which the invited contribute to a layer.
    /// - Throws: `StoreError.unknownLayer`.
    package func invite(
        _ identifier: PublicIdentifier, code: PaperCode, to layer: LayerIdentifier
    ) throws {
        try database.execute(
            sql: "INSERT INTO invitation (public_id, layer, code_hash) VALUES (?, ?, ?)",
            arguments: [
                Data(identifier.bytes), try requireLayer(layer),
                Data(code.digest(key: try instanceKey()).bytes),
            ])
    }

    /// Whether a code invites to a layer now.
    package func isInvited(_ code: PaperCode, to layer: LayerIdentifier) throws -> Bool {
        try Bool.fetchOne(
            database,
            sql: """
                SELECT EXISTS (SELECT 1 FROM invitation JOIN layer ON layer.number = invitation.layer
                               WHERE code_hash = ? AND layer.identifier = ? AND NOT is_revoked)
                """,
            arguments: [Data(code.digest(key: try instanceKey()).bytes), layer.text]) ?? false
    }

    /// - Returns: whether there was such an invitation.
    package func revokeInvitation(_ identifier: PublicIdentifier) throws -> Bool {
        try database.execute(
            sql: "UPDATE invitation SET is_revoked = 1 WHERE public_id = ?", arguments: [Data(identifier.bytes)])
        return database.changesCount == 1
    }
}
