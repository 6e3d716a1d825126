package import Contributions
import MapFormats
package import SpatialDatabase

/// Moderation in numbers, half-year by half-year (`trust.md`, RG18). Only half-years that have ended are told, so that
/// nobody learns from one day to the next what was done to what they cannot see.
package struct ModerationHistory: Equatable, Sendable {
    /// Smaller numbers are withheld.
    package static let smallest = 5
    /// Restrictions, by the decision's name.
    package static let restrictions = ["reject", "hide", "coarsen", "ask", "mask", "erase"]

    /// One half-year, as it may be told.
    package struct Entry: Equatable, Sendable {
        package let name: String
        package let received: Cell
        /// In the order of `ReportOutcome.allCases`.
        package let outcomes: [Cell]
        package let ended: Cell
        /// Days from a report to its decision, to a tenth; nil where too few were decided.
        package let medianDays: Double?
        /// In the order of `restrictions`.
        package let restrictions: [Cell]
        package let restricted: Cell
    }

    package enum Cell: Equatable, Sendable {
        case count(Int)
        /// Fewer than five.
        case few
        /// It would give away a number that is withheld.
        case withheld
    }

    /// The latest first.
    package let entries: [Entry]

    /// - Parameter now: seconds since 1970 UTC.
    package init(of store: SpatialStore, in localTime: LocalTime, at now: Int64) throws {
        let halves = try Self.ended(from: store.journalBegins() ?? now, until: now, in: localTime)
        let numbers = try store.moderationNumbers(of: halves)
        entries = halves.map { Entry($0.name, numbers[$0.name] ?? [:]) }
    }

    /// The half-years that have ended by `now`, the latest first, from the one that holds `start` on.
    package static func ended(
        from start: Int64, until now: Int64, in localTime: LocalTime
    ) throws -> [HalfYear] {
        guard let first = Int(localTime.month(of: start).prefix(4)), let last = Int(localTime.month(of: now).prefix(4)),
            first <= last
        else { return [] }
        return try (first...last).flatMap { year in
            let days = try ["\(year)-01-01", "\(year)-07-01", "\(year + 1)-01-01"].map {
                localTime.start(of: try ExtendedDate($0))
            }
            return [
                HalfYear(name: "\(year)-H1", starts: days[0], ends: days[1]),
                HalfYear(name: "\(year)-H2", starts: days[1], ends: days[2]),
            ]
        }.filter { $0.ends <= now && $0.ends > start }.reversed()
    }
}

extension ModerationHistory.Entry {
    fileprivate init(_ name: String, _ numbers: [String: Double]) {
        typealias Cell = ModerationHistory.Cell
        let count = { (act: String) in Int(numbers[act] ?? 0) }
        let ended = ReportOutcome.allCases.map { count($0.act) }
        let decided = ReportOutcome.decisions.map { count($0.act) }.reduce(0, +)
        let restricted = ModerationHistory.restrictions.map(count)
        self.name = name
        outcomes = ended.map(Cell.init)
        restrictions = restricted.map(Cell.init)
        received = Cell(count(StoreTransaction.reportAct), besides: ended)
        self.ended = Cell(ended.reduce(0, +), besides: ended)
        self.restricted = Cell(restricted.reduce(0, +), besides: restricted)
        medianDays =
            decided < ModerationHistory.smallest ? nil : numbers["median"].map { ($0 * 10).rounded() / 10 }
    }
}

extension ModerationHistory.Cell {
    fileprivate init(_ count: Int) {
        self = count < ModerationHistory.smallest ? .few : .count(count)
    }

    /// A total that stands beside its parts: told only where nobody can work out from it a part that is withheld.
    fileprivate init(_ total: Int, besides parts: [Int]) {
        let hidden = parts.filter { $0 < ModerationHistory.smallest }
        let sum = hidden.reduce(0, +)
        let most = (ModerationHistory.smallest - 1) * hidden.count
        let isSafe = hidden.isEmpty || hidden.count > 1 && sum >= ModerationHistory.smallest && sum < most
        self = total < ModerationHistory.smallest ? .few : isSafe ? .count(total) : .withheld
    }
}
