package import Contributions
import Foundation
import GRDB

/// A page that is looked at: a layer's own, or a map on another site.
package struct UsedPage: Hashable, Sendable {
    package let layer: LayerIdentifier
    /// The key of the embed; nil for our own page.
    package let embed: PublicIdentifier?

    package init(layer: LayerIdentifier, embed: PublicIdentifier?) {
        self.layer = layer
        self.embed = embed
    }
}

/// How often one page was looked at on one day, as it may be told.
package struct UsageTotal: Equatable, Sendable {
    package let day: String
    package let layer: String
    package let embed: String?
    package let partner: String?
    /// A multiple of five; nil for less than five.
    package let count: Int?
}

/// Totals that tell of nobody (`privacy.md`, P18; `trust.md`, RG13).
package enum UsageRule {
    /// Fewer are never told, and not kept beyond the day.
    package static let fewest = 5
    /// Days for which totals are kept: 25 months.
    package static let days = 760

    /// To the nearest five.
    package static func rounded(_ count: Int) -> Int? { count < fewest ? nil : (count + 2) / 5 * 5 }
}

extension StoreTransaction {
    /// Adds what was counted. What there is no layer or embed for any more is left out.
    package func count(_ counts: [UsedPage: Int], on day: String) throws {
        for (page, count) in counts where count > 0 {
            try database.execute(
                sql: """
                    INSERT INTO usage (day, layer, embed, count)
                    SELECT ?1, layer.number, embed.number, ?4 FROM layer LEFT JOIN embed ON embed.key = ?3
                    WHERE layer.identifier = ?2 AND (?3 IS NULL OR embed.layer = layer.number)
                    ON CONFLICT (day, layer, coalesce(embed, 0)) DO UPDATE SET count = count + excluded.count
                    """, arguments: [day, page.layer.text, page.embed.map { Data($0.bytes) }, count])
        }
    }

    /// Leaves of the days before `today` what may be told, and nothing of those before `oldest`.
    package func settleUsage(before today: String, oldest: String) throws {
        try database.execute(
            sql: """
                DELETE FROM usage WHERE day < ?2 OR (day < ?1 AND count < \(UsageRule.fewest));
                """, arguments: [today, oldest])
        try database.execute(
            sql: "UPDATE usage SET count = (count + 2) / 5 * 5 WHERE day < ? AND count % 5 <> 0", arguments: [today])
    }
}

extension SpatialStore {
    /// Totals from a day on, the last day first.
    package func usage(since day: String) throws -> [UsageTotal] {
        try database.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT day, identifier, embed.key, partner.name, count FROM usage
                    JOIN layer ON layer.number = usage.layer
                    LEFT JOIN embed ON embed.number = usage.embed LEFT JOIN partner ON partner.number = embed.partner
                    WHERE day >= ? ORDER BY day DESC, identifier, partner.name, embed.number
                    """, arguments: [day]
            ).map { row in
                UsageTotal(
                    day: row[0], layer: row[1],
                    embed: (row[2] as Data?).flatMap { PublicIdentifier(bytes: $0) }?.description, partner: row[3],
                    count: UsageRule.rounded(row[4]))
            }
        }
    }

    /// Contributions that wait for a curator, of each layer that has some.
    package func waitingCounts() throws -> [LayerIdentifier: Int] {
        try database.read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT identifier, count(*) FROM contribution JOIN layer ON layer.number = contribution.layer
                    WHERE contribution.state = 'pending' OR awaits_review = 1 GROUP BY layer.number
                    """)
            return Dictionary(uniqueKeysWithValues: try rows.map { (try LayerIdentifier($0[0]), $0[1]) })
        }
    }
}
