extension JSONText {
    /// The string whose opening quote stands at `position`.
    mutating func string() throws(JSONError) -> String {
        let start = position + 1
        var end = start
        var isASCII = true
        while end < bytes.count {
            let byte = bytes[end]
            if byte == ASCII.quote {
                position = end + 1
                if !isASCII { try checkUTF8(start..<end) }
                return String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<end]), as: UTF8.self)
            }
            if byte == ASCII.backslash { return try stringWithEscapes(from: start, firstEscape: end) }
            if byte < 0x20 { throw failure(.controlCharacter(byte), at: end) }
            if byte >= 0x80 { isASCII = false }
            end += 1
        }
        throw failure(.unexpectedEnd, at: bytes.count)
    }

    private mutating func stringWithEscapes(from start: Int, firstEscape: Int) throws(JSONError) -> String {
        var decoded = Array(bytes[start..<firstEscape])
        position = firstEscape
        while let byte = current {
            switch byte {
            case ASCII.quote:
                try checkUTF8(start..<position)
                position += 1
                return String(decoding: decoded, as: UTF8.self)
            case ASCII.backslash:
                try appendEscape(to: &decoded)
            case 0..<0x20:
                throw failure(.controlCharacter(byte))
            default:
                decoded.append(byte)
                position += 1
            }
        }
        throw failure(.unexpectedEnd)
    }

    private func checkUTF8(_ range: Range<Int>) throws(JSONError) {
        let length = UTF8Text.validPrefix(of: UnsafeBufferPointer(rebasing: bytes[range])).length
        guard length == range.count else { throw failure(.invalidUTF8, at: range.lowerBound + length) }
    }

    /// Reads the escape whose backslash stands at `position`.
    private mutating func appendEscape(to decoded: inout [UInt8]) throws(JSONError) {
        guard position + 1 < bytes.count else { throw failure(.unexpectedEnd, at: bytes.count) }
        let letter = bytes[position + 1]
        switch letter {
        case ASCII.quote, ASCII.backslash, UInt8(ascii: "/"): decoded.append(letter)
        case UInt8(ascii: "b"): decoded.append(0x08)
        case UInt8(ascii: "f"): decoded.append(0x0C)
        case UInt8(ascii: "n"): decoded.append(ASCII.lineFeed)
        case UInt8(ascii: "r"): decoded.append(ASCII.carriageReturn)
        case UInt8(ascii: "t"): decoded.append(ASCII.tab)
        case UInt8(ascii: "u"):
            decoded.append(contentsOf: String(Character(try unicodeEscape())).utf8)
            return
        default: throw failure(.unknownEscape)
        }
        position += 2
    }

    /// One scalar from `\uXXXX`, or from a surrogate pair of two of them (RFC 8259, section 7).
    private mutating func unicodeEscape() throws(JSONError) -> Unicode.Scalar {
        let start = position
        let first = try hexadecimalUnit()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, position + 1 < bytes.count, bytes[position] == ASCII.backslash,
            bytes[position + 1] == UInt8(ascii: "u")
        else { throw failure(.loneSurrogate, at: start) }
        let second = try hexadecimalUnit()
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw failure(.loneSurrogate, at: start) }
        return scalar
    }

    private mutating func hexadecimalUnit() throws(JSONError) -> UInt32 {
        let start = position
        guard start + 6 <= bytes.count else { throw failure(.unexpectedEnd, at: bytes.count) }
        var unit: UInt32 = 0
        for byte in bytes[(start + 2)..<(start + 6)] {
            guard let digit = ASCII.hexadecimalDigit(byte) else { throw failure(.unknownEscape, at: start) }
            unit = unit << 4 | UInt32(digit)
        }
        position += 6
        return unit
    }
}
