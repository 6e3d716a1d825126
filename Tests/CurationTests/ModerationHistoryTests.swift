import Contributions
import SpatialDatabase
import TestSupport
import Testing

@testable import Curation

/// Moderation in numbers (RG18), compared with a count by hand.
@Suite struct ModerationHistoryTests {
    private static let day: Int64 = 86_400
    /// 2026-03-02T00:00:00 in Paris, and the ends of both half-years there.
    private static let spring: Int64 = 1_772_406_000
    private static let july: Int64 = 1_782_856_800
    private static let nextYear: Int64 = 1_798_758_000

    private struct Line {
        let moment: Int64
        let act: String
        let subject: String
    }

    private static func write(_ lines: [Line], to store: SpatialStore) async throws {
        try await store.write { transaction in
            for line in lines {
                try transaction.journal(
                    JournalEntry(moment: line.moment, actor: "a", act: line.act, subject: line.subject))
            }
        }
    }

    private static func report(_ name: String, at day: Int64, _ outcome: String? = nil, after days: Int64 = 0) -> [Line]
    {
        let made = Line(moment: spring + day * Self.day, act: "report", subject: name)
        let closed = outcome.map {
            Line(moment: spring + (day + days) * Self.day, act: "report \($0)", subject: name)
        }
        return [made] + (closed.map { [$0] } ?? [])
    }

    @Test func theTableEqualsACountByHand() async throws {
        let temporary = try TemporaryStore()
        // Six kept after 1, 2, 3, 4, 5, 6 days; five acted upon after 10; four gone; two open: 17.
        var lines: [Line] = []
        for number in 1...6 { lines += Self.report("k\(number)", at: Int64(number), "kept", after: Int64(number)) }
        for number in 1...5 { lines += Self.report("a\(number)", at: 3, "acted", after: 10) }
        for number in 1...4 { lines += Self.report("g\(number)", at: 4, "gone", after: 1) }
        lines += Self.report("o1", at: 5) + Self.report("o2", at: 6)
        for _ in 0..<7 { lines.append(Line(moment: Self.spring, act: "reject", subject: "s")) }
        for _ in 0..<4 { lines.append(Line(moment: Self.spring, act: "hide", subject: "s")) }
        for act in ["publish", "create token", "expire"] {
            for _ in 0..<9 { lines.append(Line(moment: Self.spring, act: act, subject: "s")) }
        }
        // The last second of the half-year, and the first one after it.
        lines.append(Line(moment: Self.july - 1, act: "hide", subject: "s"))
        lines.append(Line(moment: Self.july, act: "hide", subject: "s"))
        try await Self.write(lines, to: temporary.store)

        #expect(try ModerationHistory(of: temporary.store, in: .paris, at: Self.july - 1).entries.isEmpty)
        let history = try ModerationHistory(of: temporary.store, in: .paris, at: Self.july)
        let entry = try #require(history.entries.first)
        #expect(history.entries.count == 1 && entry.name == "2026-H1")
        // Of 17 the outcomes would leave 17 − 6 − 5 = 6 for what is withheld, which is two cells: 4 and 0.
        #expect(entry.outcomes == [.count(6), .count(5), .few, .few])
        #expect(entry.received == .withheld && entry.ended == .withheld)
        // Eleven decisions: 1 2 3 4 5 [6] 10 10 10 10 10.
        #expect(entry.medianDays == 6)
        #expect(entry.restrictions == [.count(7), .count(5), .few, .few, .few, .few])
        #expect(entry.restricted == .withheld)

        let later = try ModerationHistory(of: temporary.store, in: .paris, at: Self.nextYear)
        #expect(later.entries.map(\.name) == ["2026-H2", "2026-H1"] && later.entries[1] == entry)
        #expect(later.entries[0].restrictions.allSatisfy { $0 == .few } && later.entries[0].medianDays == nil)
        #expect(later.entries[0].restricted == .few && later.entries[0].received == .few)
    }

    /// Every way in which some parts may be small: no total may leave a small part to be worked out.
    @Test func noNumberBelowFiveCanBeWorkedOut() async throws {
        for seed in 1...12 as ClosedRange<UInt64> {
            let temporary = try TemporaryStore()
            var random = SeededGenerator(seed: seed)
            var counts: [String: Int] = [:]
            var lines: [Line] = []
            for act in ModerationHistory.restrictions {
                let count = Int(random.next() % 9)
                counts[act] = count
                for _ in 0..<count { lines.append(Line(moment: Self.spring, act: act, subject: "s")) }
            }
            try await Self.write(lines + Self.report("o", at: 1), to: temporary.store)
            let entry = try #require(
                try ModerationHistory(of: temporary.store, in: .paris, at: Self.july).entries.first)
            for (act, cell) in zip(ModerationHistory.restrictions, entry.restrictions) {
                let count = counts[act] ?? 0
                #expect(cell == (count < 5 ? .few : .count(count)), "seed \(seed) \(act)")
            }
            guard case .count(let total) = entry.restricted else { continue }
            let small = counts.values.filter { $0 < 5 }
            #expect(total == counts.values.reduce(0, +), "seed \(seed)")
            let rest = small.reduce(0, +)
            #expect(small.isEmpty || small.count > 1 && (5..<4 * small.count).contains(rest), "seed \(seed) \(counts)")
        }
    }

    @Test func whatIsErasedStaysCounted() async throws {
        let workshop = try await Workshop()
        for _ in 0..<5 {
            let given = try await workshop.contribute()
            try await workshop.decide(.reject, given.identifier)
            try await workshop.withdraw(given.receipt)
        }
        #expect(try workshop.count("contribution") == 0)
        let entry = try #require(
            try ModerationHistory(of: workshop.store, in: .paris, at: Self.nextYear).entries.first)
        #expect(entry.name == "2026-H2" && entry.restrictions[0] == .count(5))
    }

    @Test func aReportThatEndsTwiceCountsAsItEndedLast() async throws {
        let temporary = try TemporaryStore()
        var lines: [Line] = []
        for number in 1...5 {
            lines += Self.report("r\(number)", at: 1, "gone", after: 1)
            lines.append(Line(moment: Self.spring + 4 * Self.day, act: "report acted", subject: "r\(number)"))
        }
        try await Self.write(lines, to: temporary.store)
        let entry = try #require(
            try ModerationHistory(of: temporary.store, in: .paris, at: Self.july).entries.first)
        #expect(entry.outcomes == [.few, .count(5), .few, .few] && entry.medianDays == 3)
    }
}
