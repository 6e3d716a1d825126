extension VectorTileValue {
    /// The message Value of a value in JSON at the end of `message`; false, and nothing written, for what tiles leave
    /// out. The same as of the value that `JSONParser` reads.
    static func append(json value: UnsafeRawBufferPointer, to message: inout ProtocolBuffer) throws(JSONError) -> Bool {
        guard let first = value.first else { return false }
        switch first {
        case ASCII.quote where !value.hasBackslash:
            message.append(field: 1, message: UnsafeRawBufferPointer(rebasing: value[1..<(value.count - 1)]))
            return true
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            if let number = smallInteger(value) {
                message.append(field: 4, varint: number)
                return true
            }
        case ASCII.openBracket where value.count > 2 && !value.hasBackslash:
            if appendJoined(value, to: &message) { return true }
        default: break
        }
        guard let value = VectorTileValue(try JSONParser.parse(value)) else { return false }
        value.append(to: &message)
        return true
    }

    /// Nil for what is no whole number or may be too large for one.
    private static func smallInteger(_ text: UnsafeRawBufferPointer) -> UInt64? {
        guard text.count <= 18 else { return nil }
        var number: UInt64 = 0
        for byte in text {
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            number = number * 10 + UInt64(byte - 0x30)
        }
        return number
    }

    /// A list of texts without escapes, joined by commas: what stands between the first quote and the last without
    /// the quotes; false, and nothing written, for another list.
    private static func appendJoined(_ list: UnsafeRawBufferPointer, to message: inout ProtocolBuffer) -> Bool {
        var (isInside, quotes) = (false, 0)
        for byte in list[1..<(list.count - 1)] {
            if byte == ASCII.quote {
                isInside.toggle()
                quotes += 1
            } else if !isInside, byte != ASCII.comma {
                return false
            }
        }
        message.append(field: 1, length: list.count - 2 - quotes)
        // Each piece up to the next quote; the list's last byte stands for one.
        var start = 1
        for place in 1..<list.count where list[place] == ASCII.quote || place == list.count - 1 {
            message.append(UnsafeRawBufferPointer(rebasing: list[start..<place]))
            start = place + 1
        }
        return true
    }
}
