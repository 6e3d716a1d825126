import Contributions

/// From one year to another, both included; an end may be open.
struct Years: Equatable {
    private(set) var from: Int64?
    private(set) var to: Int64?

    /// As two fields say; what is no year from −9999 to 9999 is open, and the earlier comes first.
    init(from: String, to: String) {
        self.from = Self.year(from)
        self.to = Self.year(to)
        if let from = self.from, let to = self.to, from > to { (self.from, self.to) = (to, from) }
    }

    /// The years that a `datetime` touches; both ends are open where it cannot be read.
    init(datetime: String) {
        let years = (try? ExtendedDate(datetime)).flatMap { Years($0.seconds) }
        from = years?.from
        to = years?.to
    }

    /// The years of some instants, seconds since 1970 UTC; nil when neither end is known.
    init?(_ seconds: ClosedRange<Int64>?) {
        guard let seconds, seconds != .min ... .max else { return nil }
        from = Self.year(of: seconds.lowerBound)
        to = Self.year(of: seconds.upperBound)
    }

    /// For the parameter of that name; nil when both ends are open.
    var datetime: String? {
        guard from != nil || to != nil else { return nil }
        if let from, from == to { return Self.text(from) }
        return "\(from.map(Self.text) ?? "..")/\(to.map(Self.text) ?? "..")"
    }

    private static func year(_ text: String) -> Int64? {
        Int64(text).flatMap { -9_999...9_999 ~= $0 ? $0 : nil }
    }

    /// Nil for an end that is open, and before the year 0 and after 9999.
    private static func year(of seconds: Int64) -> Int64? {
        DateAndTime.text(seconds: seconds).flatMap { Int64($0.prefix(4)) }
    }

    /// Four digits, as EDTF writes a year.
    private static func text(_ year: Int64) -> String {
        let digits = String(abs(year))
        return (year < 0 ? "-" : "") + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
