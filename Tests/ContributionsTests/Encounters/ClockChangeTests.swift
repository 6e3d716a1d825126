import Testing

@testable import Contributions

/// The two nights on which clocks change in Paris: 2027-03-28, 02:00 to 03:00, and 2027-10-31, 03:00 to 02:00.
@Suite struct ClockChangeTests {
    /// 2027-03-28T00:00 in Paris, which is 23:00 in UTC; the jump is at 01:00 in UTC.
    private static let spring: Int64 = 1_806_188_400
    /// 2027-10-31T00:00 in Paris, which is 22:00 in UTC; the clock goes back at 01:00 in UTC.
    private static let autumn: Int64 = 1_824_933_600

    private static func windows(_ from: String, _ to: String, isOvernight: Bool = false) throws -> OpeningWindows {
        let (from, to) = (try #require(ClockTime(from)), try #require(ClockTime(to)))
        let window = try #require(ClockWindow(from: from, to: to, isOvernight: isOvernight))
        return OpeningWindows(weekly: [.init(days: [.sat, .sun], window: window)])
    }

    private static func periods(of windows: OpeningWindows, since night: Int64) -> [[Int64]] {
        // In minutes of the clock of somebody who does not change theirs.
        windows.periods(over: night..<(night + 10 * 3_600), in: .paris).filter { $0.upperBound > night }
            .map { [($0.lowerBound - night) / 60, ($0.upperBound - night) / 60] }.filter { $0[0] < 600 }
    }

    @Test(
        "what the clock does not read in spring is not there, and nothing ends before it begins",
        arguments: [
            ("01:30", "02:30", [[90, 120]]), ("02:30", "03:30", [[120, 150]]), ("02:10", "02:50", []),
            ("02:30", "03:00", []), ("01:30", "03:30", [[90, 150]]), ("03:00", "04:00", [[120, 180]]),
            ("02:45", "03:15", [[120, 135]]),
        ] as [(String, String, [[Int64]])])
    func spring(from: String, to: String, expected: [[Int64]]) throws {
        #expect(Self.periods(of: try Self.windows(from, to), since: Self.spring) == expected)
    }

    @Test(
        "what the clock reads twice in autumn counts twice",
        arguments: [
            ("01:30", "02:30", [[90, 150], [180, 210]]), ("02:10", "02:50", [[130, 170], [190, 230]]),
            ("01:30", "03:30", [[90, 270]]), ("02:30", "03:30", [[150, 180], [210, 270]]),
            ("03:00", "04:00", [[240, 300]]), ("02:00", "03:00", [[120, 240]]),
        ] as [(String, String, [[Int64]])])
    func autumn(from: String, to: String, expected: [[Int64]]) throws {
        #expect(Self.periods(of: try Self.windows(from, to), since: Self.autumn) == expected)
    }

    @Test func aNightThatBeganBeforeMidnightGoesOn() throws {
        let night = try Self.windows("22:00", "04:00", isOvernight: true)
        #expect(Self.periods(of: night, since: Self.spring).first == [-120, 180])
        #expect(Self.periods(of: night, since: Self.autumn).first == [-120, 300])
    }

    @Test func momentsWithAnOffsetAreIndependentOfTheClock() throws {
        // 02:45 in summer time to 02:15 in winter time, half an hour later.
        let moments = (Self.autumn + 165 * 60)..<(Self.autumn + 195 * 60)
        let windows = OpeningWindows(dated: [.moments(moments)])
        #expect(windows.periods(over: moments, in: .paris) == [moments])
        #expect(windows.isAlive(at: Self.autumn + 180 * 60, in: .paris))
    }

    @Test func aWindowThatEndsBeforeItBeginsCannotBe() throws {
        let (two, six) = (try #require(ClockTime("14:00")), try #require(ClockTime("18:00")))
        #expect(ClockWindow(from: six, to: two) == nil && ClockWindow(from: two, to: two) == nil)
        #expect(ClockWindow(from: two, to: six, isOvernight: true) == nil, "longer than a day")
        #expect(ClockWindow(from: six, to: two, isOvernight: true) != nil)
        let (day, next) = (try #require(CalendarDay("2027-03-28")), try #require(CalendarDay("2027-03-29")))
        #expect(OpeningWindows.Dated(from: .init(day: next), to: .init(day: day)) == nil)
        #expect(OpeningWindows.Dated(from: .init(day: day, time: six), to: .init(day: day, time: two)) == nil)
        #expect(OpeningWindows.Dated(from: .init(day: day), to: .init(day: day)) != nil, "the last day belongs to it")
    }

    @Test(
        "days and times are read as they are written, and nothing else is",
        arguments: [
            "2027-02-29", "2027-13-01", "27-01-01", "2027-1-1", "1999-12-31", "2027-00-10", "", "2027-01-32",
            "２０２７-01-01",
        ])
    func noDay(text: String) {
        #expect(CalendarDay(text) == nil)
        #expect(ClockTime(text) == nil)
    }

    @Test func timesGoUpToTheEndOfTheDay() {
        #expect(ClockTime("24:00")?.minutes == 1_440 && ClockTime("00:00")?.minutes == 0)
        for text in ["24:01", "25:00", "14:60", "1400", "14h00", "+1:00", "-1:00", "14:0", "9:00"] {
            #expect(ClockTime(text) == nil, "\(text)")
        }
        #expect(CalendarDay("2028-02-29")?.text == "2028-02-29" && CalendarDay("2028-02-29")?.weekday == .tue)
    }

    @Test func whatNeverEndsHasNoChangeAndWhatIsOverNeither() throws {
        let (first, last) = (try #require(ClockTime("00:00")), try #require(ClockTime("24:00")))
        let whole = try #require(ClockWindow(from: first, to: last))
        let always = OpeningWindows(weekly: [.init(days: Set(Weekday.allCases), window: whole)])
        #expect(always.isAlive(at: Self.spring, in: .paris) && always.nextChange(after: Self.spring, in: .paris) == nil)
        let day = try #require(CalendarDay("2027-01-05"))
        let over = OpeningWindows(dated: [.clock(from: .init(day: day), to: .init(day: day))])
        #expect(!over.isAlive(at: Self.spring, in: .paris) && over.nextChange(after: Self.spring, in: .paris) == nil)
        #expect(over.periods(after: Self.spring, count: 3, in: .paris).isEmpty)
    }
}
