import Foundation

/// What stands within a line of Markdown: emphasis, code, links, places to fill in, and breaks.
///
/// It goes through the text once. What is opened is noted with its place among the pieces, and written only when it is
/// closed; what nobody closes stays the sign that it was. No look ahead goes over a sign twice.
struct MarkdownInline {
    /// How a place to fill in begins; it ends with a bracket.
    static let gap = "[?"

    private let text: [UInt8]
    private var place = 0
    private var pieces: [String] = []
    /// Where text begins that is not among the pieces yet.
    private var unwritten = 0
    private var brackets: [Bracket] = []
    private var emphases: [Emphasis: Int] = [:]
    private var isCodePossible = true

    /// A bracket that waits for its end.
    private struct Bracket {
        let piece: Int
        let isGap: Bool
    }

    private enum Emphasis: String, CaseIterable {
        case strong
        case em
    }

    init(_ text: [UInt8]) { self.text = text }

    /// - Parameter address: what a link leads to.
    func html(address: (String) -> String) -> String {
        var reader = self
        while reader.place < text.count { reader.step(address) }
        reader.write(upTo: text.count)
        return reader.pieces.joined()
    }

    static func escaped(_ text: ArraySlice<UInt8>) -> String {
        MarkupEscaping().escapeText(String(decoding: text.filter { $0 >= 0x20 || $0 == 0x0A }, as: UTF8.self))
    }

    private mutating func step(_ address: (String) -> String) {
        switch text[place] {
        case UInt8(ascii: "\\"): escape()
        case UInt8(ascii: "`"): code()
        case UInt8(ascii: "*"), UInt8(ascii: "_"): emphasis()
        case UInt8(ascii: "["): open()
        case UInt8(ascii: "]"): close(address)
        case UInt8(ascii: "<"): bareLink(address)
        case 0x0A: lineEnd()
        default: place += 1
        }
    }

    // Writing

    /// Puts the text until `end` among the pieces.
    private mutating func write(upTo end: Int) {
        if unwritten < end { pieces.append(Self.escaped(text[unwritten..<end])) }
        unwritten = end
    }

    /// Puts a piece of its own in the place of the next `length` signs; answers which it is.
    @discardableResult
    private mutating func write(_ piece: String, over length: Int) -> Int {
        write(upTo: place)
        pieces.append(piece)
        place += length
        unwritten = place
        return pieces.count - 1
    }

    private func sign(_ place: Int) -> UInt8 { text.indices.contains(place) ? text[place] : 0x20 }

    private func isSpace(_ place: Int) -> Bool { sign(place) == 0x20 || sign(place) == 0x0A }

    private func isWordSign(_ place: Int) -> Bool {
        switch sign(place) {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...0xFF: true
        default: false
        }
    }

    // Signs

    private mutating func escape() {
        let next = sign(place + 1)
        if next == 0x0A {
            _ = write("<br>\n", over: 2)
            return
        }
        guard 0x21...0x7E ~= next, !isWordSign(place + 1) else {
            place += 1
            return
        }
        write(Self.escaped([next]), over: 2)
    }

    /// Two spaces before the end of a line break it, as they do elsewhere.
    private mutating func lineEnd() {
        guard place >= 2, sign(place - 1) == 0x20, sign(place - 2) == 0x20 else {
            place += 1
            return
        }
        write("<br>\n", over: 1)
    }

    private mutating func code() {
        guard isCodePossible, let end = text[(place + 1)...].firstIndex(of: UInt8(ascii: "`")) else {
            isCodePossible = false
            place += 1
            return
        }
        write("<code>\(Self.escaped(text[(place + 1)..<end]))</code>", over: end + 1 - place)
    }

    private mutating func emphasis() {
        let isStrong = sign(place + 1) == text[place]
        let (kind, length) = isStrong ? (Emphasis.strong, 2) : (.em, 1)
        let isUnderline = text[place] == UInt8(ascii: "_")
        let mayClose = !isSpace(place - 1) && !(isUnderline && isWordSign(place + length))
        let mayOpen = !isSpace(place + length) && !(isUnderline && isWordSign(place - 1))
        if mayClose, let start = emphases[kind] {
            pieces[start] = "<\(kind.rawValue)>"
            forget(after: start)
            write("</\(kind.rawValue)>", over: length)
        } else if mayOpen, emphases[kind] == nil {
            emphases[kind] = write(isUnderline ? (isStrong ? "__" : "_") : (isStrong ? "**" : "*"), over: length)
        } else {
            place += length
        }
    }

    /// What was opened within something that is closed now stays the sign that it was.
    private mutating func forget(after piece: Int) {
        emphases = emphases.filter { $0.value < piece }
        while let last = brackets.last, last.piece >= piece { brackets.removeLast() }
    }

    // Links

    private mutating func open() {
        let isGap = sign(place + 1) == UInt8(ascii: "?")
        let piece = write(isGap ? Self.gap : "[", over: isGap ? 2 : 1)
        brackets.append(Bracket(piece: piece, isGap: isGap))
    }

    private mutating func close(_ address: (String) -> String) {
        guard let bracket = brackets.popLast() else {
            place += 1
            return
        }
        if bracket.isGap {
            pieces[bracket.piece] = "<mark>"
            forget(after: bracket.piece)
            _ = write("</mark>", over: 1)
            return
        }
        guard sign(place + 1) == UInt8(ascii: "("), let end = endOfAddress(from: place + 2, at: UInt8(ascii: ")")),
            let tag = tag(for: text[(place + 2)..<end], address)
        else {
            place += 1
            return
        }
        pieces[bracket.piece] = tag
        forget(after: bracket.piece)
        // A link holds no other.
        brackets.removeAll()
        write("</a>", over: end + 1 - place)
    }

    /// `<https://example.org>`, `<someone@example.org>`.
    private mutating func bareLink(_ address: (String) -> String) {
        guard let end = endOfAddress(from: place + 1, at: UInt8(ascii: ">")) else {
            place += 1
            return
        }
        let words = text[(place + 1)..<end]
        let isMail = words.contains(UInt8(ascii: "@")) && !words.contains(UInt8(ascii: ":"))
        let target = isMail ? Array("mailto:".utf8)[...] + words : words
        guard isMail || words.starts(with: Array("http".utf8)), let tag = tag(for: target, address) else {
            place += 1
            return
        }
        write("\(tag)\(Self.escaped(words))</a>", over: end + 1 - place)
    }

    /// Where an address ends; nil where it does not before a sign that none holds. Brackets end each look, so that
    /// the next begins where this one has stopped.
    private func endOfAddress(from start: Int, at closing: UInt8) -> Int? {
        var end = start
        while end < text.count, !Self.noAddressHolds.contains(text[end]), text[end] > 0x20, text[end] != 0x7F {
            end += 1
        }
        return end < text.count && end > start && text[end] == closing ? end : nil
    }

    private static let noAddressHolds = Set(#"()[]<>"\`"#.utf8)

    private func tag(for bytes: ArraySlice<UInt8>, _ address: (String) -> String) -> String? {
        guard let target = MarkdownAddress(String(decoding: bytes, as: UTF8.self)) else { return nil }
        let text = target.isElsewhere ? target.text : address(target.text)
        let relation = target.isElsewhere ? #" rel="external noreferrer noopener""# : ""
        return #"<a href="\#(MarkupEscaping().escapeText(text))"\#(relation)>"#
    }
}

/// Where a link of a text may lead: to the web, to a mailbox, or to somewhere on this site.
struct MarkdownAddress {
    let text: String
    /// Whether it leaves this site.
    let isElsewhere: Bool

    private static let longest = 2_000

    /// Nil for anything that runs, or that a browser might take for something else.
    init?(_ text: String) {
        guard !text.isEmpty, text.utf8.count <= Self.longest else { return nil }
        let small = text.lowercased()
        if let scheme = ["https://", "http://", "mailto:"].first(where: small.hasPrefix) {
            guard small.utf8.count > scheme.utf8.count else { return nil }
            isElsewhere = scheme != "mailto:"
        } else {
            // A colon before the first slash ends the name of a scheme; two slashes begin with a host.
            let first = small.utf8.prefix { !"/?#".utf8.contains($0) }
            guard !first.contains(UInt8(ascii: ":")), !small.hasPrefix("//") else { return nil }
            isElsewhere = false
        }
        self.text = text
    }
}
