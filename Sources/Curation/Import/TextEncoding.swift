package import MapFormats

/// The letters of a table.
package enum TextEncoding: String, CaseIterable, Sendable {
    case utf8 = "utf-8"
    /// With a byte order mark.
    case utf16 = "utf-16"
    /// Western Europe's, of which Latin-1 is a part.
    case windows1252 = "windows-1252"

    package var title: String {
        switch self {
        case .utf8: "UTF-8"
        case .utf16: "UTF-16"
        case .windows1252: "Windows-1252"
        }
    }

    /// By its mark, else UTF-8 where all of it is, else Windows-1252 where all its bytes are letters there.
    /// - Throws: `ImportError.file` when it is none of these; `FormatError` when it cannot be read.
    static func recognised(_ source: ByteSource) throws -> TextEncoding {
        var source = source
        let start = try source.peek(4)
        if start.starts(with: [0xFF, 0xFE, 0, 0]) { return .utf8 }
        if start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF]) { return .utf16 }
        var check = UTF8Check()
        var isWestern = true
        while let piece = try source.next() {
            check.take(piece)
            isWestern = isWestern && !piece.contains(where: Self.isNoLetter)
            // What has noughts beside its letters is refused by the reader, which names it.
            if piece.contains(0) { return .utf8 }
        }
        if check.isValid { return .utf8 }
        guard isWestern else {
            throw ImportError.file(
                reason: "its letters are neither UTF-8 nor Windows-1252; name them, as in --encoding windows-1252, or"
                    + " convert the file to UTF-8 first")
        }
        return .windows1252
    }

    /// Bytes that are no letter of Windows-1252, and nought.
    ///
    /// Source: the Unicode Consortium's mapping table cp1252.
    static func isNoLetter(_ byte: UInt8) -> Bool {
        switch byte {
        case 0, 0x81, 0x8D, 0x8F, 0x90, 0x9D: true
        default: false
        }
    }

    /// The letters of 0x80 to 0x9F; elsewhere the numbers are Unicode's.
    static let western: [Unicode.Scalar] = Array(
        "\u{20AC}\u{FFFD}\u{201A}\u{0192}\u{201E}\u{2026}\u{2020}\u{2021}\u{02C6}\u{2030}\u{0160}\u{2039}\u{0152}\u{FFFD}\u{017D}\u{FFFD}\u{FFFD}\u{2018}\u{2019}\u{201C}\u{201D}\u{2022}\u{2013}\u{2014}\u{02DC}\u{2122}\u{0161}\u{203A}\u{0153}\u{FFFD}\u{017E}\u{0178}"
            .unicodeScalars)
}

/// Whether pieces together are UTF-8.
private struct UTF8Check {
    private var unfinished: [UInt8] = []
    private var isSound = true

    var isValid: Bool { isSound && unfinished.isEmpty }

    mutating func take(_ piece: [UInt8]) {
        guard isSound else { return }
        let bytes = unfinished.isEmpty ? piece : unfinished + piece
        let (length, isUnfinished) = bytes.withUnsafeBufferPointer(UTF8Text.validPrefix)
        unfinished = Array(bytes[length...])
        isSound = unfinished.isEmpty || isUnfinished
    }
}

extension ByteSource {
    /// The same text in UTF-8, piece by piece.
    func decoded(from encoding: TextEncoding) -> ByteSource {
        var source = self
        switch encoding {
        case .utf8: return self
        case .windows1252: return ByteSource { try source.next().map(Self.western) }
        case .utf16:
            var decoder = UTF16Pieces()
            return ByteSource {
                while let piece = try source.next() {
                    let text = decoder.utf8(of: piece)
                    if !text.isEmpty { return text }
                }
                return decoder.rest()
            }
        }
    }

    private static func western(_ piece: [UInt8]) -> [UInt8] {
        var text = String.UnicodeScalarView()
        for byte in piece {
            text.append(0x80...0x9F ~= byte ? TextEncoding.western[Int(byte) - 0x80] : Unicode.Scalar(byte))
        }
        return Array(String(text).utf8)
    }
}

/// UTF-16 in pieces that end anywhere. What is no text becomes U+FFFD.
private struct UTF16Pieces {
    private var isBigEndian: Bool?
    private var bytes: [UInt8] = []

    mutating func utf8(of piece: [UInt8]) -> [UInt8] {
        bytes += piece
        if isBigEndian == nil, bytes.count >= 2 {
            isBigEndian = bytes.starts(with: [0xFE, 0xFF])
            if isBigEndian == true || bytes.starts(with: [0xFF, 0xFE]) { bytes.removeFirst(2) }
        }
        var count = bytes.count / 2
        // The second half of a pair may be in the next piece.
        if count > 0, 0xD800...0xDBFF ~= unit(count - 1) { count -= 1 }
        return take(count)
    }

    /// What is left at the end; nil for nothing.
    mutating func rest() -> [UInt8]? {
        guard !bytes.isEmpty else { return nil }
        let isCut = bytes.count % 2 == 1
        let text = take(bytes.count / 2) + (isCut ? Array("\u{FFFD}".utf8) : [])
        bytes = []
        return text
    }

    private func unit(_ index: Int) -> UInt16 {
        let (first, second) = (UInt16(bytes[2 * index]), UInt16(bytes[2 * index + 1]))
        return isBigEndian == true ? first << 8 | second : second << 8 | first
    }

    private mutating func take(_ count: Int) -> [UInt8] {
        defer { bytes.removeFirst(2 * count) }
        return Array(String(decoding: (0..<count).map(unit), as: UTF16.self).utf8)
    }
}
