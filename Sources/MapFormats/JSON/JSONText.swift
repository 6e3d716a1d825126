/// A JSON text that is being read, by recursive descent; every access is behind a check of `position`.
struct JSONText {
    let bytes: UnsafeBufferPointer<UInt8>
    let maximumDepth: Int
    var position = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>, maximumDepth: Int) {
        self.bytes = bytes
        self.maximumDepth = maximumDepth
    }

    mutating func document() throws(JSONError) -> JSONValue {
        if bytes.starts(with: ASCII.byteOrderMark) { throw failure(.byteOrderMark) }
        skipWhitespace()
        let value = try value(depth: 0)
        skipWhitespace()
        guard position == bytes.count else { throw failure(.trailingContent) }
        return value
    }

    /// The byte at `position`; nil at the end.
    var current: UInt8? {
        position < bytes.count ? bytes[position] : nil
    }

    mutating func skipWhitespace() {
        while position < bytes.count, ASCII.isWhitespace(bytes[position]) { position += 1 }
    }

    func failure(_ problem: JSONError.Problem) -> JSONError {
        failure(problem, at: position)
    }

    func failure(_ problem: JSONError.Problem, at offset: Int) -> JSONError {
        var line = 1
        for index in 0..<min(offset, bytes.count) where bytes[index] == ASCII.lineFeed { line += 1 }
        return JSONError(problem, offset: offset, line: line)
    }

    /// The failure of finding something else than what the grammar asks for here.
    func unexpected(expected: String) -> JSONError {
        guard let current else { return failure(.unexpectedEnd) }
        return failure(.unexpectedByte(current, expected: expected))
    }

    private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
        guard let current else { throw failure(.unexpectedEnd) }
        switch current {
        case ASCII.openBrace: return .object(try object(depth: depth + 1))
        case ASCII.openBracket: return .array(try array(depth: depth + 1))
        case ASCII.quote: return .string(try string())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        case UInt8(ascii: "t"): return try literal("true", .boolean(true))
        case UInt8(ascii: "f"): return try literal("false", .boolean(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        case UInt8(ascii: "N"), UInt8(ascii: "I"), UInt8(ascii: "i"): throw failure(.notANumber)
        default: throw unexpected(expected: "a value")
        }
    }

    private mutating func literal(_ word: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
        let letters = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
        let rest = UnsafeBufferPointer(rebasing: bytes[position...])
        guard rest.starts(with: letters) else {
            // "nan" begins like "null".
            if rest.count > 1, rest[1] == UInt8(ascii: "a"), letters[0] == UInt8(ascii: "n") {
                throw failure(.notANumber)
            }
            throw letters.starts(with: rest)
                ? failure(.unexpectedEnd, at: bytes.count) : unexpected(expected: "a value")
        }
        position += letters.count
        return value
    }

    private mutating func array(depth: Int) throws(JSONError) -> [JSONValue] {
        try enter(depth: depth)
        var items: [JSONValue] = []
        if take(ASCII.closeBracket) { return items }
        while true {
            skipWhitespace()
            items.append(try value(depth: depth))
            skipWhitespace()
            if take(ASCII.comma) { continue }
            guard take(ASCII.closeBracket) else { throw unexpected(expected: "a comma or a closing bracket") }
            return items
        }
    }

    private mutating func object(depth: Int) throws(JSONError) -> JSONObject {
        try enter(depth: depth)
        var object = JSONObject()
        if take(ASCII.closeBrace) { return object }
        while true {
            skipWhitespace()
            guard current == ASCII.quote else { throw unexpected(expected: "a member's name in quotes") }
            let name = try string()
            skipWhitespace()
            guard take(ASCII.colon) else { throw unexpected(expected: "a colon") }
            skipWhitespace()
            object[name] = try value(depth: depth)
            skipWhitespace()
            if take(ASCII.comma) { continue }
            guard take(ASCII.closeBrace) else { throw unexpected(expected: "a comma or a closing brace") }
            return object
        }
    }

    /// Steps over an opening bracket and the whitespace behind it.
    private mutating func enter(depth: Int) throws(JSONError) {
        guard depth <= maximumDepth else { throw failure(.tooDeep(limit: maximumDepth)) }
        position += 1
        skipWhitespace()
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard current == byte else { return false }
        position += 1
        return true
    }
}
