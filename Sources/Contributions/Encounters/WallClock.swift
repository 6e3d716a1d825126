import Foundation

/// The clock on a wall over some stretch of time: how far ahead of UTC it is, and from when to when.
struct WallClock {
    private struct Stretch {
        let moments: Range<Int64>
        let secondsAhead: Int64
    }

    private let stretches: [Stretch]

    /// - Parameter span: seconds since 1970 UTC; what is outside it is not known.
    init(of place: LocalTime, over span: Range<Int64>) {
        let zone = place.calendar.timeZone
        var stretches: [Stretch] = []
        var start = span.lowerBound
        while start < span.upperBound {
            let date = Date(timeIntervalSince1970: Double(start))
            let change = zone.nextDaylightSavingTimeTransition(after: date)
            let next = change.map { Int64($0.timeIntervalSince1970.rounded(.up)) } ?? span.upperBound
            let end = min(max(next, start + 1), span.upperBound)
            stretches.append(Stretch(moments: start..<end, secondsAhead: Int64(zone.secondsFromGMT(for: date))))
            start = end
        }
        self.stretches = stretches
    }

    /// The moments (seconds since 1970 UTC) at which the clock reads a time of these minutes since 1970-01-01 00:00
    /// by itself: none, one stretch, or two.
    func moments(reading minutes: Range<Int64>) -> [Range<Int64>] {
        stretches.compactMap { stretch in
            let shifted =
                (minutes.lowerBound * 60 - stretch.secondsAhead)..<(minutes.upperBound * 60 - stretch.secondsAhead)
            let moments = shifted.clamped(to: stretch.moments)
            return moments.isEmpty ? nil : moments
        }
    }
}

extension LocalTime {
    /// The name of the zone in the IANA time zone database.
    package var zoneName: String { calendar.timeZone.identifier }

    /// What the clock reads at a moment: minutes since 1970-01-01 00:00 by itself.
    func reading(at seconds: Int64) -> Int64 {
        let ahead = calendar.timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
        let local = seconds + Int64(ahead)
        return local >= 0 ? local / 60 : (local - 59) / 60
    }

    func calendarDay(at seconds: Int64) -> CalendarDay {
        let minutes = reading(at: seconds)
        return CalendarDay(number: minutes >= 0 ? minutes / 1_440 : (minutes - 1_439) / 1_440)
    }
}
