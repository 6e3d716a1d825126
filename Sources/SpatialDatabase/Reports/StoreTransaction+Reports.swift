package import Contributions
import Foundation
import GRDB

/// What people report, and what becomes of it.
extension StoreTransaction {
    package func add(
        _ report: Report, about stored: StoredContribution, reference: PublicIdentifier, receipt: Receipt,
        at moment: Int64
    ) throws {
        try database.execute(
            sql: """
                INSERT INTO report (public_id, layer, contribution, reason, text, contact, is_good_faith, token_hash,
                                    code_hash, made_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                Data(reference.bytes), try requireLayer(stored.layer), stored.number, report.reason.rawValue,
                report.text, report.contact, report.isGoodFaith, Data(receipt.token.digest.bytes),
                Data(receipt.code.digest(key: try instanceKey()).bytes), moment,
            ])
    }

    package func report(_ reference: PublicIdentifier) throws -> StoredReport? {
        try StoredReport.fetch(database, where: "report.public_id = ?", [Data(reference.bytes)]).first
    }

    /// The report that the token or the paper code of its receipt opens; nil for any other.
    package func report(_ reference: PublicIdentifier, openedBy digest: Digest) throws -> StoredReport? {
        let hash = Data(digest.bytes)
        return try StoredReport.fetch(
            database, where: "report.public_id = ? AND (token_hash = ? OR code_hash = ?)",
            [Data(reference.bytes), hash, hash]
        ).first
    }

    /// The open ones first, each kind from the oldest to the newest.
    /// - Parameter layer: nil for every layer, those that are not there any more too.
    package func reports(
        in layer: LayerIdentifier?, after place: ReportPlace?, limit: Int
    ) throws -> [StoredReport] {
        let number = try layer.map(requireLayer)
        return try StoredReport.fetch(
            database,
            where: """
                (?1 IS NULL OR report.layer = ?1)
                AND (closed_at IS NOT NULL, report.number) > (?2, ?3)
                ORDER BY closed_at IS NOT NULL, report.number LIMIT ?4
                """, [number, place?.isClosed ?? false, place?.number ?? 0, limit])
    }

    /// Seconds since 1970 UTC at which the oldest report was made that nobody has decided about; nil for none.
    package func oldestOpenReport(in layer: LayerIdentifier?) throws -> Int64? {
        try Int64.fetchOne(
            database,
            sql: "SELECT min(made_at) FROM report WHERE closed_at IS NULL AND (?1 IS NULL OR layer = ?1)",
            arguments: [try layer.map(requireLayer)])
    }

    package func close(
        _ report: StoredReport, as outcome: ReportOutcome, reasons: String, at moment: Int64
    ) throws {
        try database.execute(
            sql: "UPDATE report SET outcome = ?, reasons = ?, closed_at = ? WHERE number = ?",
            arguments: [outcome.rawValue, reasons, moment, report.number])
    }

    /// Forgets reports that were closed long ago; returns how many.
    package func forgetReports(closedBefore moment: Int64) throws -> Int {
        try database.execute(sql: "DELETE FROM report WHERE closed_at < ?", arguments: [moment])
        return database.changesCount
    }

    /// With a contribution go the words of those who reported it; their receipts still say that it is gone.
    func closeReports(about stored: StoredContribution, at moment: Int64) throws {
        let open = try Data.fetchAll(
            database.cachedStatement(
                sql: "SELECT public_id FROM report WHERE contribution = ? AND closed_at IS NULL ORDER BY number"),
            arguments: [stored.number])
        try forgetWords(where: "contribution = ?", stored.number, at: moment)
        for identifier in open.compactMap({ PublicIdentifier(bytes: $0) }) {
            try journal(
                JournalEntry(
                    moment: moment, actor: "public", act: ReportOutcome.gone.act,
                    subject: JournalEntry.subject(identifier), layer: stored.layer))
        }
    }

    func closeReports(ofLayer number: Int64) throws {
        try forgetWords(where: "layer = ?", number, at: Int64(Date().timeIntervalSince1970))
    }

    private func forgetWords(where condition: String, _ number: Int64, at moment: Int64) throws {
        try database.execute(
            sql: """
                UPDATE report SET text = '', contact = NULL, contribution = NULL, outcome = coalesce(outcome, 'gone'),
                    closed_at = coalesce(closed_at, ?) WHERE \(condition)
                """, arguments: [moment, number])
    }
}

extension ReportOutcome {
    /// How the journal says that a report has ended so.
    package var act: String { "report \(rawValue)" }
}

extension StoreTransaction {
    /// How the journal says that something was reported.
    package static let reportAct = "report"

    /// What was sent before must not be answered with a receipt again.
    package func forgetIdempotency(of stored: StoredContribution) throws {
        try database.execute(sql: "DELETE FROM idempotency WHERE contribution = ?", arguments: [stored.number])
    }
}
