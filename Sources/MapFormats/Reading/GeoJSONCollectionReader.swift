/// Reads the features of one GeoJSON document in constant memory.
///
/// The "features" of a FeatureCollection are handed out one by one, whatever stands before and behind
/// them; other members are only passed over. A document that is a lone Feature is one record. Nesting
/// deeper than 64 levels and brackets that do not match end the reading, since nobody knows where the
/// next feature would begin.
package struct GeoJSONCollectionReader {
    private var cursor: TextCursor
    private let largestRecord: Int
    private var state = State.start
    private var ordinal = 0
    private var hasFeatures = false
    private var type: String?
    private var documentLine = 1
    private var documentOffset = 0

    private enum State {
        case start
        /// Behind the brace that opens the document.
        case firstMember
        /// Behind a member of the document.
        case behindMember
        /// Behind the bracket that opens "features".
        case firstFeature
        case behindFeature
        case end
    }

    /// Names and types longer than this are none that GeoJSON defines.
    private static let longestName = 1024

    package init(_ source: ByteSource, largestRecord: Int = RecordFormat.largestRecord) {
        cursor = TextCursor(source)
        self.largestRecord = largestRecord
    }

    package var bytesRead: Int { cursor.bytesRead }

    /// The next record; nil behind the last.
    ///
    /// - Throws: `FormatError.file` or `.json` when the file cannot be read on: it is cut off, is not
    ///   UTF-8, has no "features", has something behind its end or is no JSON between its features.
    package mutating func next() throws(FormatError) -> SourceRecord<GeoJSONFeature>? {
        while true {
            switch state {
            case .start: try openDocument()
            case .firstMember, .behindMember:
                if let lone = try member() { return lone }
            case .firstFeature, .behindFeature:
                if let record = try feature() { return record }
            case .end: return nil
            }
        }
    }

    private mutating func openDocument() throws(FormatError) {
        try cursor.skipWhitespace()
        guard let byte = try cursor.peek() else { throw .file(.empty) }
        guard byte == ASCII.openBrace else {
            throw unexpected(byte, expected: "the brace that opens a FeatureCollection")
        }
        (documentLine, documentOffset) = (cursor.line, cursor.offset)
        cursor.document.start(limit: largestRecord)
        cursor.consumeByte()
        state = .firstMember
    }

    /// Reads one member of the document, or its end, which makes a lone Feature a record.
    private mutating func member() throws(FormatError) -> SourceRecord<GeoJSONFeature>? {
        var byte = try significantByte()
        if byte == ASCII.closeBrace { return try closeDocument() }
        if state == .behindMember {
            guard byte == ASCII.comma else { throw unexpected(byte, expected: "a comma or a closing brace") }
            cursor.consumeByte()
            byte = try significantByte()
        }
        guard byte == ASCII.quote else { throw unexpected(byte, expected: "a member's name in quotes") }
        let name = try shortText()
        let colon = try significantByte()
        guard colon == ASCII.colon else { throw unexpected(colon, expected: "a colon") }
        cursor.consumeByte()
        let first = try significantByte()
        switch name {
        case "features": try openFeatures(first)
        case "type" where first == ASCII.quote:
            type = try shortText()
            state = .behindMember
        default:
            try passValue()
            state = .behindMember
        }
        return nil
    }

    private mutating func openFeatures(_ byte: UInt8) throws(FormatError) {
        guard !hasFeatures else { throw .file(.featuresTwice(line: cursor.line)) }
        guard byte == ASCII.openBracket else { throw .file(.featuresNotAnArray(line: cursor.line)) }
        try checkType()
        hasFeatures = true
        cursor.document.discard()
        cursor.consumeByte()
        state = .firstFeature
    }

    private func checkType() throws(FormatError) {
        if let type, type != "FeatureCollection" { throw .file(.notACollection) }
    }

    /// Reads one feature, or the end of "features".
    private mutating func feature() throws(FormatError) -> SourceRecord<GeoJSONFeature>? {
        var byte = try significantByte()
        if byte == ASCII.closeBracket {
            cursor.consumeByte()
            state = .behindMember
            return nil
        }
        if state == .behindFeature {
            guard byte == ASCII.comma else { throw unexpected(byte, expected: "a comma or a closing bracket") }
            cursor.consumeByte()
            byte = try significantByte()
        }
        state = .behindFeature
        ordinal += 1
        let (line, offset) = (cursor.line, cursor.offset)
        cursor.value.start(limit: largestRecord)
        try passValue()
        cursor.value.stop()
        return record(cursor.value, line: line, offset: offset)
    }

    private func record(_ recording: TextCursor.Recording, line: Int, offset: Int) -> SourceRecord<GeoJSONFeature> {
        let content: Result<GeoJSONFeature, FormatError> =
            recording.isTooLarge
            ? .failure(.file(.recordTooLarge(limit: largestRecord)))
            : GeoJSONReader.record(from: recording.bytes, line: line, offset: offset)
        return SourceRecord(line: line, ordinal: ordinal, content: content)
    }

    private mutating func closeDocument() throws(FormatError) -> SourceRecord<GeoJSONFeature>? {
        cursor.consumeByte()
        cursor.document.stop()
        try cursor.skipWhitespace()
        guard try cursor.peek() == nil else { throw .file(.trailingContent(line: cursor.line)) }
        state = .end
        if hasFeatures {
            try checkType()
            return nil
        }
        guard type == "Feature" else { throw documentIsNoCollection() }
        ordinal = 1
        return record(cursor.document, line: documentLine, offset: documentOffset)
    }

    private func documentIsNoCollection() -> FormatError {
        guard let type, GeometryReading.types.contains(type) else { return .file(.noFeatures) }
        return .member(pointer: "", .geometryForFeature(type: type))
    }
}

extension GeoJSONCollectionReader {
    /// The first byte behind whitespace.
    private mutating func significantByte() throws(FormatError) -> UInt8 {
        try cursor.skipWhitespace()
        guard let byte = try cursor.peek() else { throw .file(.truncated(line: documentLine)) }
        return byte
    }

    private func unexpected(_ byte: UInt8, expected: String) -> FormatError {
        .json(JSONError(.unexpectedByte(byte, expected: expected), offset: cursor.offset, line: cursor.line))
    }

    /// The string at the place; nil when it is too long to be one that GeoJSON defines.
    private mutating func shortText() throws(FormatError) -> String? {
        let (line, offset) = (cursor.line, cursor.offset)
        cursor.value.start(limit: GeoJSONCollectionReader.longestName)
        try passValue()
        cursor.value.stop()
        if cursor.value.isTooLarge { return nil }
        do throws(JSONError) {
            return try JSONParser.parse(cursor.value.bytes).text
        } catch {
            throw .json(error.inFile(offset: offset, line: line))
        }
    }

    /// Passes over the value at the place.
    private mutating func passValue() throws(FormatError) {
        let start = cursor.offset
        let line = cursor.line
        var scanner = JSONValueScanner()
        while !scanner.isFinished {
            guard try cursor.fill() else { throw .file(.truncated(line: line)) }
            let end = try scan(with: &scanner)
            cursor.consume(upTo: end)
        }
        guard cursor.offset > start else {
            throw unexpected(try cursor.peek() ?? 0, expected: "a value")
        }
    }

    private func scan(with scanner: inout JSONValueScanner) throws(FormatError) -> Int {
        let position = cursor.position
        let result = cursor.piece.withUnsafeBufferPointer { bytes in
            Result { () throws(JSONValueScanner.Failure) in try scanner.scan(bytes, from: position) }
        }
        switch result {
        case .success(let end): return end
        case .failure(.mismatch(let index)):
            throw failure(
                .unexpectedByte(
                    cursor.piece[index], expected: "the other closing bracket (one before it is not closed)"), at: index
            )
        case .failure(.tooDeep(let index)):
            throw failure(.tooDeep(limit: JSONValueScanner.deepest), at: index)
        }
    }

    private func failure(_ problem: JSONError.Problem, at index: Int) -> FormatError {
        let lines = cursor.piece[cursor.position..<index].count { $0 == ASCII.lineFeed }
        return .json(
            JSONError(problem, offset: cursor.offset + index - cursor.position, line: cursor.line + lines))
    }
}
