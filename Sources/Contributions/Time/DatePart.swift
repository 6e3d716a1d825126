/// One date of EDTF level 0 or 1, without the slash of an interval.
struct DatePart {
    let seconds: ClosedRange<Int64>

    init?(_ text: Substring) {
        if text.contains("T") {
            guard let seconds = DatePart.dateAndTime(text) else { return nil }
            self.seconds = seconds...seconds
            return
        }
        var text = text
        if let last = text.last, "?~%".contains(last) { text = text.dropLast() }
        guard let days = text.first == "Y" ? DatePart.longYear(text) : DatePart.days(text) else { return nil }
        let lower = days.lowerBound.multipliedReportingOverflow(by: 86_400)
        let upper = (days.upperBound + 1).multipliedReportingOverflow(by: 86_400)
        guard !lower.overflow, !upper.overflow else { return nil }
        seconds = lower.partialValue...(upper.partialValue - 1)
    }

    /// Besides RFC 3339, level 0 has offsets of whole hours, and times without any, read in UTC as days are.
    private static func dateAndTime(_ text: Substring) -> Int64? {
        if let seconds = DateAndTime.seconds(text) { return seconds }
        return switch text.utf8.count {
        case 19: DateAndTime.seconds(text + "Z")
        case 22: DateAndTime.seconds(text + ":00")
        default: nil
        }
    }

    /// `Y` and a year of five digits or more without zeros in front, perhaps negative.
    private static func longYear(_ text: Substring) -> ClosedRange<Int64>? {
        let digits = text.dropFirst().drop { $0 == "-" }
        guard (5...9).contains(digits.count), digits.allSatisfy(\.isASCIIDigit), digits.first != "0",
            let year = Int64(text.dropFirst())
        else { return nil }
        return Calendar.days(ofYear: year)
    }

    private static func days(_ text: Substring) -> ClosedRange<Int64>? {
        let isNegative = text.first == "-"
        let fields = (isNegative ? text.dropFirst() : text).split(separator: "-", omittingEmptySubsequences: false)
        guard let yearField = fields.first, fields.count <= 3, let years = self.years(yearField, isNegative) else {
            return nil
        }
        guard fields.count > 1 else {
            let last = Calendar.days(ofYear: years.upperBound).upperBound
            return Calendar.firstDay(year: years.lowerBound, month: 1)...last
        }
        // Only the last field of a date may be unspecified, so a month belongs to one year.
        guard years.count == 1 else { return nil }
        return days(year: years.lowerBound, month: fields[1], day: fields.count == 3 ? fields[2] : nil)
    }

    /// Four digits of which the last or the last two may be X: `1987`, `198X`, `19XX`.
    private static func years(_ field: Substring, _ isNegative: Bool) -> ClosedRange<Int64>? {
        guard field.count == 4 else { return nil }
        let known = field.prefix { $0 != "X" }
        guard known.count >= 2, known.allSatisfy(\.isASCIIDigit),
            field.dropFirst(known.count).allSatisfy({ $0 == "X" }),
            let digits = Int64(known)
        else { return nil }
        let span = [1, 10, 100][4 - known.count] as Int64
        let first = digits * span
        let last = first + span - 1
        return isNegative ? (-last)...(-first) : first...last
    }

    private static func days(year: Int64, month: Substring, day: Substring?) -> ClosedRange<Int64>? {
        if month == "XX" {
            return day == nil || day == "XX" ? Calendar.days(ofYear: year) : nil
        }
        guard let number = twoDigits(month) else { return nil }
        if day == nil, let season = Season(rawValue: number) { return season.days(year: year) }
        guard (1...12).contains(number) else { return nil }
        let days = Calendar.days(ofMonth: Int64(number), year: year)
        guard let day, day != "XX" else { return days }
        guard let dayNumber = twoDigits(day), dayNumber >= 1, dayNumber <= days.count else { return nil }
        let exact = days.lowerBound + Int64(dayNumber) - 1
        return exact...exact
    }

    private static func twoDigits(_ field: Substring) -> Int? {
        field.count == 2 && field.allSatisfy(\.isASCIIDigit) ? Int(field) : nil
    }
}

/// EDTF's season numbers, read as those of the northern hemisphere by whole months.
private enum Season: Int {
    case spring = 21
    case summer, autumn, winter

    func days(year: Int64) -> ClosedRange<Int64> {
        let first: Int64 =
            switch self {
            case .spring: 3
            case .summer: 6
            case .autumn: 9
            case .winter: 12
            }
        let start = Calendar.firstDay(year: year, month: first)
        let after =
            first + 3 > 12
            ? Calendar.firstDay(year: year + 1, month: first + 3 - 12)
            : Calendar.firstDay(year: year, month: first + 3)
        return start...(after - 1)
    }
}

extension Character {
    var isASCIIDigit: Bool { "0"..."9" ~= self }
}
