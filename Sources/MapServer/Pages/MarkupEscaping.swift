import Mustache

/// Escapes what people wrote for HTML text and attributes, scalar by scalar.
///
/// The template library's own way compares Characters, so that `<` followed by a combining mark, which is
/// another Character, would pass as it is and open an element.
struct MarkupEscaping: MustacheContentType {
    /// The name under which templates ask for it.
    static let name = "LIEUDIT"

    /// The line with which each template, partials too, begins.
    static let pragma = "{{% CONTENT_TYPE: \(name)}}"

    func escapeText(_ text: String) -> String {
        var escaped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "<": escaped.append(contentsOf: "&lt;".unicodeScalars)
            case ">": escaped.append(contentsOf: "&gt;".unicodeScalars)
            case "&": escaped.append(contentsOf: "&amp;".unicodeScalars)
            case "\"": escaped.append(contentsOf: "&quot;".unicodeScalars)
            case "'": escaped.append(contentsOf: "&#39;".unicodeScalars)
            default: escaped.append(scalar)
            }
        }
        return String(escaped)
    }
}
