/// Decodes addresses as browsers and the URL standard write them; the server library leaves them as they are.
///
/// By bytes throughout: a letter of Swift's is more than what parts an address.
enum PercentDecoding {
    /// The segments of a path; a slash at the end names the same page as without it. Nil for a stray percent sign or
    /// bytes that are not UTF-8.
    static func segments(of path: some StringProtocol) -> [String]? {
        var path = Substring(path)
        return path.withUTF8 { bytes in
            var segments: [String] = []
            segments.reserveCapacity(6)
            for piece in bytes.pieces(between: UInt8(ascii: "/")) where !piece.isEmpty {
                guard let segment = decode(piece, plusIsSpace: false) else { return nil }
                segments.append(segment)
            }
            return segments
        }
    }

    /// The names and values of a query, where `+` stands for a space. Nil as for a path.
    static func pairs(of query: some StringProtocol) -> [(name: String, value: String)]? {
        var query = Substring(query)
        return query.withUTF8 { bytes in
            var pairs: [(name: String, value: String)] = []
            for piece in bytes.pieces(between: UInt8(ascii: "&")) where !piece.isEmpty {
                let mark = piece.firstIndex(of: UInt8(ascii: "=")) ?? piece.endIndex
                guard let name = decode(.init(rebasing: piece[..<mark]), plusIsSpace: true),
                    let value = decode(.init(rebasing: piece[mark...].dropFirst()), plusIsSpace: true)
                else { return nil }
                pairs.append((name, value))
            }
            return pairs
        }
    }

    private static func decode(_ text: UnsafeBufferPointer<UInt8>, plusIsSpace: Bool) -> String? {
        // Most addresses have nothing to decode; and what stands between two ASCII letters of a text is a text.
        if !text.contains(where: { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "+") }) {
            return String(decoding: text, as: UTF8.self)
        }
        var bytes: [UInt8] = []
        var source = text.makeIterator()
        while let byte = source.next() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = source.next().flatMap(digit), let low = source.next().flatMap(digit) else {
                    return nil
                }
                bytes.append(high << 4 | low)
            case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }

    /// A value as it may stand in a query.
    static func encodeQuery(_ text: String) -> String {
        var encoded: [UInt8] = []
        encodeQuery(text, to: &encoded)
        return String(decoding: encoded, as: UTF8.self)
    }

    /// The same at the end of `bytes`.
    static func encodeQuery(_ text: String, to bytes: inout [UInt8]) {
        for byte in text.utf8 {
            if isPlain(byte) {
                bytes.append(byte)
            } else {
                bytes.append(UInt8(ascii: "%"))
                bytes.append(hexadecimal(byte >> 4))
                bytes.append(hexadecimal(byte & 0xF))
            }
        }
    }

    /// Whether a query is written as we would write it: nothing encoded, nothing to encode, a sign between each name
    /// and its value.
    static func isOurOwn(_ query: some StringProtocol) -> Bool {
        var query = Substring(query)
        return query.withUTF8 { bytes in
            bytes.pieces(between: UInt8(ascii: "&")).allSatisfy { pair in
                var signs = 0
                for byte in pair {
                    if byte == UInt8(ascii: "=") { signs += 1 } else if !isPlain(byte) { return false }
                }
                return signs == 1
            }
        }
    }

    @inline(__always)
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"), UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "/"):
            true
        default: false
        }
    }

    private static func hexadecimal(_ half: UInt8) -> UInt8 {
        half < 10 ? UInt8(ascii: "0") + half : UInt8(ascii: "A") + half - 10
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// What stands between separators, empty pieces included.
    fileprivate func pieces(between separator: UInt8) -> Pieces { Pieces(bytes: self, separator: separator) }
}

private struct Pieces: Sequence, IteratorProtocol {
    let bytes: UnsafeBufferPointer<UInt8>
    let separator: UInt8
    private var start: Int? = 0

    init(bytes: UnsafeBufferPointer<UInt8>, separator: UInt8) {
        self.bytes = bytes
        self.separator = separator
    }

    mutating func next() -> UnsafeBufferPointer<UInt8>? {
        guard let first = start else { return nil }
        var end = first
        while end < bytes.count, bytes[end] != separator { end += 1 }
        start = end < bytes.count ? end + 1 : nil
        return UnsafeBufferPointer(rebasing: bytes[first..<end])
    }
}
