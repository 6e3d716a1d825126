import Foundation

/// The members of a JSON object as they stand in its text, one after the other and none read.
///
/// For texts that `JSONWriter` has written: without white space, and whole. At what is none it throws or ends.
struct JSONMembers {
    private let text: UnsafeRawBufferPointer
    private var place = 1

    struct Member {
        /// With their quotes.
        let name: UnsafeRawBufferPointer
        let value: UnsafeRawBufferPointer
    }

    init(_ text: UnsafeRawBufferPointer) {
        self.text = text
    }

    /// Nil behind the last one.
    mutating func next() throws(JSONError) -> Member? {
        guard place < text.count, text[place] == ASCII.quote else { return nil }
        let name = place
        place = try endOfString(name)
        guard place < text.count, text[place] == ASCII.colon else { throw unexpectedEnd }
        let value = place + 1
        place = try endOfValue(value)
        let member = Member(name: self[name..<(value - 1)], value: self[value..<place])
        // The comma; behind the last one it is the brace, and no name comes.
        place += 1
        return member
    }

    private subscript(range: Range<Int>) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: text[range])
    }

    private func endOfValue(_ start: Int) throws(JSONError) -> Int {
        guard start < text.count else { throw unexpectedEnd }
        switch text[start] {
        case ASCII.quote: return try endOfString(start)
        case ASCII.openBrace, ASCII.openBracket: return try endOfContainer(start)
        default:
            var place = start
            while place < text.count, text[place] != ASCII.comma, text[place] != ASCII.closeBrace { place += 1 }
            return place
        }
    }

    /// Behind the string whose opening quote stands at `start`.
    private func endOfString(_ start: Int) throws(JSONError) -> Int {
        var quote = start
        repeat {
            guard let found = text.firstQuote(from: quote + 1) else { throw unexpectedEnd }
            quote = found
        } while isEscaped(quote, from: start)
        return quote + 1
    }

    /// Whether an odd number of backslashes stands before the quote.
    private func isEscaped(_ quote: Int, from start: Int) -> Bool {
        var first = quote
        while first - 1 > start, text[first - 1] == ASCII.backslash { first -= 1 }
        return (quote - first) % 2 == 1
    }

    /// Brackets of both sorts count alike: the text is well formed, since we wrote it.
    private func endOfContainer(_ start: Int) throws(JSONError) -> Int {
        var (place, depth) = (start, 0)
        while place < text.count {
            switch text[place] {
            case ASCII.quote: place = try endOfString(place) - 1
            case ASCII.openBrace, ASCII.openBracket: depth += 1
            case ASCII.closeBrace, ASCII.closeBracket: depth -= 1
            default: break
            }
            place += 1
            if depth == 0 { return place }
        }
        throw unexpectedEnd
    }

    private var unexpectedEnd: JSONError { JSONError(.unexpectedEnd, offset: text.count, line: 1) }
}

extension UnsafeRawBufferPointer {
    fileprivate func firstQuote(from start: Int) -> Int? {
        guard start < count, let base = baseAddress else { return nil }
        return memchr(base + start, Int32(ASCII.quote), count - start).map { UnsafeRawPointer($0) - base }
    }

    /// Whether something stands here otherwise than it is meant.
    var hasBackslash: Bool {
        guard let base = baseAddress else { return false }
        return memchr(base, Int32(ASCII.backslash), count) != nil
    }
}
