/// RFC 3339 date-times: `2024-06-21T18:30:00Z`, fractions of a second, offsets.
package enum DateAndTime {
    /// The moment in UTC, as `2024-06-21T18:30:00Z`; nil outside the years 0 to 9999, which RFC 3339 does not know.
    package static func text(seconds: Int64) -> String? {
        guard (-62_167_219_200...253_402_300_799).contains(seconds) else { return nil }
        let day = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
        let second = seconds - day * 86_400
        let date = Calendar.date(ofDay: day)
        return String(unsafeUninitializedCapacity: 20) { bytes in
            var place = 0
            func write(_ value: Int64, digits: Int, then mark: UInt8) {
                var rest = value
                for digit in (0..<digits).reversed() {
                    bytes[place + digit] = 0x30 + UInt8(rest % 10)
                    rest /= 10
                }
                bytes[place + digits] = mark
                place += digits + 1
            }
            write(date.year, digits: 4, then: UInt8(ascii: "-"))
            write(date.month, digits: 2, then: UInt8(ascii: "-"))
            write(date.day, digits: 2, then: UInt8(ascii: "T"))
            write(second / 3_600, digits: 2, then: UInt8(ascii: ":"))
            write(second / 60 % 60, digits: 2, then: UInt8(ascii: ":"))
            write(second % 60, digits: 2, then: UInt8(ascii: "Z"))
            return place
        }
    }

    /// Whole seconds since 1970-01-01T00:00:00Z, a fraction cut off; nil when malformed or without offset.
    package static func seconds(_ text: some StringProtocol) -> Int64? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes[4] == 0x2D, bytes[7] == 0x2D, bytes[10] | 0x20 == 0x74,
            bytes[13] == 0x3A, bytes[16] == 0x3A
        else { return nil }
        func number(_ range: Range<Int>) -> Int64? {
            var value: Int64 = 0
            for byte in bytes[range] {
                guard 0x30...0x39 ~= byte else { return nil }
                value = value * 10 + Int64(byte - 0x30)
            }
            return value
        }
        guard let year = number(0..<4), let month = number(5..<7), 1...12 ~= month, let day = number(8..<10),
            let hour = number(11..<13), hour < 24, let minute = number(14..<16), minute < 60,
            let second = number(17..<19), second <= 60
        else { return nil }
        let days = Calendar.days(ofMonth: month, year: year)
        guard day >= 1, day <= Int64(days.count), let offset = offset(bytes[19...], number) else { return nil }
        return (days.lowerBound + day - 1) * 86_400 + hour * 3600 + minute * 60 + second - offset
    }

    /// The zone behind an optional fraction, in seconds east of Greenwich.
    private static func offset(_ rest: ArraySlice<UInt8>, _ number: (Range<Int>) -> Int64?) -> Int64? {
        var rest = rest
        if rest.first == 0x2E {
            let digits = rest.dropFirst().prefix { 0x30...0x39 ~= $0 }
            guard !digits.isEmpty else { return nil }
            rest = rest.dropFirst(1 + digits.count)
        }
        if rest.count == 1, rest.first.map({ $0 | 0x20 }) == 0x7A { return 0 }
        let start = rest.startIndex
        guard rest.count == 6, rest[start] == 0x2B || rest[start] == 0x2D, rest[start + 3] == 0x3A,
            let hours = number(start + 1..<start + 3), hours < 24,
            let minutes = number(start + 4..<start + 6), minutes < 60
        else { return nil }
        return (rest[start] == 0x2B ? 1 : -1) * (hours * 3600 + minutes * 60)
    }
}
