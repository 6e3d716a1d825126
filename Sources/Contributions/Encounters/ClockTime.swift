/// A reading of the clock on the wall, to the minute.
package struct ClockTime: Hashable, Comparable, Sendable {
    /// Since midnight, 0 to 1440; 1440 is the end of the day.
    package let minutes: Int64

    /// Reads `00:00` to `24:00`; nil for anything else.
    package init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 5, bytes[2] == UInt8(ascii: ":") else { return nil }
        let digits = [bytes[0], bytes[1], bytes[3], bytes[4]]
        guard digits.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
        let numbers = digits.map { Int64($0) - 0x30 }
        let (hour, minute) = (numbers[0] * 10 + numbers[1], numbers[2] * 10 + numbers[3])
        guard minute < 60, hour * 60 + minute <= 1_440 else { return nil }
        minutes = hour * 60 + minute
    }

    /// - Parameter minutes: since midnight; more than a day begins again.
    init(wrapping minutes: Int64) {
        self.minutes = minutes > 1_440 ? minutes - 1_440 : minutes
    }

    package static func < (a: ClockTime, b: ClockTime) -> Bool { a.minutes < b.minutes }

    /// As `14:00`.
    package var text: String {
        func two(_ value: Int64) -> String { (value < 10 ? "0" : "") + String(value) }
        return "\(two(minutes / 60)):\(two(minutes % 60))"
    }
}

/// From one reading of the clock to another: of one day, or over midnight where that is said.
package struct ClockWindow: Hashable, Sendable {
    package let from: ClockTime
    /// Not included any more.
    package let to: ClockTime
    /// Whether it ends on the day after.
    package let isOvernight: Bool

    /// Nil for a window that ends before it begins or as it begins; over midnight, for one longer than a day.
    package init?(from: ClockTime, to: ClockTime, isOvernight: Bool = false) {
        guard from.minutes < 1_440, isOvernight ? to <= from : from < to else { return nil }
        self.from = from
        self.to = to
        self.isOvernight = isOvernight
    }

    /// Minutes since the midnight of the day on which it begins.
    var span: Range<Int64> { from.minutes..<(to.minutes + (isOvernight ? 1_440 : 0)) }
}
