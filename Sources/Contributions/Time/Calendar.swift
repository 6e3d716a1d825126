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

    /// Year, month and day of a count of days (civil_from_days of the same source).
    static func date(ofDay day: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = day + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch + (monthFromMarch < 10 ? 3 : -9)
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }
}
