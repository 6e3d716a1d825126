/// Days of the proleptic Gregorian calendar, counted from 1970-01-01; pure arithmetic, no time zone.
enum Calendar {
    /// Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", 2013 (days_from_civil).
    static func firstDay(year: Int64, month: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    static func days(ofYear year: Int64) -> ClosedRange<Int64> {
        firstDay(year: year, month: 1)...(firstDay(year: year + 1, month: 1) - 1)
    }

    static func days(ofMonth month: Int64, year: Int64) -> ClosedRange<Int64> {
        let next = month == 12 ? firstDay(year: year + 1, month: 1) : firstDay(year: year, month: month + 1)
        return firstDay(year: year, month: month)...(next - 1)
    }
}
