package import Contributions
import Foundation
import GRDB

/// What authors and partners have answered about published features, by the bits of their ids: with what a feature
/// shows as, all that decides whether it shows on an embed.
package struct PartnerAnswers: Sendable {
    /// The features whose authors do not agree that partners show them.
    package var reserved: Set<UInt128> = []
    /// By the key of an open embed.
    package var embeds: [PublicIdentifier: OfEmbed] = [:]

    package init() {}

    package struct OfEmbed: Sendable {
        package var refused: Set<UInt128> = []
        /// The form in which each was cleared.
        package var cleared: [UInt128: PublishedForm] = [:]
    }
}

extension StoreTransaction {
    /// Whether a layer shows on some open embed.
    package func hasOpenEmbeds(in layer: LayerIdentifier) throws -> Bool {
        try Bool.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT EXISTS (SELECT 1 FROM embed JOIN layer ON layer.number = embed.layer
                                   WHERE layer.identifier = ? AND NOT embed.is_closed)
                    """), arguments: [layer.text]) ?? false
    }

    /// The answers about some features of a layer, or about all.
    package func partnerAnswers(
        in layer: LayerIdentifier, about identifiers: [PublicIdentifier]? = nil
    ) throws -> PartnerAnswers {
        var answers = PartnerAnswers()
        let embeds = try openStoredEmbeds(in: layer)
        guard !embeds.isEmpty else { return answers }
        for embed in embeds { answers.embeds[embed.embed.key] = .init() }
        guard let identifiers else {
            try read(&answers, of: embeds, where: "published_feature.layer = ?", [try requireLayer(layer)])
            return answers
        }
        for identifier in identifiers {
            try read(&answers, of: embeds, where: "published_feature.public_id = ?", [Data(identifier.bytes)])
        }
        return answers
    }

    private func read(
        _ answers: inout PartnerAnswers, of embeds: [StoredEmbed], where condition: String,
        _ argument: StatementArguments
    ) throws {
        try forEachIdentifier("FROM published_feature WHERE for_partners = 0 AND \(condition)", argument) { bits, _ in
            answers.reserved.insert(bits)
        }
        for embed in embeds {
            var found = answers.embeds[embed.embed.key] ?? .init()
            try forEachIdentifier(
                """
                FROM published_feature JOIN clearance_refusal ON clearance_refusal.contribution = published_feature.number
                WHERE \(condition) AND embed = ?
                """, argument + [embed.number]
            ) { bits, _ in found.refused.insert(bits) }
            try forEachIdentifier(
                """
                , form FROM published_feature JOIN clearance ON clearance.feature = published_feature.number
                WHERE \(condition) AND embed = ?
                """, argument + [embed.number]
            ) { bits, row in found.cleared[bits] = PublishedForm(bytes: row[1] as Data) }
            answers.embeds[embed.embed.key] = found
        }
    }

    private func forEachIdentifier(
        _ rest: String, _ arguments: StatementArguments, _ body: (UInt128, Row) -> Void
    ) throws {
        let rows = try Row.fetchCursor(
            database.cachedStatement(sql: "SELECT published_feature.public_id \(rest)"), arguments: arguments)
        while let row = try rows.next() {
            if let identifier = PublicIdentifier(bytes: row[0] as Data) { body(identifier.bits, row) }
        }
    }
}
