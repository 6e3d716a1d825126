/// Reads features from newline-delimited GeoJSON, or from a GeoJSON text sequence (RFC 8142), in
/// constant memory.
///
/// A file whose first character is a record separator (0x1E) is a sequence: its records may hold line
/// breaks. Blank lines and CRLF are accepted.
package struct GeoJSONLineReader {
    private var cursor: TextCursor
    private let largestRecord: Int
    private var separator: UInt8?
    private var ordinal = 0

    package init(_ source: ByteSource, largestRecord: Int = RecordFormat.largestRecord) {
        cursor = TextCursor(source)
        self.largestRecord = largestRecord
    }

    package var bytesRead: Int { cursor.bytesRead }

    /// The next record; nil behind the last.
    ///
    /// - Throws: `FormatError.file` when the file cannot be read on: it is not UTF-8, or it ends in the
    ///   middle of a record.
    package mutating func next() throws(FormatError) -> SourceRecord<GeoJSONFeature>? {
        guard try skipToRecord(), let separator else { return nil }
        ordinal += 1
        let (line, offset) = (cursor.line, cursor.offset)
        cursor.value.start(limit: largestRecord)
        let isTerminated = try cursor.skip(to: separator)
        cursor.value.stop()
        let content = feature(line: line, offset: offset)
        if !isTerminated, case .failure(.json(let error)) = content, error.problem == .unexpectedEnd {
            throw .file(.truncated(line: line))
        }
        return SourceRecord(line: line, ordinal: ordinal, content: content)
    }

    /// Passes over blank lines and separators; false at the end of the file.
    private mutating func skipToRecord() throws(FormatError) -> Bool {
        while true {
            try cursor.skipWhitespace()
            guard let byte = try cursor.peek() else { return false }
            if separator == nil {
                separator = byte == ASCII.recordSeparator ? ASCII.recordSeparator : ASCII.lineFeed
            }
            guard byte == ASCII.recordSeparator else { return true }
            cursor.consumeByte()
        }
    }

    private func feature(line: Int, offset: Int) -> Result<GeoJSONFeature, FormatError> {
        if cursor.value.isTooLarge { return .failure(.file(.recordTooLarge(limit: largestRecord))) }
        return GeoJSONReader.record(from: cursor.value.bytes, line: line, offset: offset)
    }
}

extension GeoJSONReader {
    /// The feature of a record that begins at that place in its file; errors tell places in the file.
    static func record(from bytes: [UInt8], line: Int, offset: Int) -> Result<GeoJSONFeature, FormatError> {
        do throws(FormatError) {
            return .success(try feature(from: bytes))
        } catch .json(let error) {
            return .failure(.json(error.inFile(offset: offset, line: line)))
        } catch {
            return .failure(error)
        }
    }
}
