/// Decimal numbers as addresses have them; Swift's own reading would also take "nan", "inf" and hexadecimal.
enum DecimalNumber {
    /// The nearest double; nil for what is not a finite decimal number.
    static func value(of text: Substring) -> Double? {
        var text = text
        return text.withUTF8 { value(of: $0) }
    }

    /// The same of the bytes of a text.
    static func value(of text: UnsafeBufferPointer<UInt8>) -> Double? {
        if let value = short(text) { return value }
        let isDecimal = text.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x2B, 0x2D, 0x2E, 0x45, 0x65: true
            default: false
            }
        }
        guard isDecimal, let number = Double(String(decoding: text, as: UTF8.self)), number.isFinite else { return nil }
        return number
    }

    /// Digits with a point among or behind them, such as `-2.352219`; nil for any other form, and for more digits than
    /// a double holds exactly.
    ///
    /// A whole number below 2⁵³ and a power of ten up to 10²² are exact, so that their quotient is rounded once, as
    /// the number itself would be (W. D. Clinger, "How to read floating point numbers accurately", PLDI 1990).
    private static func short(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
        var (digits, decimals, hasPoint, whole) = (0, 0, false, UInt64(0))
        let isNegative = text.first == UInt8(ascii: "-")
        for byte in text.dropFirst(isNegative ? 1 : 0) {
            if byte == UInt8(ascii: "."), !hasPoint, digits > 0 {
                hasPoint = true
            } else {
                guard 0x30...0x39 ~= byte, digits < mostDigits else { return nil }
                whole = whole * 10 + UInt64(byte - 0x30)
                digits += 1
                if hasPoint { decimals += 1 }
            }
        }
        guard digits > 0, !hasPoint || decimals > 0 else { return nil }
        let value = Double(whole) / powersOfTen[decimals]
        return isNegative ? -value : value
    }

    /// 10¹⁵ is below 2⁵³.
    private static let mostDigits = 15
    private static let powersOfTen: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
    ]
}
