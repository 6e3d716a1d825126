/// Text inside XML 1.0, where five letters have a meaning and most control characters have no place.
package enum XMLText {
    /// Appends text for between tags or quotes.
    package static func append(_ text: String, to bytes: inout [UInt8]) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": bytes += Array("&amp;".utf8)
            case "<": bytes += Array("&lt;".utf8)
            case ">": bytes += Array("&gt;".utf8)
            case "\"": bytes += Array("&quot;".utf8)
            // Inside an attribute a plain one would become a space.
            case "\r": bytes += Array("&#13;".utf8)
            case "\t", "\n": bytes.append(UInt8(scalar.value))
            case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": bytes += Array("\u{FFFD}".utf8)
            default: bytes += Array(String(scalar).utf8)
            }
        }
    }

    /// Appends an element with nothing but text in it.
    package static func append(_ name: String, _ text: String, to bytes: inout [UInt8]) {
        bytes += Array("<\(name)>".utf8)
        append(text, to: &bytes)
        bytes += Array("</\(name)>".utf8)
    }
}
