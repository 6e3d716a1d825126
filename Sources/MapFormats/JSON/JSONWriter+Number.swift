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
        withUnsafeTemporaryAllocation(byteCount: mostOfNumber, alignment: 1) { text in
            let count = write(degrees: degrees, decimals: decimals, to: text)
            bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: text[..<count]))
        }
    }

    /// The most bytes that a number takes.
    package static let mostOfNumber = 32

    /// Writes the text of `append(degrees:decimals:to:)` to the beginning of some bytes.
    ///
    /// - Precondition: there are `mostOfNumber` of them.
    /// - Returns: how many bytes the text has.
    package static func write(degrees: Double, decimals: Int, to text: UnsafeMutableRawBufferPointer) -> Int {
        guard abs(degrees) < 1e9 else {
            var bytes: [UInt8] = []
            append(number: degrees, to: &bytes)
            text.copyBytes(from: bytes)
            return bytes.count
        }
        var places = min(max(decimals, 0), 9)
        let scaled = Int64((degrees * powersOfTen[places]).rounded())
        var rest = scaled.magnitude
        while places > 0, rest % 10 == 0 {
            rest /= 10
            places -= 1
        }
        return write(rest, decimals: places, isNegative: scaled < 0, to: text)
    }

    private static func append(_ number: UInt64, decimals: Int, isNegative: Bool, to bytes: inout [UInt8]) {
        withUnsafeTemporaryAllocation(byteCount: mostOfNumber, alignment: 1) { text in
            let count = write(number, decimals: decimals, isNegative: isNegative, to: text)
            bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: text[..<count]))
        }
    }

    /// A whole number below 2⁶⁴, divided by so many times ten: from its last digit on, where that will stand.
    /// - Returns: how many bytes it has.
    @inline(__always)
    private static func write(
        _ number: UInt64, decimals: Int, isNegative: Bool, to text: UnsafeMutableRawBufferPointer
    ) -> Int {
        let whole = max(digitCount(number) &- decimals, 1) &+ (isNegative ? 1 : 0)
        let count = decimals > 0 ? whole &+ 1 &+ decimals : whole
        var (rest, place) = (number, count)
        if decimals > 0 {
            while place > whole &+ 1 {
                place &-= 1
                text[place] = lastDigit(of: &rest)
            }
            place = whole
            text[place] = UInt8(ascii: ".")
        }
        repeat {
            place &-= 1
            text[place] = lastDigit(of: &rest)
        } while rest > 0
        if isNegative { text[0] = UInt8(ascii: "-") }
        return count
    }

    /// Which it loses.
    @inline(__always)
    private static func lastDigit(of number: inout UInt64) -> UInt8 {
        let tens = number / 10
        defer { number = tens }
        return UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: number &- tens &* 10)
    }

    /// At least 1.
    private static func digitCount(_ number: UInt64) -> Int {
        var (count, power) = (1, UInt64(10))
        while number >= power {
            count &+= 1
            // The greatest power of ten below 2⁶⁴ is the nineteenth.
            if count == 20 { break }
            power &*= 10
        }
        return count
    }

    private static let powersOfTen: [Double] = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9]
}
