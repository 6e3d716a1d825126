/// Appends JSON text, without whitespace, to bytes.
///
/// What it writes is always valid: a number that is not finite becomes null.
package enum JSONWriter {
    package static func append(_ value: JSONValue, to bytes: inout [UInt8]) {
        switch value {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .boolean(let flag): bytes.append(contentsOf: (flag ? "true" : "false").utf8)
        case .integer(let integer): append(integer: integer, to: &bytes)
        case .number(let number): append(number: number, to: &bytes)
        case .string(let text): append(string: text, to: &bytes)
        case .array(let items): append(items, to: &bytes)
        case .object(let object): append(object, to: &bytes)
        }
    }

    package static func append(_ object: JSONObject, to bytes: inout [UInt8]) {
        var separator = ASCII.openBrace
        for member in object.members {
            bytes.append(separator)
            append(string: member.name, to: &bytes)
            bytes.append(ASCII.colon)
            append(member.value, to: &bytes)
            separator = ASCII.comma
        }
        if object.isEmpty { bytes.append(ASCII.openBrace) }
        bytes.append(ASCII.closeBrace)
    }

    private static func append(_ items: [JSONValue], to bytes: inout [UInt8]) {
        bytes.append(ASCII.openBracket)
        for (index, item) in items.enumerated() {
            if index > 0 { bytes.append(ASCII.comma) }
            append(item, to: &bytes)
        }
        bytes.append(ASCII.closeBracket)
    }

    /// JSON that is known beforehand, without a look at its letters.
    package static func append(literal: StaticString, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
    }

    /// The text of one value.
    package static func text(of value: JSONValue) -> String {
        var bytes: [UInt8] = []
        append(value, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A string in quotes, with the escapes that RFC 8259 demands and no others.
    package static func append(string: String, to bytes: inout [UInt8]) {
        bytes.append(ASCII.quote)
        append(escaping: string, to: &bytes)
        bytes.append(ASCII.quote)
    }

    /// The same without its quotes, for a string that is written in pieces.
    package static func append(escaping string: String, to bytes: inout [UInt8]) {
        var string = string
        string.withUTF8 { utf8 in
            var start = 0
            for index in 0..<utf8.count {
                let byte = utf8[index]
                guard byte < 0x20 || byte == ASCII.quote || byte == ASCII.backslash else { continue }
                bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start..<index]))
                appendEscape(of: byte, to: &bytes)
                start = index + 1
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start...]))
        }
    }

    private static func appendEscape(of byte: UInt8, to bytes: inout [UInt8]) {
        bytes.append(ASCII.backslash)
        switch byte {
        case ASCII.quote, ASCII.backslash: bytes.append(byte)
        case ASCII.lineFeed: bytes.append(UInt8(ascii: "n"))
        case ASCII.carriageReturn: bytes.append(UInt8(ascii: "r"))
        case ASCII.tab: bytes.append(UInt8(ascii: "t"))
        default:
            let digits = Array("0123456789abcdef".utf8)
            bytes.append(contentsOf: "u00".utf8)
            bytes.append(digits[Int(byte >> 4)])
            bytes.append(digits[Int(byte & 15)])
        }
    }
}
