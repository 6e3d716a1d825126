package import Contributions
import Foundation
import GRDB

/// The maps of partners.
extension StoreTransaction {
    /// - Throws: `StoreError.unknownLayer`.
    /// - Returns: whether there is such a partner, and it is open.
    package func add(_ embed: Embed) throws -> Bool {
        guard let partner = try openPartner(embed.partner) else { return false }
        try database.execute(
            sql: """
                INSERT INTO embed (\(EmbedColumns.names), key, partner, layer)
                VALUES (\(EmbedColumns.marks), ?, ?, ?)
                """,
            arguments: EmbedColumns.arguments(embed) + [
                Data(embed.key.bytes), partner, try requireLayer(embed.layer),
            ])
        return true
    }

    /// Changes everything of an embed but its key, its partner and its layer.
    /// - Returns: whether there is such an embed, and it is open.
    package func change(_ embed: Embed) throws -> Bool {
        try database.execute(
            sql: "UPDATE embed SET \(EmbedColumns.assignments) WHERE key = ? AND NOT is_closed",
            arguments: EmbedColumns.arguments(embed) + [Data(embed.key.bytes)])
        return database.changesCount == 1
    }

    /// Closes an embed for ever, and forgets what was cleared for it.
    /// - Returns: whether there was such an embed, and it was open.
    package func closeEmbed(_ key: PublicIdentifier) throws -> Bool {
        for table in ["clearance", "clearance_refusal"] {
            try database.execute(
                sql: "DELETE FROM \(table) WHERE embed = (SELECT number FROM embed WHERE key = ?)",
                arguments: [Data(key.bytes)])
        }
        try database.execute(
            sql: "UPDATE embed SET is_closed = 1 WHERE key = ? AND NOT is_closed", arguments: [Data(key.bytes)])
        return database.changesCount == 1
    }

    /// Nil when no embed has ever had that key, or its layer is gone.
    package func embed(_ key: PublicIdentifier) throws -> Embed? {
        try StoredEmbed.fetch(database, where: "embed.key = ?", [Data(key.bytes)]).first?.embed
    }

    /// In the order of their creation, closed ones too; nil for those of every partner.
    package func embeds(of partner: PublicIdentifier? = nil) throws -> [Embed] {
        let rows =
            if let partner {
                try StoredEmbed.fetch(database, where: "partner.public_id = ?", [Data(partner.bytes)])
            } else {
                try StoredEmbed.fetch(database, where: "1", [])
            }
        return rows.map(\.embed)
    }

    /// Those of a layer that are open.
    package func openEmbeds(in layer: LayerIdentifier) throws -> [Embed] {
        try openStoredEmbeds(in: layer).map(\.embed)
    }

    func openStoredEmbeds(in layer: LayerIdentifier) throws -> [StoredEmbed] {
        try StoredEmbed.fetch(database, where: "layer.identifier = ? AND NOT embed.is_closed", [layer.text])
    }

    func openStoredEmbed(_ key: PublicIdentifier) throws -> StoredEmbed? {
        try StoredEmbed.fetch(database, where: "embed.key = ? AND NOT embed.is_closed", [Data(key.bytes)]).first
    }
}

/// A row of `embed`; stays inside the store.
struct StoredEmbed {
    let number: Int64
    let embed: Embed

    static func fetch(
        _ database: Database, where condition: String, _ arguments: StatementArguments
    ) throws -> [StoredEmbed] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT embed.*, partner.public_id AS partner_id, layer.identifier AS layer_identifier FROM embed
                JOIN partner ON partner.number = embed.partner JOIN layer ON layer.number = embed.layer
                WHERE \(condition) ORDER BY embed.number
                """, arguments: arguments
        ).map { row in
            let number: Int64 = row["number"]
            do {
                return StoredEmbed(number: number, embed: try EmbedColumns.embed(row))
            } catch {
                throw StoreError.damagedRow(table: "embed", number: number)
            }
        }
    }
}
