/// A day by its date, wherever it is.
package struct CalendarDay: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01.
    package let number: Int64

    package init(number: Int64) {
        self.number = number
    }

    /// Reads `2026-11-22`, of the years 2000 to 2199; nil for anything else, and for a day that its month does not
    /// have.
    package init?(_ text: some StringProtocol) {
        let fields = text.split(separator: "-", omittingEmptySubsequences: false)
        guard fields.map(\.utf8.count) == [4, 2, 2] else { return nil }
        let numbers = fields.compactMap { $0.utf8.allSatisfy { 0x30...0x39 ~= $0 } ? Int64($0) : nil }
        guard numbers.count == 3, 2000...2199 ~= numbers[0], 1...12 ~= numbers[1] else { return nil }
        let month = Calendar.days(ofMonth: numbers[1], year: numbers[0])
        guard 1...Int64(month.count) ~= numbers[2] else { return nil }
        number = month.lowerBound + numbers[2] - 1
    }

    package static func < (a: CalendarDay, b: CalendarDay) -> Bool { a.number < b.number }

    package var weekday: Weekday {
        // 1970-01-01 was a Thursday.
        Weekday.allCases[Int(((number + 3) % 7 + 7) % 7)]
    }

    var date: (year: Int64, month: Int64, day: Int64) { Calendar.date(ofDay: number) }

    /// As `2026-11-22`.
    package var text: String {
        let date = date
        func two(_ value: Int64) -> String { (value < 10 ? "0" : "") + String(value) }
        return "\(date.year)-\(two(date.month))-\(two(date.day))"
    }
}

/// Monday first, as weeks are counted where the first instance stands (ISO 8601).
package enum Weekday: String, CaseIterable, Sendable {
    case mon, tue, wed, thu, fri, sat, sun
}
