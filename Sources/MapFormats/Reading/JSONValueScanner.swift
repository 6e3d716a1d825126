/// Finds the end of one JSON value in text that arrives in pieces, without keeping any of it.
///
/// Only strings and brackets are looked at; what stands between them is left to `JSONParser`.
struct JSONValueScanner {
    enum Failure: Error, Equatable {
        /// The closing bracket at this index of the piece does not match the open one.
        case mismatch(at: Int)
        case tooDeep(at: Int)
    }

    /// How many brackets may stand open: one bit of `braces` for each.
    static let deepest = 64

    private(set) var isFinished = false
    private var kind = Kind.unknown
    private var depth = 0
    /// The open brackets, the innermost in the lowest bit: 1 for a brace, 0 for a square bracket.
    private var braces: UInt64 = 0
    private var isInString = false
    private var isEscaped = false

    private enum Kind { case unknown, container, string, scalar }

    /// Looks at one more piece, from index `start` on; the first piece begins with the value.
    ///
    /// - Returns: the index behind the last byte of the value, or the piece's end when it goes on.
    mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) throws(Failure) -> Int {
        var index = start
        if kind == .unknown, index < bytes.count { begin(with: bytes[index]) }
        if kind == .scalar { return scanScalar(bytes, from: index) }
        while index < bytes.count, !isFinished {
            if isInString {
                index = scanString(bytes, from: index)
            } else {
                try scanStructure(bytes[index], at: index)
                index += 1
            }
        }
        return index
    }

    private mutating func begin(with byte: UInt8) {
        switch byte {
        case ASCII.openBrace, ASCII.openBracket: kind = .container
        case ASCII.quote: kind = .string
        default: kind = .scalar
        }
    }

    private mutating func scanScalar(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        for index in start..<bytes.count {
            switch bytes[index] {
            case ASCII.comma, ASCII.colon, ASCII.closeBracket, ASCII.closeBrace, ASCII.space, ASCII.lineFeed,
                ASCII.carriageReturn, ASCII.tab:
                isFinished = true
                return index
            default: continue
            }
        }
        return bytes.count
    }

    private mutating func scanString(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        for index in start..<bytes.count {
            if isEscaped {
                isEscaped = false
            } else if bytes[index] == ASCII.backslash {
                isEscaped = true
            } else if bytes[index] == ASCII.quote {
                isInString = false
                isFinished = kind == .string
                return index + 1
            }
        }
        return bytes.count
    }

    private mutating func scanStructure(_ byte: UInt8, at index: Int) throws(Failure) {
        switch byte {
        case ASCII.quote: isInString = true
        case ASCII.openBrace, ASCII.openBracket:
            guard depth < JSONValueScanner.deepest else { throw .tooDeep(at: index) }
            depth += 1
            braces = braces << 1 | (byte == ASCII.openBrace ? 1 : 0)
        case ASCII.closeBrace, ASCII.closeBracket:
            guard (braces & 1 == 1) == (byte == ASCII.closeBrace) else { throw .mismatch(at: index) }
            depth -= 1
            braces >>= 1
            isFinished = depth == 0
        default: break
        }
    }
}
