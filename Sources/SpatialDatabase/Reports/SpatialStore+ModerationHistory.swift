import Contributions
import GRDB

/// Six months whose moderation is told in numbers. Moments are seconds since 1970 UTC.
package struct HalfYear: Equatable, Sendable {
    /// Such as `2026-H1`.
    package let name: String
    package let starts: Int64
    package let ends: Int64

    package init(name: String, starts: Int64, ends: Int64) {
        self.name = name
        self.starts = starts
        self.ends = ends
    }
}

extension SpatialStore {
    /// The moment of the journal's first entry; nil for an empty one.
    package func journalBegins() throws -> Int64? {
        try database.read { try Int64.fetchOne($0, sql: "SELECT min(moment) FROM journal") }
    }

    /// What was reported and decided, counted from the journal, which outlives what it was about: for each half-year
    /// and act how often, and under `median` the days from a report to its decision.
    ///
    /// A report that has ended twice within one half-year counts once, as it ended last.
    package func moderationNumbers(of halfYears: [HalfYear]) throws -> [String: [String: Double]] {
        guard !halfYears.isEmpty else { return [:] }
        var arguments: StatementArguments = []
        for half in halfYears { arguments += [half.name, half.starts, half.ends] }
        let values = halfYears.map { _ in "(?, ?, ?)" }.joined(separator: ", ")
        var numbers: [String: [String: Double]] = [:]
        try database.read { database in
            let rows = try Row.fetchCursor(database, sql: Self.history(values), arguments: arguments)
            while let row = try rows.next() { numbers[row[0], default: [:]][row[1]] = row[2] }
        }
        return numbers
    }

    private static func history(_ halfYears: String) -> String {
        """
        WITH half (name, starts, ends) AS (VALUES \(halfYears)),
        entry AS (
            SELECT name, sequence, moment, act, subject FROM journal JOIN half ON moment >= starts AND moment < ends),
        closing AS (
            SELECT *, row_number() OVER (PARTITION BY name, subject ORDER BY sequence DESC) AS place FROM entry
            WHERE act LIKE 'report %'),
        received AS (SELECT subject, min(moment) AS moment FROM journal WHERE act = 'report' GROUP BY subject),
        delay AS (
            SELECT closing.name, (closing.moment - received.moment) / 86400.0 AS days,
                   row_number() OVER (PARTITION BY closing.name ORDER BY closing.moment - received.moment) AS place,
                   count(*) OVER (PARTITION BY closing.name) AS total
            FROM closing JOIN received USING (subject) WHERE closing.place = 1 AND act <> 'report gone')
        SELECT name, act, CAST(count(*) AS REAL) FROM entry
        WHERE act IN ('report', 'reject', 'hide', 'coarsen', 'ask', 'mask', 'erase') GROUP BY name, act
        UNION ALL SELECT name, act, CAST(count(*) AS REAL) FROM closing WHERE place = 1 GROUP BY name, act
        UNION ALL SELECT name, 'median', avg(days) FROM delay
        WHERE place IN ((total + 1) / 2, (total + 2) / 2) GROUP BY name
        """
    }
}
