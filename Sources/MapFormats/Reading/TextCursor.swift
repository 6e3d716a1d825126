/// A place in text that arrives in pieces. Everything is passed over through `consume(upTo:)`, which
/// counts lines and feeds the recordings.
struct TextCursor {
    private var source: UTF8Source
    /// The piece at hand; `position` is inside it.
    private(set) var piece: [UInt8] = []
    private(set) var position = 0
    /// The line of the place, from 1.
    private(set) var line = 1
    /// Bytes before the place, a byte order mark not counted.
    private(set) var offset = 0
    /// The whole document, for when it turns out to be one record.
    var document = Recording()
    /// The value or line being read.
    var value = Recording()

    /// Bytes kept while they pass, up to a limit.
    struct Recording {
        private(set) var bytes: [UInt8] = []
        private(set) var isOn = false
        private(set) var isTooLarge = false
        private var limit = 0

        mutating func start(limit: Int) {
            bytes.removeAll(keepingCapacity: bytes.capacity <= 1 << 20)
            self.limit = limit
            isOn = true
            isTooLarge = false
        }

        mutating func stop() {
            isOn = false
        }

        mutating func discard() {
            isOn = false
            bytes = []
        }

        fileprivate mutating func append(_ passed: ArraySlice<UInt8>) {
            guard isOn, !isTooLarge else { return }
            isTooLarge = bytes.count + passed.count > limit
            if isTooLarge {
                bytes = []
            } else {
                bytes.append(contentsOf: passed)
            }
        }
    }

    init(_ source: ByteSource) {
        self.source = UTF8Source(source)
    }

    /// How many bytes of the file have been taken in.
    var bytesRead: Int { source.source.bytesRead }

    /// The byte at the place; nil at the end of the text.
    mutating func peek() throws(FormatError) -> UInt8? {
        try fill() ? piece[position] : nil
    }

    /// Makes sure that `piece` holds the byte at the place; false at the end of the text.
    mutating func fill() throws(FormatError) -> Bool {
        if position < piece.count { return true }
        guard let next = try source.next() else { return false }
        piece = next
        position = 0
        return true
    }

    /// Adds the next piece to the one at hand, for looking further ahead; false at the end of the text.
    mutating func extend() throws(FormatError) -> Bool {
        guard let next = try source.next() else { return false }
        piece = piece[position...] + next
        position = 0
        return true
    }

    mutating func consume(upTo end: Int) {
        let passed = piece[position..<end]
        for byte in passed where byte == ASCII.lineFeed { line += 1 }
        document.append(passed)
        value.append(passed)
        offset += passed.count
        position = end
    }

    mutating func consumeByte() {
        consume(upTo: position + 1)
    }

    mutating func skipWhitespace() throws(FormatError) {
        while try fill() {
            let end = piece[position...].firstIndex { !ASCII.isWhitespace($0) } ?? piece.count
            consume(upTo: end)
            if end < piece.count { return }
        }
    }

    /// Passes over everything before the next `separator`; false when the text ended first.
    mutating func skip(to separator: UInt8) throws(FormatError) -> Bool {
        while try fill() {
            let end = piece[position...].firstIndex(of: separator)
            consume(upTo: end ?? piece.count)
            if end != nil { return true }
        }
        return false
    }
}
