extension JSONWriter {
    package static func append(integer: some FixedWidthInteger, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: String(integer).utf8)
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
        let scaled = Int64((degrees * Double(powersOfTen[places])).rounded())
        if scaled < 0 { bytes.append(UInt8(ascii: "-")) }
        let (whole, remainder) = scaled.magnitude.quotientAndRemainder(dividingBy: powersOfTen[places])
        append(digitsOf: whole, to: &bytes)
        var fraction = remainder
        guard fraction > 0 else { return }
        bytes.append(UInt8(ascii: "."))
        while fraction % 10 == 0 {
            fraction /= 10
            places -= 1
        }
        for place in stride(from: places - 1, through: 0, by: -1) {
            bytes.append(UInt8(ascii: "0") + UInt8(fraction / powersOfTen[place] % 10))
        }
    }

    private static func append(digitsOf whole: UInt64, to bytes: inout [UInt8]) {
        var place = 0
        while place < 9, whole >= powersOfTen[place + 1] { place += 1 }
        for place in stride(from: place, through: 0, by: -1) {
            bytes.append(UInt8(ascii: "0") + UInt8(whole / powersOfTen[place] % 10))
        }
    }

    private static let powersOfTen: [UInt64] = [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000,
    ]
}
