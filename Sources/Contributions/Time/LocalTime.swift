package import Foundation

/// The time of day where the instance stands: what people of the place mean by a day.
package struct LocalTime: Sendable {
    let calendar: Foundation.Calendar

    /// - Parameter identifier: of the IANA time zone database, such as `Europe/Paris`; nil for one that it does not have.
    package init?(identifier: String) {
        guard let zone = TimeZone(identifier: identifier) else { return nil }
        self.init(zone: zone)
    }

    private init(zone: TimeZone) {
        var calendar = Foundation.Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        self.calendar = calendar
    }

    package static let universal = LocalTime(zone: .gmt)
    /// Where the first instance stands; what is used unless something else is said.
    package static let paris = LocalTime(identifier: "Europe/Paris") ?? universal

    /// The first second that a date means; a date without a time is a whole day here.
    package func start(of date: ExtendedDate) -> Int64 {
        hasTime(date) ? date.seconds.lowerBound : midnight(ofDayHolding: date.seconds.lowerBound, later: 0)
    }

    /// The first second after all that a date means, so that its last day belongs to it.
    package func end(of date: ExtendedDate) -> Int64 {
        hasTime(date) ? date.seconds.upperBound : midnight(ofDayHolding: date.seconds.upperBound, later: 1)
    }

    /// The first midnight after a moment.
    package func nextMidnight(after seconds: Int64) -> Int64 {
        let local = calendar.dateComponents([.year, .month, .day], from: Date(timeIntervalSince1970: Double(seconds)))
        return midnight(local, later: 1)
    }

    /// The month of a moment, as `2026-11`.
    package func month(of seconds: Int64) -> String {
        let local = calendar.dateComponents([.year, .month], from: Date(timeIntervalSince1970: Double(seconds)))
        let month = local.month ?? 1
        return "\(local.year ?? 1970)-\(month < 10 ? "0" : "")\(month)"
    }

    /// The day of a moment, as `2026-11-22`.
    package func day(of seconds: Int64) -> String {
        let local = calendar.dateComponents([.day], from: Date(timeIntervalSince1970: Double(seconds)))
        let day = local.day ?? 1
        return "\(month(of: seconds))-\(day < 10 ? "0" : "")\(day)"
    }

    /// Midnight here of the day that bears this date in UTC, in which dates without a time are counted.
    private func midnight(ofDayHolding seconds: Int64, later days: Int) -> Int64 {
        guard seconds > .min, seconds < .max else { return seconds }
        var day = DateComponents()
        let date = Calendar.date(ofDay: Int64((Double(seconds) / 86_400).rounded(.down)))
        day.year = Int(date.year)
        day.month = Int(date.month)
        day.day = Int(date.day)
        return midnight(day, later: days)
    }

    private func midnight(_ day: DateComponents, later days: Int) -> Int64 {
        var day = day
        day.day = (day.day ?? 1) + days
        return calendar.date(from: day).map { Int64($0.timeIntervalSince1970.rounded(.down)) } ?? 0
    }

    private func hasTime(_ date: ExtendedDate) -> Bool { date.text.contains("T") }
}
