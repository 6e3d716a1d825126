package import Contributions
import Foundation
import GRDB

/// A report as the store keeps it: for its reporter and for curators.
package struct StoredReport: Sendable {
    /// The row; where a page ends.
    package let number: Int64
    package let reference: PublicIdentifier
    /// Nil when the layer is not there any more.
    package let layer: LayerIdentifier?
    /// The id of what was reported as it is now; nil when it is not there any more.
    package let contribution: PublicIdentifier?
    /// Without its words once what it was about is gone.
    package let report: Report
    /// Seconds since 1970 UTC.
    package let madeAt: Int64
    package let closedAt: Int64?
    package let outcome: ReportOutcome?
    package let reasons: String
    /// How many reports of the same contribution are open.
    package let openCount: Int

    /// Whether nobody has decided yet.
    package var isUndecided: Bool { outcome == nil || outcome == .gone }
}

extension StoredReport {
    static func fetch(
        _ database: Database, where condition: String, _ arguments: StatementArguments
    ) throws -> [StoredReport] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT report.*, layer.identifier AS layer_identifier, contribution.public_id AS contribution_id,
                       (SELECT count(*) FROM report AS other
                        WHERE other.contribution = report.contribution AND other.closed_at IS NULL) AS open_count
                FROM report LEFT JOIN layer ON layer.number = report.layer
                LEFT JOIN contribution ON contribution.number = report.contribution
                WHERE \(condition)
                """, arguments: arguments
        ).map(StoredReport.init)
    }

    private init(_ row: Row) throws {
        number = row["number"]
        guard let reference = PublicIdentifier(bytes: row["public_id"] as Data),
            let reason = ReportReason(rawValue: row["reason"])
        else { throw StoreError.damagedRow(table: "report", number: row["number"]) }
        self.reference = reference
        layer = try (row["layer_identifier"] as String?).map { try LayerIdentifier($0) }
        contribution = (row["contribution_id"] as Data?).flatMap { PublicIdentifier(bytes: $0) }
        var report = Report(reason: reason)
        report.text = row["text"]
        report.contact = row["contact"]
        report.isGoodFaith = row["is_good_faith"]
        self.report = report
        madeAt = row["made_at"]
        closedAt = row["closed_at"]
        outcome = (row["outcome"] as String?).flatMap(ReportOutcome.init)
        reasons = row["reasons"]
        openCount = row["open_count"]
    }
}

/// Where a page of reports ends: the open ones come first, each kind from the oldest to the newest.
package struct ReportPlace: Equatable, Sendable {
    package let isClosed: Bool
    package let number: Int64

    package init(_ report: StoredReport) {
        isClosed = report.closedAt != nil
        number = report.number
    }

    /// Reads what `text` has written; nil for anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, ["open", "closed"].contains(parts[0]), let number = Int64(parts[1]), number > 0 else {
            return nil
        }
        isClosed = parts[0] == "closed"
        self.number = number
    }

    package var text: String { "\(isClosed ? "closed" : "open")-\(number)" }
}
