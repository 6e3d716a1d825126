import Mustache

/// Escapes what people wrote for HTML text and attributes, byte by byte.
///
/// The template library's own way compares Characters, so that `<` followed by a combining mark, which is
/// another Character, would pass as it is and open an element.
struct MarkupEscaping: MustacheContentType {
    /// The name under which templates ask for it.
    static let name = "LIEUDIT"

    /// The line with which each template, partials too, begins.
    static let pragma = "{{% CONTENT_TYPE: \(name)}}"

    func escapeText(_ text: String) -> String {
        // All five are of ASCII, which stand for themselves in UTF-8 and nowhere within another scalar.
        var escaped: [UInt8] = []
        escaped.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "<"): escaped += "&lt;".utf8
            case UInt8(ascii: ">"): escaped += "&gt;".utf8
            case UInt8(ascii: "&"): escaped += "&amp;".utf8
            case UInt8(ascii: "\""): escaped += "&quot;".utf8
            case UInt8(ascii: "'"): escaped += "&#39;".utf8
            default: escaped.append(byte)
            }
        }
        return String(decoding: escaped, as: UTF8.self)
    }
}
