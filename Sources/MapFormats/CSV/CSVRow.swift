/// One row of a table while it is read, byte by byte (RFC 4180, section 2).
///
/// A quote inside an unquoted field is kept as it is, as most readers do.
struct CSVRow {
    private let delimiter: UInt8
    private let limit: Int
    private var text: [UInt8] = []
    /// Where each field ends in `text`.
    private var ends: [Int] = []
    private var state = State.fieldStart
    private(set) var isTooLarge = false
    private(set) var hasTextBehindQuote = false

    private enum State { case fieldStart, unquoted, quoted, behindQuote }

    init(delimiter: UInt8, limit: Int) {
        self.delimiter = delimiter
        self.limit = limit
    }

    mutating func removeAll() {
        text.removeAll(keepingCapacity: text.capacity <= 1 << 20)
        ends.removeAll(keepingCapacity: true)
        state = .fieldStart
        isTooLarge = false
        hasTextBehindQuote = false
    }

    var isInsideQuotes: Bool { state == .quoted }

    /// The fields of a row that has been read to its end.
    var fields: [String] {
        var start = 0
        return ends.map { end in
            defer { start = end }
            return String(decoding: text[start..<end], as: UTF8.self)
        }
    }

    /// True for a blank line and for a row of delimiters only.
    var isBlank: Bool { text.isEmpty && !isTooLarge }

    /// Ends the last field; for the end of the line or of the file.
    mutating func finish() {
        ends.append(text.count)
    }

    /// Reads from `start` to the end of the row or of the piece.
    ///
    /// - Returns: the index behind what was read, and whether the row has ended. A row ends with LF or
    ///   with CR; the LF of CRLF is left to be passed over as a blank line.
    mutating func read(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> (end: Int, isFinished: Bool) {
        var index = start
        while index < bytes.count {
            let byte = bytes[index]
            switch state {
            case .quoted: index = readQuoted(bytes, from: index)
            case .fieldStart where byte == ASCII.quote:
                state = .quoted
                index += 1
            case .behindQuote where byte == ASCII.quote:
                append(bytes, index..<(index + 1))
                state = .quoted
                index += 1
            case .fieldStart, .behindQuote, .unquoted:
                index += 1
                if byte == ASCII.lineFeed || byte == ASCII.carriageReturn {
                    finish()
                    return (index, true)
                }
                if byte == delimiter {
                    finish()
                    state = .fieldStart
                } else {
                    index = readUnquoted(bytes, from: index - 1)
                }
            }
        }
        return (index, false)
    }

    private mutating func readQuoted(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var end = start
        while end < bytes.count, bytes[end] != ASCII.quote { end += 1 }
        append(bytes, start..<end)
        guard end < bytes.count else { return end }
        state = .behindQuote
        return end + 1
    }

    private mutating func readUnquoted(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        if state == .behindQuote { hasTextBehindQuote = true }
        state = .unquoted
        var end = start
        while end < bytes.count, bytes[end] != delimiter, bytes[end] != ASCII.lineFeed,
            bytes[end] != ASCII.carriageReturn
        {
            end += 1
        }
        append(bytes, start..<end)
        return end
    }

    private mutating func append(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
        guard !isTooLarge else { return }
        isTooLarge = text.count + range.count > limit
        if isTooLarge {
            text = []
            ends = []
        } else {
            text.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[range]))
        }
    }
}
