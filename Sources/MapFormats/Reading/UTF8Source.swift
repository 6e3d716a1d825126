/// A byte source that lets only UTF-8 through, in whole characters and without a byte order mark.
///
/// What stands before a fault is handed on first, so that how the bytes were cut changes nothing. A file
/// that is not UTF-8 cannot be read on: no one knows where its next record begins.
struct UTF8Source {
    private(set) var source: ByteSource
    private var unfinished: [UInt8] = []
    private var hasBegun = false
    private var line = 1
    private var failure: FormatError?

    init(_ source: ByteSource) {
        self.source = source
    }

    /// The next piece, never empty; nil at the end.
    ///
    /// - Throws: `FormatError.file`: `.notUTF8`, `.otherEncoding` or `.unreadable`.
    mutating func next() throws(FormatError) -> [UInt8]? {
        while failure == nil {
            guard let piece = try hasBegun ? source.next() : first() else {
                if unfinished.isEmpty { return nil }
                failure = .file(.notUTF8(line: line))
                break
            }
            let checked = check(unfinished.isEmpty ? piece : unfinished + piece)
            if !checked.isEmpty { return checked }
        }
        if let failure { throw failure }
        return nil
    }

    /// The whole characters at the start of `bytes`; keeps or condemns what follows them.
    private mutating func check(_ bytes: [UInt8]) -> [UInt8] {
        let (length, isUnfinished) = bytes.withUnsafeBufferPointer(UTF8Text.validPrefix)
        let valid = length == bytes.count ? bytes : Array(bytes[..<length])
        for byte in valid where byte == ASCII.lineFeed { line += 1 }
        unfinished = Array(bytes[length...])
        if length < bytes.count, !isUnfinished { failure = .file(.notUTF8(line: line)) }
        return valid
    }

    private mutating func first() throws(FormatError) -> [UInt8]? {
        hasBegun = true
        let start = Array(try source.peek(4).prefix(4))
        if let name = UTF8Source.otherEncoding(start) { throw .file(.otherEncoding(name: name)) }
        guard let piece = try source.next() else { return nil }
        return start.starts(with: ASCII.byteOrderMark) ? Array(piece[3...]) : piece
    }

    /// What else than UTF-8 the first bytes are, by their mark or by the zero beside an ASCII letter.
    private static func otherEncoding(_ start: [UInt8]) -> String? {
        if start.starts(with: [0xFF, 0xFE, 0, 0]) || start.starts(with: [0, 0, 0xFE, 0xFF]) { return "UTF-32" }
        if start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF]) { return "UTF-16" }
        guard start.count == 4 else { return nil }
        switch start.map({ $0 == 0 }) {
        case [true, true, true, false]: return "UTF-32BE"
        case [false, true, true, true]: return "UTF-32LE"
        case [true, false, true, false]: return "UTF-16BE"
        case [false, true, false, true]: return "UTF-16LE"
        default: return nil
        }
    }
}
