package import Contributions
import Foundation
import GRDB
import MapGeometry

/// How a list of clearances came out.
package struct ClearanceOutcome: Equatable, Sendable {
    package var cleared: [PublicIdentifier] = []
    package var refused: [PublicIdentifier] = []
    package var withdrawn: [PublicIdentifier] = []
    /// Public in another form than the one that was looked at.
    package var changed: [PublicIdentifier] = []
    /// Not public, not within what the embed shows, or not for partners: which of these is not said.
    package var unknown: [PublicIdentifier] = []

    package init() {}
}

/// A feature and the form in which a partner has looked at it.
package struct ClearanceRequest: Equatable, Sendable {
    package let identifier: PublicIdentifier
    package let form: PublishedForm

    package init(identifier: PublicIdentifier, form: PublishedForm) {
        self.identifier = identifier
        self.form = form
    }
}

/// What partners agree to show. Each function is about one open embed; who may answer for it is decided by who calls.
extension StoreTransaction {
    /// Clears features in the form in which they were looked at, if that is the form that is public now.
    package func clear(
        _ requests: [ClearanceRequest], for key: PublicIdentifier, _ outcome: inout ClearanceOutcome
    ) throws {
        guard let embed = try openStoredEmbed(key) else { return }
        for request in requests {
            guard let row = try offered(request.identifier, to: embed) else {
                outcome.unknown.append(request.identifier)
                continue
            }
            guard row.form == request.form else {
                outcome.changed.append(request.identifier)
                continue
            }
            try clear(row, for: embed)
            outcome.cleared.append(request.identifier)
        }
    }

    /// Clears all that waits for an embed, each in the form in which it is public now; returns how much that was.
    package func clearAll(for key: PublicIdentifier) throws -> Int {
        guard let embed = try openStoredEmbed(key) else { return 0 }
        // Read to its end before the first is written.
        let numbers = try Int64.fetchAll(
            database,
            sql: """
                SELECT number FROM published_feature AS p WHERE layer = ? AND for_partners
                AND NOT EXISTS (SELECT 1 FROM clearance_refusal WHERE embed = ? AND contribution = p.number)
                AND NOT EXISTS (SELECT 1 FROM clearance WHERE embed = ? AND feature = p.number)
                ORDER BY number
                """, arguments: [try requireLayer(embed.embed.layer), embed.number, embed.number])
        var count = 0
        for number in numbers {
            guard let row = try OfferedFeature.fetch(database, where: "number = ?", [number]), row.isOffered(to: embed),
                embed.embed.standing?.takes(kind: row.kind, themes: row.themes) != true
            else { continue }
            try clear(row, for: embed)
            count += 1
        }
        return count
    }

    /// Refuses contributions in whatever form.
    package func refuse(
        _ identifiers: [PublicIdentifier], for key: PublicIdentifier, _ outcome: inout ClearanceOutcome
    ) throws {
        guard let embed = try openStoredEmbed(key) else { return }
        for identifier in identifiers {
            guard let row = try offered(identifier, to: embed) else {
                outcome.unknown.append(identifier)
                continue
            }
            try forget("clearance WHERE embed = ? AND feature = ?", embed, row.number)
            try database.cachedStatement(
                sql: "INSERT OR IGNORE INTO clearance_refusal (embed, contribution) VALUES (?, ?)"
            ).execute(arguments: [embed.number, row.number])
            outcome.refused.append(identifier)
        }
    }

    /// Takes back what was answered, so that it waits again.
    package func withdrawAnswers(
        about identifiers: [PublicIdentifier], for key: PublicIdentifier, _ outcome: inout ClearanceOutcome
    ) throws {
        guard let embed = try openStoredEmbed(key) else { return }
        for identifier in identifiers {
            guard let row = try offered(identifier, to: embed) else {
                outcome.unknown.append(identifier)
                continue
            }
            try forget("clearance WHERE embed = ? AND feature = ?", embed, row.number)
            try forget("clearance_refusal WHERE embed = ? AND contribution = ?", embed, row.number)
            outcome.withdrawn.append(identifier)
        }
    }

    /// Works out anew whether the author of what is public agrees that partners show it.
    package func noteAgreement(of stored: StoredContribution) throws {
        try database.execute(
            sql: "UPDATE published_feature SET for_partners = \(Self.isForPartners) WHERE number = ?",
            arguments: [stored.number, stored.number])
    }

    /// Whether the author of the contribution of that number agrees to partners; who has imported it does.
    static let isForPartners = """
        (SELECT contribution.handle IS NULL OR EXISTS (
            SELECT 1 FROM consent
            WHERE consent.handle = contribution.handle AND purpose = 'partners' AND withdrawn_at IS NULL)
         FROM contribution WHERE contribution.number = ?)
        """

    private func offered(_ identifier: PublicIdentifier, to embed: StoredEmbed) throws -> OfferedFeature? {
        let row = try OfferedFeature.fetch(
            database, where: "public_id = ? AND layer = ?",
            [Data(identifier.bytes), try requireLayer(embed.embed.layer)])
        return row.flatMap { $0.isOffered(to: embed) ? $0 : nil }
    }

    private func clear(_ row: OfferedFeature, for embed: StoredEmbed) throws {
        try forget("clearance_refusal WHERE embed = ? AND contribution = ?", embed, row.number)
        try database.cachedStatement(
            sql: "INSERT OR REPLACE INTO clearance (embed, feature, form) VALUES (?, ?, ?)"
        ).execute(arguments: [embed.number, row.number, Data(row.form.bytes)])
    }

    private func forget(_ rows: String, _ embed: StoredEmbed, _ number: Int64) throws {
        try database.cachedStatement(sql: "DELETE FROM \(rows)").execute(arguments: [embed.number, number])
    }
}

/// A public feature, with what decides whether an embed may show it.
private struct OfferedFeature {
    let number: Int64
    let kind: UInt8
    let themes: [String]
    let form: PublishedForm
    private let seconds: ClosedRange<Int64>?
    private let geometry: Geometry?
    private let isCell: Bool
    private let isForPartners: Bool

    static func fetch(
        _ database: Database, where condition: String, _ arguments: StatementArguments
    ) throws -> OfferedFeature? {
        try Row.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT number, kind, time_start, time_end, geometry, feature, cell_side, for_partners
                    FROM published_feature WHERE \(condition)
                    """), arguments: arguments
        ).map { try OfferedFeature($0, database) }
    }

    private init(_ row: Row, _ database: Database) throws {
        number = row[0]
        kind = UInt8(row[1] as Int64)
        themes = try String.fetchAll(
            database.cachedStatement(sql: "SELECT theme FROM published_theme WHERE feature = ?"), arguments: [number])
        form = (row[5] as Data).withUnsafeBytes { PublishedForm(of: $0) }
        if let start = row[2] as Int64?, let end = row[3] as Int64? { seconds = start...end } else { seconds = nil }
        geometry = try (row[4] as Data?).map { data in try data.withUnsafeBytes { try GeometryBlob.decode($0) } }
        isCell = (row[6] as Int64) != 0
        isForPartners = row[7]
    }

    func isOffered(to embed: StoredEmbed) -> Bool {
        isForPartners
            && embed.embed.pins.take(kind: kind, themes: themes, seconds: seconds, geometry: geometry, isCell: isCell)
    }
}
