/// When an encounter point is alive: readings of the clock on its wall.
///
/// **A moment is inside a window when the clock reads a time inside it.** So on the night on which clocks are put
/// forward, a time that there is not is read by nobody: a window from 01:30 to 02:30 lasts until the clock jumps from
/// 02:00 to 03:00, and one from 02:10 to 02:50 does not take place. On the night on which they are put back, a time
/// that there is twice counts both times: a window from 02:10 to 02:50 takes place twice, and one from 22:00 to 02:30
/// is interrupted from the first 02:30 to the second 02:00. No window can end before it begins by it. Dated windows
/// may be given as moments with an offset instead, and are then independent of the clock.
///
/// What is weekly and what is dated add up. An exception stands for its date: weekly windows that would begin on it
/// do not, dated ones are interrupted for the day, and the exception's own windows take their place. What has begun
/// on the evening before goes on over midnight.
package struct OpeningWindows: Equatable, Sendable {
    package var weekly: [Weekly]
    package var dated: [Dated]
    /// At most one a date.
    package var exceptions: [Exception]

    /// A window on some days of each week, perhaps of some weeks only.
    package struct Weekly: Equatable, Sendable {
        /// Those on which it begins, Monday first, each once; never empty.
        package let days: [Weekday]
        package let window: ClockWindow
        /// The first day on which it may begin; nil for no first.
        package let since: CalendarDay?
        /// The last day on which it may begin; nil for no last.
        package let until: CalendarDay?

        package init(days: Set<Weekday>, window: ClockWindow, since: CalendarDay? = nil, until: CalendarDay? = nil) {
            self.days = Weekday.allCases.filter(days.contains)
            self.window = window
            self.since = since
            self.until = until
        }

        func begins(on day: CalendarDay) -> Bool {
            days.contains(day.weekday) && since.map { $0 <= day } != false && until.map { day <= $0 } != false
        }
    }

    /// One window, from one date or moment to another.
    package enum Dated: Equatable, Sendable {
        /// Whole days, the last one included, and times of a day by the clock on the wall.
        case clock(from: DatedEnd, to: DatedEnd)
        /// Seconds since 1970 UTC, the end not included.
        case moments(Range<Int64>)
    }

    /// One end of a dated window.
    package struct DatedEnd: Equatable, Sendable {
        package let day: CalendarDay
        /// Nil for the whole day.
        package let time: ClockTime?

        package init(day: CalendarDay, time: ClockTime? = nil) {
            self.day = day
            self.time = time
        }
    }

    /// Other hours on a date, or none.
    package struct Exception: Equatable, Sendable {
        package let date: CalendarDay
        /// Empty when it is closed.
        package let windows: [ClockWindow]

        package init(date: CalendarDay, windows: [ClockWindow] = []) {
            self.date = date
            self.windows = windows
        }
    }

    package init(weekly: [Weekly] = [], dated: [Dated] = [], exceptions: [Exception] = []) {
        self.weekly = weekly
        self.dated = dated
        self.exceptions = exceptions
    }

    /// How many of each a point may have: they travel in every tile.
    package enum Limits {
        package static let weekly = 14
        package static let dated = 30
        package static let exceptions = 40
        package static let windowsOfException = 6
    }
}

extension OpeningWindows.Dated {
    /// Minutes by the clock on the wall since 1970-01-01 00:00 by it; empty for moments.
    var span: Range<Int64> {
        guard case .clock(let from, let to) = self else { return 0..<0 }
        let start = from.day.number * 1_440 + (from.time?.minutes ?? 0)
        let end = to.day.number * 1_440 + (to.time?.minutes ?? 1_440)
        return start..<max(start, end)
    }

    /// Nil for a window that ends before it begins or as it begins.
    package init?(from: OpeningWindows.DatedEnd, to: OpeningWindows.DatedEnd) {
        self = .clock(from: from, to: to)
        if span.isEmpty { return nil }
    }
}
