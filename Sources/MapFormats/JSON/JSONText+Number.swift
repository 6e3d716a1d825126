extension JSONText {
    /// The number that begins at `position`, in the grammar of RFC 8259, section 6.
    mutating func number() throws(JSONError) -> JSONValue {
        let start = position
        var digits = DecimalDigits()
        if current == UInt8(ascii: "-") {
            digits.isNegative = true
            position += 1
            if current == UInt8(ascii: "I") || current == UInt8(ascii: "N") { throw failure(.notANumber, at: start) }
        }
        let leadingZero = current == UInt8(ascii: "0")
        let wholeDigits = takeDigits { digits.append($0, behindPoint: false) }
        guard wholeDigits > 0 else { throw malformed(from: start) }
        if leadingZero, wholeDigits > 1 { throw failure(.malformedNumber, at: start) }
        var isInteger = true
        if current == UInt8(ascii: ".") {
            isInteger = false
            position += 1
            guard takeDigits({ digits.append($0, behindPoint: true) }) > 0 else { throw malformed(from: start) }
        }
        if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            isInteger = false
            digits.scale(by: try exponent(of: start))
        }
        if isInteger, let integer = digits.integer { return .integer(integer) }
        return .number(try double(digits, start..<position))
    }

    /// The failure of a number that lacks a digit here.
    private func malformed(from start: Int) -> JSONError {
        position == bytes.count ? failure(.unexpectedEnd) : failure(.malformedNumber, at: start)
    }

    private mutating func exponent(of start: Int) throws(JSONError) -> Int {
        position += 1
        let isNegative = current == UInt8(ascii: "-")
        if isNegative || current == UInt8(ascii: "+") { position += 1 }
        var exponent = 0
        // Held at a million, far beyond a double's range, so that no length of exponent overflows.
        let count = takeDigits { exponent = min(exponent * 10 + Int($0), 1_000_000) }
        guard count > 0 else { throw malformed(from: start) }
        return isNegative ? -exponent : exponent
    }

    private mutating func takeDigits(_ body: (UInt8) -> Void) -> Int {
        let start = position
        while position < bytes.count {
            let digit = bytes[position] &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            body(digit)
            position += 1
        }
        return position - start
    }

    private func double(_ digits: DecimalDigits, _ range: Range<Int>) throws(JSONError) -> Double {
        if let value = digits.exactDouble { return value }
        let text = String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self)
        guard let value = Double(text), value.isFinite else { throw failure(.numberTooLarge, at: range.lowerBound) }
        return value
    }
}

/// The digits of a decimal number as they are read: `mantissa` × 10^`exponent`.
struct DecimalDigits {
    var isNegative = false
    private var mantissa: UInt64 = 0
    private var exponent = 0
    /// False once there were more digits than `mantissa` holds.
    private var isComplete = true

    mutating func append(_ digit: UInt8, behindPoint: Bool) {
        guard mantissa < 1_000_000_000_000_000_000 else {
            isComplete = false
            return
        }
        mantissa = mantissa * 10 + UInt64(digit)
        if behindPoint { exponent -= 1 }
    }

    mutating func scale(by power: Int) {
        exponent += power
    }

    var integer: Int64? {
        guard isComplete else { return nil }
        if isNegative { return mantissa <= 1 << 63 ? Int64(truncatingIfNeeded: 0 &- mantissa) : nil }
        return Int64(exactly: mantissa)
    }

    /// The nearest double where one division or product of exact doubles gives it; nil elsewhere.
    ///
    /// Source: W. D. Clinger, "How to read floating point numbers accurately", PLDI 1990, section 3.
    var exactDouble: Double? {
        guard isComplete, mantissa <= 1 << 53, abs(exponent) <= 22 else { return nil }
        let power = DecimalDigits.powersOfTen[abs(exponent)]
        let magnitude = exponent < 0 ? Double(mantissa) / power : Double(mantissa) * power
        return isNegative ? -magnitude : magnitude
    }

    private static let powersOfTen: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
        1e19, 1e20, 1e21, 1e22,
    ]
}
