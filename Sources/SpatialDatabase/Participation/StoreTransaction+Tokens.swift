package import Contributions
import Foundation
import GRDB

/// The tokens of those who look after layers.
extension StoreTransaction {
    /// - Throws: `StoreError.unknownLayer`.
    package func add(_ token: AccessToken, secret: Secret) throws {
        try database.execute(
            sql: """
                INSERT INTO access_token (public_id, role, layer, hash, partner, expires_at, label)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                Data(token.identifier.bytes), token.role.rawValue, try token.layer.map(requireLayer),
                Data(secret.digest.bytes), try token.partner.flatMap(openPartner), token.expires, token.label,
            ])
    }

    /// Its label is forgotten with it.
    /// - Returns: whether there was such a token that was not revoked.
    package func revokeToken(_ identifier: PublicIdentifier) throws -> Bool {
        try database.execute(
            sql: "UPDATE access_token SET is_revoked = 1, label = '' WHERE public_id = ? AND NOT is_revoked",
            arguments: [Data(identifier.bytes)])
        return database.changesCount == 1
    }

    /// The token whose secret this is, unless it was revoked.
    package func token(_ secret: Secret) throws -> AccessToken? {
        try AccessToken.fetch(database, where: "hash = ? AND NOT is_revoked", [Data(secret.digest.bytes)]).first
    }

    /// The token with this id, unless it was revoked.
    package func token(_ identifier: PublicIdentifier) throws -> AccessToken? {
        try AccessToken.fetch(
            database, where: "access_token.public_id = ? AND NOT is_revoked", [Data(identifier.bytes)]
        ).first
    }
}

extension SpatialStore {
    /// The token whose secret this is, unless it was revoked.
    package func token(_ secret: Secret) throws -> AccessToken? {
        try database.read { try StoreTransaction(database: $0).token(secret) }
    }

    /// The token with this id, unless it was revoked.
    package func token(_ identifier: PublicIdentifier) throws -> AccessToken? {
        try database.read { try StoreTransaction(database: $0).token(identifier) }
    }

    /// Every token, revoked ones too.
    package func tokens() throws -> [AccessToken] {
        try database.read { try AccessToken.fetch($0, where: "1", []) }
    }
}

extension AccessToken {
    fileprivate static func fetch(
        _ database: Database, where condition: String, _ arguments: StatementArguments
    ) throws -> [AccessToken] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT access_token.number, access_token.public_id, role, layer.identifier, is_revoked, partner.public_id,
                    expires_at, label
                FROM access_token LEFT JOIN layer ON layer.number = access_token.layer
                LEFT JOIN partner ON partner.number = access_token.partner
                WHERE \(condition) ORDER BY access_token.number
                """, arguments: arguments
        ).map { row in
            guard let identifier = PublicIdentifier(bytes: row[1] as Data), let role = Role(rawValue: row[2]) else {
                throw StoreError.damagedRow(table: "access_token", number: row[0])
            }
            return AccessToken(
                identifier: identifier, role: role, layer: try (row[3] as String?).map { try LayerIdentifier($0) },
                partner: (row[5] as Data?).flatMap { PublicIdentifier(bytes: $0) }, isRevoked: row[4],
                expires: row[6], label: row[7])
        }
    }
}
