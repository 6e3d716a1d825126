package import Contributions
import Foundation
import GRDB

/// The sites that may frame maps of ours.
extension StoreTransaction {
    package func add(_ partner: Partner) throws {
        try database.execute(
            sql: "INSERT INTO partner (public_id, name) VALUES (?, ?)",
            arguments: [Data(partner.identifier.bytes), partner.name])
        try insertOrigins(of: partner, number: database.lastInsertedRowID)
    }

    /// Gives a partner another name and other origins.
    /// - Returns: whether there is such a partner, and it is open.
    package func change(_ partner: Partner) throws -> Bool {
        guard let number = try openPartner(partner.identifier) else { return false }
        try database.execute(sql: "UPDATE partner SET name = ? WHERE number = ?", arguments: [partner.name, number])
        try database.execute(sql: "DELETE FROM partner_origin WHERE partner = ?", arguments: [number])
        try insertOrigins(of: partner, number: number)
        return true
    }

    /// Closes a partner with its embeds, and revokes its tokens.
    /// - Returns: whether there was such a partner, and it was open.
    package func closePartner(_ identifier: PublicIdentifier) throws -> Bool {
        guard let number = try openPartner(identifier) else { return false }
        for embed in try embeds(of: identifier) where !embed.isClosed { _ = try closeEmbed(embed.key) }
        try database.execute(sql: "DELETE FROM partner_origin WHERE partner = ?", arguments: [number])
        try database.execute(
            sql: "UPDATE access_token SET is_revoked = 1, label = '' WHERE partner = ?", arguments: [number])
        try database.execute(sql: "UPDATE partner SET is_closed = 1 WHERE number = ?", arguments: [number])
        return true
    }

    /// Nil when there is no such partner.
    package func partner(_ identifier: PublicIdentifier) throws -> Partner? {
        try Partner.fetch(database, where: "public_id = ?", [Data(identifier.bytes)]).first
    }

    /// In the order of their creation, closed ones too.
    package func partners() throws -> [Partner] { try Partner.fetch(database, where: "1", []) }

    func openPartner(_ identifier: PublicIdentifier) throws -> Int64? {
        try Int64.fetchOne(
            database, sql: "SELECT number FROM partner WHERE public_id = ? AND NOT is_closed",
            arguments: [Data(identifier.bytes)])
    }

    private func insertOrigins(of partner: Partner, number: Int64) throws {
        for origin in partner.origins {
            try database.execute(
                sql: "INSERT INTO partner_origin (partner, origin) VALUES (?, ?)", arguments: [number, origin.text])
        }
    }
}

extension Partner {
    fileprivate static func fetch(
        _ database: Database, where condition: String, _ arguments: StatementArguments
    ) throws -> [Partner] {
        try Row.fetchAll(
            database, sql: "SELECT number, public_id, name, is_closed FROM partner WHERE \(condition) ORDER BY number",
            arguments: arguments
        ).map { row in
            let number: Int64 = row[0]
            guard let identifier = PublicIdentifier(bytes: row[1] as Data) else {
                throw StoreError.damagedRow(table: "partner", number: number)
            }
            return Partner(
                identifier: identifier, name: row[2], origins: try origins(of: number, database), isClosed: row[3])
        }
    }

    private static func origins(of number: Int64, _ database: Database) throws -> [Origin] {
        try String.fetchAll(
            database, sql: "SELECT origin FROM partner_origin WHERE partner = ?", arguments: [number]
        ).map { text in
            guard let origin = try? Origin(text) else {
                throw StoreError.damagedRow(table: "partner_origin", number: number)
            }
            return origin
        }
    }
}
