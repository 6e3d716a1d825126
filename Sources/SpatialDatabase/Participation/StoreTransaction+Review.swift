package import Contributions
import Foundation
import GRDB

/// What waits for curators, what they have decided and what was said about it.
extension StoreTransaction {
    /// What waits for a curator, in the order of ids: new contributions, changes of those that stand, and what its
    /// author contests. One run along one index, whatever the layer holds beside.
    /// - Throws: `StoreError.unknownLayer`.
    package func waiting(
        in layer: LayerIdentifier, after: PublicIdentifier?, limit: Int
    ) throws -> [StoredContribution] {
        try StoredContribution.fetch(
            database, where: Self.isWaiting,
            [try requireLayer(layer), after.map { Data($0.bytes) } ?? Data(), limit])
    }

    static let isWaiting = """
        contribution.layer = ? AND contribution.public_id > ?
        AND (contribution.state = 'pending' OR contribution.awaits_review = 1)
        AND contribution.number NOT IN (SELECT contribution FROM parent_agreement WHERE answer_by IS NOT NULL)
        ORDER BY contribution.public_id LIMIT ?
        """

    /// Notes a decision for the author to read.
    package func note(_ notice: DecisionNotice, for stored: StoredContribution) throws {
        try database.execute(
            sql: "INSERT INTO decision (contribution, revision, decision, reasons, ground) VALUES (?, ?, ?, ?, ?)",
            arguments: [stored.number, notice.revision, notice.decision, notice.reasons, notice.ground.rawValue])
    }

    /// The decisions about a contribution, from the first to the last.
    package func decisions(about stored: StoredContribution) throws -> [DecisionNotice] {
        try Row.fetchAll(
            database,
            sql: "SELECT decision, reasons, revision, ground FROM decision WHERE contribution = ? ORDER BY number",
            arguments: [stored.number]
        ).map { row in
            DecisionNotice(
                decision: row[0], reasons: row[1], revision: row[2],
                ground: DecisionNotice.Ground(rawValue: row[3]) ?? .rules)
        }
    }

    /// Keeps a question for the author. Until they answer, nothing of it waits for a curator.
    package func ask(_ question: String, about stored: StoredContribution) throws {
        try database.execute(
            sql: "INSERT OR REPLACE INTO inquiry (contribution, question) VALUES (?, ?)",
            arguments: [stored.number, question])
        try setAwaitsReview(false, of: stored)
    }

    /// Keeps what the author answers, and has it wait for a curator.
    package func answer(_ answer: String, about stored: StoredContribution) throws {
        try database.execute(
            sql: """
                INSERT INTO inquiry (contribution, answer) VALUES (?, ?)
                ON CONFLICT (contribution) DO UPDATE SET answer = excluded.answer
                """, arguments: [stored.number, answer])
        try database.execute(
            sql: "UPDATE contribution SET revision = revision + 1, awaits_review = state <> 'pending' WHERE number = ?",
            arguments: [stored.number])
    }

    /// Forgets what was asked and answered, once it is decided upon.
    package func closeInquiry(about stored: StoredContribution) throws {
        try database.cachedStatement(sql: "DELETE FROM inquiry WHERE contribution = ?")
            .execute(arguments: [stored.number])
        let hasProposal =
            try Bool.fetchOne(
                database, sql: "SELECT EXISTS (SELECT 1 FROM proposal WHERE contribution = ?)",
                arguments: [stored.number]) ?? false
        try setAwaitsReview(hasProposal, of: stored)
    }

    private func setAwaitsReview(_ isWaiting: Bool, of stored: StoredContribution) throws {
        try database.cachedStatement(sql: "UPDATE contribution SET awaits_review = ? WHERE number = ?")
            .execute(arguments: [isWaiting, stored.number])
    }

    /// Counts a change of what was given that its author has not made.
    package func countRevision(of stored: StoredContribution) throws {
        try database.execute(
            sql: "UPDATE contribution SET revision = revision + 1 WHERE number = ?", arguments: [stored.number])
    }

    /// Rewrites all that was said about a contribution: reasons, question and answer.
    package func rewriteWords(about stored: StoredContribution, _ rewrite: (String) -> String) throws {
        for row in try Row.fetchAll(
            database, sql: "SELECT number, reasons FROM decision WHERE contribution = ?", arguments: [stored.number])
        {
            try database.execute(
                sql: "UPDATE decision SET reasons = ? WHERE number = ?",
                arguments: [rewrite(row["reasons"]), row["number"] as Int64])
        }
        guard let inquiry = stored.inquiry else { return }
        try database.execute(
            sql: "UPDATE inquiry SET question = ?, answer = ? WHERE contribution = ?",
            arguments: [inquiry.question.map(rewrite), inquiry.answer.map(rewrite), stored.number])
    }
}
