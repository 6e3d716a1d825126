extension JSONWriter {
    package static func append(integer: Int64, to bytes: inout [UInt8]) {
        append(integer.magnitude, decimals: 0, isNegative: integer < 0, to: &bytes)
    }

    package static func append(integer: Int, to bytes: inout [UInt8]) { append(integer: Int64(integer), to: &bytes) }

    package static func append(integer: UInt64, to bytes: inout [UInt8]) {
        append(integer, decimals: 0, isNegative: false, to: &bytes)
    }

    /// The shortest text that reads back as the same double; null for what is not finite.
    package static func append(number: Double, to bytes: inout [UInt8]) {
        guard number.isFinite else {
            bytes.append(contentsOf: "null".utf8)
            return
        }
        guard number != 0 else {
            bytes.append(UInt8(ascii: "0"))
            return
        }
        let text = number.description
        bytes.append(contentsOf: text.hasSuffix(".0") ? text.utf8.dropLast(2) : text.utf8[...])
    }

    /// A coordinate with at most `decimals` digits behind the point: no trailing zero, no exponent, no "-0".
    ///
    /// - Parameters:
    ///   - degrees: degrees, or metres of a projected system. From 10⁹ on, and for what is not finite, the
    ///     text is that of `append(number:to:)`.
    ///   - decimals: 0…9; what lies outside counts as the nearer end.
    package static func append(degrees: Double, decimals: Int, to bytes: inout [UInt8]) {
        guard abs(degrees) < 1e9 else { return append(number: degrees, to: &bytes) }
        var places = min(max(decimals, 0), 9)
        let scaled = Int64((degrees * powersOfTen[places]).rounded())
        var rest = scaled.magnitude
        while places > 0, rest % 10 == 0 {
            rest /= 10
            places -= 1
        }
        append(rest, decimals: places, isNegative: scaled < 0, to: &bytes)
    }

    /// A whole number below 2⁶⁴, divided by so many times ten: from its last digit on, and put in at once.
    private static func append(_ number: UInt64, decimals: Int, isNegative: Bool, to bytes: inout [UInt8]) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 24) { text in
            var (rest, digits, start) = (number, 0, text.count)
            repeat {
                if digits == decimals, decimals > 0 {
                    start -= 1
                    text[start] = UInt8(ascii: ".")
                }
                start -= 1
                text[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
                digits += 1
            } while rest > 0 || digits <= decimals
            if isNegative {
                start -= 1
                text[start] = UInt8(ascii: "-")
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
        }
    }

    private static let powersOfTen: [Double] = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9]
}
