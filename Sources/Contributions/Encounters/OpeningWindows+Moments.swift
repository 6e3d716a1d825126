/// A stretch of time in which a point is alive without interruption: seconds since 1970 UTC.
package struct AlivePeriod: Equatable, Sendable {
    package let start: Int64
    /// Not included any more; nil when no end is in sight.
    package let end: Int64?

    package init(start: Int64, end: Int64?) {
        self.start = start
        self.end = end
    }

    package func contains(_ moment: Int64) -> Bool { start <= moment && end.map { moment < $0 } != false }
}

extension OpeningWindows {
    /// - Parameter now: seconds since 1970 UTC.
    package func isAlive(at now: Int64, in place: LocalTime) -> Bool {
        periods(over: now..<(now + 1), in: place).contains { $0.contains(now) }
    }

    /// The next moment at which it falls asleep or wakes; nil when none is in sight.
    package func nextChange(after now: Int64, in place: LocalTime) -> Int64? {
        guard let period = periods(after: now, count: 1, in: place).first else { return nil }
        return period.contains(now) ? period.end : period.start
    }

    /// What is not over yet, the one that is under way first; weekly windows are looked for eleven years ahead.
    package func periods(after now: Int64, count: Int, in place: LocalTime) -> [AlivePeriod] {
        var found: [AlivePeriod] = []
        for days in Self.horizons {
            let horizon = now + days * 86_400
            let periods = periods(over: now..<horizon, in: place).filter { $0.upperBound > now }
            found = periods.prefix(count).enumerated().map { place, period in
                let isCutOff = isWeekly && place == periods.count - 1 && period.upperBound >= horizon
                return AlivePeriod(start: period.lowerBound, end: isCutOff ? nil : period.upperBound)
            }
            if !isWeekly || periods.count > count || found.count == count && found.last?.end != nil { break }
        }
        return found
    }

    /// Days; most points wake within two weeks.
    private static let horizons: [Int64] = [15, 400, 4_000]

    private var isWeekly: Bool { !weekly.isEmpty }

    /// Everything that begins inside a span or reaches into it, in order, whatever touches being one; dated windows
    /// are whole, wherever they lie.
    func periods(over span: Range<Int64>, in place: LocalTime) -> [Range<Int64>] {
        let days =
            (place.calendarDay(at: span.lowerBound).number - 2)...(place.calendarDay(at: span.upperBound).number + 1)
        let clock = WallClock(of: place, over: (days.lowerBound - 2) * 86_400..<(days.upperBound + 3) * 86_400)
        var periods = weeklySpans(days).flatMap(clock.moments)
        for exception in exceptions {
            let spans = exception.windows.map { $0.span(on: exception.date) }
            periods += spans.flatMap { place.moments(reading: $0) }
        }
        return Self.merged(periods + dated.flatMap { moments(of: $0, in: place) })
    }

    private func weeklySpans(_ days: ClosedRange<Int64>) -> [Range<Int64>] {
        guard isWeekly else { return [] }
        let excepted = Set(exceptions.map(\.date))
        return days.map(CalendarDay.init(number:)).filter { !excepted.contains($0) }.flatMap { day in
            weekly.filter { $0.begins(on: day) }.map { $0.window.span(on: day) }
        }
    }

    private func moments(of dated: Dated, in place: LocalTime) -> [Range<Int64>] {
        let whole =
            switch dated {
            case .clock: place.moments(reading: dated.span)
            case .moments(let moments): [moments]
            }
        return exceptions.reduce(whole) { moments, exception in
            let day = exception.date.number * 1_440..<(exception.date.number + 1) * 1_440
            return place.moments(reading: day).reduce(moments) { Self.without($1, $0) }
        }
    }

    private static func without(_ gap: Range<Int64>, _ moments: [Range<Int64>]) -> [Range<Int64>] {
        moments.flatMap { period -> [Range<Int64>] in
            guard period.overlaps(gap) else { return [period] }
            let parts = [
                period.lowerBound..<max(period.lowerBound, gap.lowerBound),
                min(period.upperBound, gap.upperBound)..<period.upperBound,
            ]
            return parts.filter { !$0.isEmpty }
        }
    }

    private static func merged(_ periods: [Range<Int64>]) -> [Range<Int64>] {
        var merged: [Range<Int64>] = []
        for period in periods.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last, period.lowerBound <= last.upperBound {
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, period.upperBound)
            } else {
                merged.append(period)
            }
        }
        return merged
    }
}

extension ClockWindow {
    fileprivate func span(on day: CalendarDay) -> Range<Int64> {
        (day.number * 1_440 + span.lowerBound)..<(day.number * 1_440 + span.upperBound)
    }
}

extension LocalTime {
    /// The moments at which the clock here reads a time of these minutes since 1970-01-01 00:00 by itself.
    fileprivate func moments(reading minutes: Range<Int64>) -> [Range<Int64>] {
        // No clock is two days ahead or behind.
        WallClock(of: self, over: (minutes.lowerBound * 60 - 172_800)..<(minutes.upperBound * 60 + 172_800))
            .moments(reading: minutes)
    }
}
