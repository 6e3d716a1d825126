/// Reads a table of RFC 4180 in constant memory: quoted fields with line breaks, LF, CRLF or CR.
///
/// The first row names the columns and tells the delimiter: whichever of comma, semicolon and tab stands
/// in it most often outside quotes. Rows without any text are passed over. Outer spaces belong to a
/// field, as the RFC says.
package struct CSVReader {
    private var cursor: TextCursor
    private var row: CSVRow
    private let largestRecord: Int
    private var ordinal = 0
    /// The names of the columns, each once: an empty one becomes "field_3" after its place, one that
    /// comes again gets its count, as in "name_2".
    package let header: [String]
    /// "," ";" or a tab.
    package let delimiter: Character

    /// Reads the header.
    ///
    /// - Parameter given: the delimiter, where it shall not be told from the header.
    /// - Throws: `FormatError.file` and `.table`, when the file has no header or cannot be read.
    package init(
        _ source: ByteSource, largestRecord: Int = RecordFormat.largestRecord, delimiter given: Character? = nil
    ) throws(FormatError) {
        cursor = TextCursor(source)
        self.largestRecord = largestRecord
        try CSVReader.skipLineBreaks(&cursor)
        let found = try CSVReader.delimiter(of: &cursor)
        let byte = given?.asciiValue ?? found
        delimiter = Character(Unicode.Scalar(byte))
        row = CSVRow(delimiter: byte, limit: largestRecord)
        guard try CSVReader.read(&row, &cursor) != nil else { throw .file(.empty) }
        if row.isTooLarge { throw .file(.recordTooLarge(limit: largestRecord)) }
        header = CSVReader.unique(row.fields)
    }

    package var bytesRead: Int { cursor.bytesRead }

    /// The fields of the next row, in the order of `header`; there may be fewer. Nil behind the last row.
    ///
    /// - Throws: `FormatError.file`, and `.table(.unclosedQuote)`, when the file cannot be read on.
    package mutating func next() throws(FormatError) -> SourceRecord<[String]>? {
        guard let line = try CSVReader.read(&row, &cursor) else { return nil }
        ordinal += 1
        return SourceRecord(line: line, ordinal: ordinal, content: content)
    }

    private var content: Result<[String], FormatError> {
        if row.isTooLarge { return .failure(.file(.recordTooLarge(limit: largestRecord))) }
        if row.hasTextBehindQuote { return .failure(.table(.textBehindQuote)) }
        let fields = row.fields
        guard fields.count <= header.count else {
            return .failure(.table(.tooManyFields(found: fields.count, expected: header.count)))
        }
        return .success(fields)
    }

    /// Each name once, and none empty.
    static func unique(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.enumerated().map { index, name in
            let base = name.isEmpty ? "field_\(index + 1)" : name
            var unique = base
            var count = 1
            while !seen.insert(unique).inserted {
                count += 1
                unique = "\(base)_\(count)"
            }
            return unique
        }
    }
}

extension CSVReader {
    /// Reads the next row that holds text; gives the line where it begins, nil at the end of the file.
    private static func read(_ row: inout CSVRow, _ cursor: inout TextCursor) throws(FormatError) -> Int? {
        while true {
            try skipLineBreaks(&cursor)
            guard try cursor.fill() else { return nil }
            let line = cursor.line
            row.removeAll()
            try readOne(&row, &cursor, line: line)
            if !row.isBlank { return line }
        }
    }

    private static func readOne(
        _ row: inout CSVRow, _ cursor: inout TextCursor, line: Int
    ) throws(FormatError) {
        while try cursor.fill() {
            let start = cursor.position
            let (end, isFinished) = cursor.piece.withUnsafeBufferPointer { row.read($0, from: start) }
            cursor.consume(upTo: end)
            if isFinished { return }
        }
        guard !row.isInsideQuotes else { throw .table(.unclosedQuote(line: line)) }
        row.finish()
    }

    private static func skipLineBreaks(_ cursor: inout TextCursor) throws(FormatError) {
        while let byte = try cursor.peek(), byte == ASCII.lineFeed || byte == ASCII.carriageReturn {
            cursor.consumeByte()
        }
    }

    /// Counts the delimiters of the row at the place, without passing over it.
    private static func delimiter(of cursor: inout TextCursor) throws(FormatError) -> UInt8 {
        let candidates = [ASCII.comma, ASCII.semicolon, ASCII.tab]
        var counts = [0, 0, 0]
        var isInQuotes = false
        var seen = 0
        while try seen == 0 ? cursor.fill() : cursor.extend() {
            let start = cursor.position
            for byte in cursor.piece[(start + seen)...] {
                seen += 1
                if byte == ASCII.quote { isInQuotes.toggle() }
                if isInQuotes { continue }
                if byte == ASCII.lineFeed || byte == ASCII.carriageReturn { return commonest(candidates, counts) }
                if let candidate = candidates.firstIndex(of: byte) { counts[candidate] += 1 }
            }
            if seen > longestHeader { break }
        }
        return commonest(candidates, counts)
    }

    private static let longestHeader = 1 << 20

    private static func commonest(_ candidates: [UInt8], _ counts: [Int]) -> UInt8 {
        var best = 0
        for index in 1..<candidates.count where counts[index] > counts[best] { best = index }
        return candidates[best]
    }
}
