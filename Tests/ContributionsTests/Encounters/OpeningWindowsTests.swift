import Foundation
import TestSupport
import Testing

@testable import Contributions

/// Windows against the clock of a wall, minute by minute.
@Suite struct OpeningWindowsTests {
    private static let zones = ["Europe/Paris", "Australia/Lord_Howe", "America/Martinique"]

    /// 2027 from its first minute in UTC, a little more than a year.
    private static let beginning: Int64 = 1_798_761_600
    private static let minutes = 366 * 1_440

    @Test(
        "a moment is inside when the clock reads a time inside: each minute of a year, both nights included",
        arguments: zones)
    func bruteForce(zone: String) throws {
        let place = try #require(LocalTime(identifier: zone))
        let readings = try Self.readings(in: zone)
        for seed in UInt64(1)...UInt64(ProofSize.count(zone == "Europe/Paris" ? 2 : 1, full: 20)) {
            var random = SeededGenerator(seed: seed)
            let windows = Self.windows(&random)
            let expected = readings.enumerated().map { Self.isAlive(windows, $1, Self.beginning + Int64($0) * 60) }
            var found = [Bool](repeating: false, count: Self.minutes)
            let span = Self.beginning..<(Self.beginning + Int64(Self.minutes) * 60)
            for period in windows.periods(over: span, in: place) {
                let part = period.clamped(to: span)
                for minute in (part.lowerBound - Self.beginning) / 60..<(part.upperBound - Self.beginning) / 60 {
                    found[Int(minute)] = true
                }
            }
            let difference = zip(expected, found).enumerated().first { $1.0 != $1.1 }
            #expect(difference == nil, "\(zone), seed \(seed), minute \(difference?.offset ?? 0)")
            for _ in 0..<60 {
                let minute = random.number(Self.minutes - 60_000)
                try Self.compare(windows, expected, from: minute, in: place, "\(zone), seed \(seed)")
            }
        }
    }

    /// What is said of one moment, and when that changes.
    private static func compare(
        _ windows: OpeningWindows, _ expected: [Bool], from minute: Int, in place: LocalTime, _ what: String
    ) throws {
        let now = beginning + Int64(minute) * 60
        #expect(windows.isAlive(at: now, in: place) == expected[minute], "\(what), minute \(minute)")
        let change = expected[minute...].firstIndex { $0 != expected[minute] }
        let said = windows.nextChange(after: now, in: place)
        guard let change else {
            let end = beginning + Int64(minutes) * 60
            #expect(said.map { $0 >= end } != false, "\(what), minute \(minute)")
            return
        }
        #expect(said == beginning + Int64(change) * 60, "\(what), minute \(minute)")
    }

    /// What a clock reads at each minute, asked of the calendar hour by hour or finer, and no arithmetic of ours.
    private static func readings(in zone: String) throws -> [(day: Int64, minute: Int64)] {
        var calendar = Foundation.Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: zone))
        var utc = Foundation.Calendar(identifier: .gregorian)
        utc.timeZone = .gmt
        return stride(from: 0, to: minutes, by: 30).flatMap { start -> [(day: Int64, minute: Int64)] in
            let date = Date(timeIntervalSince1970: Double(beginning + Int64(start) * 60))
            let local = calendar.dateComponents([.year, .month, .day, .hour, .minute], from: date)
            var day = DateComponents()
            (day.year, day.month, day.day) = (local.year, local.month, local.day)
            let number = Int64((utc.date(from: day)?.timeIntervalSince1970 ?? 0) / 86_400)
            let minute = Int64((local.hour ?? 0) * 60 + (local.minute ?? 0))
            return (0..<30).map { (number, minute + $0) }
        }
    }

    /// The definition, word by word.
    private static func isAlive(
        _ windows: OpeningWindows, _ reading: (day: Int64, minute: Int64), _ moment: Int64
    ) -> Bool {
        func window(_ window: ClockWindow, begunOn day: Int64) -> Bool {
            let minute = reading.minute + (reading.day - day) * 1_440
            let end = window.to.minutes + (window.isOvernight ? 1_440 : 0)
            return window.from.minutes <= minute && minute < end
        }
        func exception(on day: Int64) -> OpeningWindows.Exception? {
            windows.exceptions.first { $0.date.number == day }
        }
        for day in (reading.day - 1)...reading.day {
            if let exception = exception(on: day) {
                if exception.windows.contains(where: { window($0, begunOn: day) }) { return true }
                continue
            }
            let date = CalendarDay(number: day)
            for weekly in windows.weekly where weekly.days.contains(date.weekday) {
                if let since = weekly.since, date < since { continue }
                if let until = weekly.until, until < date { continue }
                if window(weekly.window, begunOn: day) { return true }
            }
        }
        guard exception(on: reading.day) == nil else { return false }
        return windows.dated.contains { dated in
            switch dated {
            case .moments(let moments): return moments.contains(moment)
            case .clock(let from, let to):
                let start = (from.day.number, from.time?.minutes ?? 0)
                let end = (to.day.number, to.time?.minutes ?? 1_440)
                return start <= (reading.day, reading.minute) && (reading.day, reading.minute) < end
            }
        }
    }

    private static func windows(_ random: inout SeededGenerator) -> OpeningWindows {
        var windows = OpeningWindows()
        let first = beginning / 86_400
        for _ in 0..<random.number(4) {
            let days = Set((0...random.number(7)).map { _ in Weekday.allCases[random.number(7)] })
            let since = random.number(3) == 0 ? CalendarDay(number: first + Int64(random.number(200))) : nil
            let until = random.number(3) == 0 ? CalendarDay(number: first + 150 + Int64(random.number(200))) : nil
            windows.weekly.append(.init(days: days, window: window(&random), since: since, until: until))
        }
        for _ in 0..<random.number(4) {
            let (from, length) = (first + Int64(random.number(360)), Int64(random.number(9)))
            if random.number(3) == 0 {
                let start = from * 86_400 + Int64(random.number(1_440)) * 60
                windows.dated.append(.moments(start..<(start + 60 + length * 40_020)))
            } else {
                let time = random.number(2) == 0 ? ClockTime("02:40") : nil
                let (start, end) = (CalendarDay(number: from), CalendarDay(number: from + length))
                if let dated = OpeningWindows.Dated(from: .init(day: start, time: time), to: .init(day: end)) {
                    windows.dated.append(dated)
                }
            }
        }
        // The days around the two nights of Europe and a few others.
        for day in [first + 86, first + 303, first + Int64(random.number(300))] where random.number(2) == 0 {
            let count = random.number(3)
            windows.exceptions.append(
                .init(date: CalendarDay(number: day), windows: (0..<count).map { _ in window(&random) }))
        }
        // Each night of the year, in the hour that is not there or is there twice.
        if random.number(2) == 0, let from = ClockTime("02:10"), let to = ClockTime("02:50") {
            if let window = ClockWindow(from: from, to: to) {
                windows.weekly.append(.init(days: [.sun, .mon], window: window))
            }
        }
        return windows
    }

    private static func window(_ random: inout SeededGenerator) -> ClockWindow {
        while true {
            let from = ClockTime(wrapping: Int64(random.number(1_440)))
            let to = ClockTime(wrapping: Int64(random.number(1_441)))
            if let window = ClockWindow(from: from, to: to, isOvernight: random.number(3) == 0) { return window }
        }
    }
}

extension SeededGenerator {
    /// From 0 to below `count`.
    fileprivate mutating func number(_ count: Int) -> Int { Int(next() % UInt64(count)) }
}
