/// A property as its name stands in GeoJSON that was written without white space: `"lang":`.
package struct PropertyName: Hashable, Sendable {
    private let encoded: [UInt8]

    /// - Precondition: JSON writes the name as it is, without any escape.
    package init(_ name: String) {
        precondition(
            name.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C }, "a name that JSON must escape")
        encoded = [0x22] + Array(name.utf8) + [0x22, 0x3A]
    }

    /// Where its value stands among the members of the object at `offset`, and of no object inside that; nil when
    /// there is none. Text within strings is stepped over, so that nothing that people wrote passes for a member.
    func value(in text: UnsafeRawBufferPointer, at offset: Int) -> Range<Int>? {
        let scan = ValueScan(text)
        var place = offset + 1
        while place < text.count, text[place] == ASCII.quote {
            let isOurs = scan.hasBytes(encoded, at: place)
            let start = scan.endOfString(place) + 1
            let end = scan.endOfValue(start)
            if isOurs { return start..<end }
            guard end < text.count, text[end] == ASCII.comma else { return nil }
            place = end + 1
        }
        return nil
    }
}

/// Steps over JSON that was written without white space; at the end of the text it stops, whatever is missing.
private struct ValueScan {
    private let text: UnsafeRawBufferPointer

    init(_ text: UnsafeRawBufferPointer) {
        self.text = text
    }

    func hasBytes(_ bytes: [UInt8], at place: Int) -> Bool {
        guard text.count - place >= bytes.count else { return false }
        for index in bytes.indices where text[place + index] != bytes[index] { return false }
        return true
    }

    /// Behind the string whose opening quote stands at `start`.
    func endOfString(_ start: Int) -> Int {
        var place = start + 1
        while place < text.count {
            switch text[place] {
            case ASCII.quote: return place + 1
            case ASCII.backslash: place += 2
            default: place += 1
            }
        }
        return text.count
    }

    /// Behind the value that begins at `start`.
    func endOfValue(_ start: Int) -> Int {
        guard start < text.count else { return text.count }
        switch text[start] {
        case ASCII.quote: return endOfString(start)
        case ASCII.openBrace, ASCII.openBracket: return endOfContainer(start)
        default:
            var place = start
            while place < text.count, text[place] != ASCII.comma, text[place] != ASCII.closeBrace { place += 1 }
            return place
        }
    }

    /// Brackets of both sorts count alike: the text is well formed, since we wrote it.
    private func endOfContainer(_ start: Int) -> Int {
        var (place, depth) = (start, 0)
        while place < text.count {
            switch text[place] {
            case ASCII.quote:
                place = endOfString(place)
                continue
            case ASCII.openBrace, ASCII.openBracket: depth += 1
            case ASCII.closeBrace, ASCII.closeBracket:
                depth -= 1
                if depth == 0 { return place + 1 }
            default: break
            }
            place += 1
        }
        return text.count
    }
}

private enum ASCII {
    static let quote = UInt8(ascii: "\"")
    static let backslash = UInt8(ascii: "\\")
    static let comma = UInt8(ascii: ",")
    static let openBrace = UInt8(ascii: "{")
    static let closeBrace = UInt8(ascii: "}")
    static let openBracket = UInt8(ascii: "[")
    static let closeBracket = UInt8(ascii: "]")
}
