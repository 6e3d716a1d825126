import GRDB
import Synchronization

/// Statements that took long, by their text, which holds no value: those are bound, and never looked at.
package final class SlowQueries: Sendable {
    package struct Finding: Equatable, Sendable {
        /// How SQLite went about it, a step each.
        package let plan: [String]
        package let times: Int
        package let longest: Double
    }

    private struct Notes {
        var found: [String: (times: Int, longest: Double)] = [:]
        var total = 0
    }

    private let notes = Mutex(Notes())
    /// Seconds from which a statement is slow.
    private let threshold: Double
    /// No fault of ours may fill the memory.
    private static let most = 100

    package init(threshold: Double = 0.25) {
        self.threshold = threshold
    }

    /// How many there have been since the start.
    package var total: Int { notes.withLock { $0.total } }

    func watch(_ database: Database) {
        database.trace(options: .profile) { [self] event in
            guard case .profile(let statement, let seconds) = event, seconds >= threshold else { return }
            note(statement.sql, seconds)
        }
    }

    /// Looks away until it watches again.
    func rest(_ database: Database) { database.trace(options: []) }

    func note(_ sql: String, _ seconds: Double) {
        notes.withLock { notes in
            notes.total += 1
            guard notes.found[sql] != nil || notes.found.count < Self.most else { return }
            let before = notes.found[sql] ?? (0, 0)
            notes.found[sql] = (before.times + 1, max(before.longest, seconds))
        }
    }

    /// The statements noted since they were last told of.
    var texts: [String] { notes.withLock { Array($0.found.keys) } }

    fileprivate func take() -> [String: (times: Int, longest: Double)] {
        notes.withLock { notes in
            defer { notes.found = [:] }
            return notes.found
        }
    }
}

extension SpatialStore {
    /// What was slow since it was last asked, and by which plan.
    package func slowQueryFindings() throws -> [SlowQueries.Finding] {
        let found = slowQueries.take()
        guard !found.isEmpty else { return [] }
        return try database.read { database in
            found.sorted { $0.key < $1.key }.map { sql, figures in
                SlowQueries.Finding(
                    plan: (try? Self.plan(of: sql, database)) ?? [String(sql.prefix { $0.isLetter })],
                    times: figures.times, longest: figures.longest)
            }
        }
    }

    /// With nothing bound: a plan does not depend on values here.
    private static func plan(of sql: String, _ database: Database) throws -> [String] {
        let statement = try database.makeStatement(sql: "EXPLAIN QUERY PLAN " + sql)
        statement.setUncheckedArguments(StatementArguments())
        return try Row.fetchAll(statement).map { $0["detail"] }
    }
}
