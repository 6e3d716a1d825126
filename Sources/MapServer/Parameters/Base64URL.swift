/// Bytes as they may stand in an address (RFC 4648, section 5), without padding.
enum Base64URL {
    private static let letters: [UInt8] = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    static func text(of bytes: [UInt8]) -> String {
        let count = (bytes.count * 4 + 2) / 3
        return String(unsafeUninitializedCapacity: count) { text in
            letters.withUnsafeBufferPointer { letters in
                var (pending, bits) = (UInt32(0), UInt32(0))
                var rest = bytes.makeIterator()
                for place in 0..<count {
                    if bits < 6 {
                        // Behind the last byte come noughts.
                        pending = pending << 8 | UInt32(rest.next() ?? 0)
                        bits += 8
                    }
                    bits -= 6
                    text[place] = letters[Int(pending >> bits & 63)]
                }
            }
            return count
        }
    }

    /// Nil for what `text(of:)` does not write.
    static func bytes(of text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        var (pending, bits) = (UInt32(0), UInt32(0))
        for byte in text.utf8 {
            guard let letter = value(of: byte) else { return nil }
            pending = pending << 6 | letter
            bits += 6
            guard bits >= 8 else { continue }
            bits -= 8
            bytes.append(UInt8(pending >> bits))
            pending &= 1 << bits - 1
        }
        // A lone letter makes no byte, and what is left over of the last is nought.
        return bits < 6 && pending == 0 ? bytes : nil
    }

    private static func value(of letter: UInt8) -> UInt32? {
        switch letter {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(letter - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(letter - UInt8(ascii: "a") + 26)
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(letter - UInt8(ascii: "0") + 52)
        case UInt8(ascii: "-"): 62
        case UInt8(ascii: "_"): 63
        default: nil
        }
    }
}
