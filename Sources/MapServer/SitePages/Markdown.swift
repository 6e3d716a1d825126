/// A small Markdown as HTML that is safe whatever the text holds: headings, paragraphs, lists of one level, links,
/// emphasis, code and line breaks. All else stays the text that it is, and no HTML passes.
///
/// Its cost grows with the length of the text and with nothing else.
struct Markdown {
    /// The heading with which the text begins, without its marks; nil when it begins otherwise.
    let title: String?
    private let blocks: [Block]
    private let holdsGaps: Bool

    private enum Block {
        case heading(level: Int, text: [UInt8])
        case paragraph([UInt8])
        case list(isNumbered: Bool, items: [[UInt8]])
        case code([UInt8])
    }

    init(_ text: String) {
        var reader = BlockReader(text)
        var blocks = reader.read()
        if case .heading(1, let words)? = blocks.first {
            title = String(decoding: words, as: UTF8.self)
            blocks.removeFirst()
        } else {
            title = nil
        }
        self.blocks = blocks
        holdsGaps = text.contains(MarkdownInline.gap)
    }

    /// Whether something is left to be filled in, as `[? the name of the venue]`.
    var isUnfinished: Bool { holdsGaps }

    /// - Parameter address: what a link of the text leads to, for who reads it here.
    func html(address: (String) -> String = { $0 }) -> String {
        var html = ""
        // The page has its only h1 from the title, and a heading is never more than one level below the last.
        var deepest = 1
        for block in blocks {
            switch block {
            case .heading(let level, let text):
                deepest = min(max(level, 2), deepest + 1, 6)
                html += "<h\(deepest)>\(inline(text, address))</h\(deepest)>\n"
            case .paragraph(let text): html += "<p>\(inline(text, address))</p>\n"
            case .list(let isNumbered, let items):
                let name = isNumbered ? "ol" : "ul"
                html += "<\(name)>\n" + items.map { "<li>\(inline($0, address))</li>\n" }.joined() + "</\(name)>\n"
            case .code(let text): html += "<pre><code>\(MarkdownInline.escaped(text[...]))</code></pre>\n"
            }
        }
        return html
    }

    private func inline(_ text: [UInt8], _ address: (String) -> String) -> String {
        MarkdownInline(text).html(address: address)
    }

    /// Puts lines together to blocks, which empty lines part.
    private struct BlockReader {
        private let lines: [ArraySlice<UInt8>]
        private var blocks: [Block] = []
        private var paragraph: [UInt8] = []
        private var isNumbered = false
        private var items: [[UInt8]] = []

        init(_ text: String) {
            // A mark at the beginning, as some editors set it, is no text; nor is half of a line's end.
            let bytes = Array(text.utf8.drop { [0xEF, 0xBB, 0xBF].contains($0) }).filter { $0 != 0x0D }
            lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        }

        mutating func read() -> [Block] {
            var place = 0
            while place < lines.count {
                place = take(at: place)
            }
            close()
            return blocks
        }

        /// Takes the line there in, or all lines of a block of code; answers where the next begins.
        private mutating func take(at place: Int) -> Int {
            let line = MarkdownLine(lines[place])
            switch line.kind {
            case .empty: close()
            case .fence: return takeCode(from: place + 1)
            case .heading(let level, let text):
                close()
                blocks.append(.heading(level: level, text: text))
            case .item(let isNumbered, let text):
                if !paragraph.isEmpty || isNumbered != self.isNumbered { close() }
                self.isNumbered = isNumbered
                items.append(text)
            case .words(let text): append(text)
            }
            return place + 1
        }

        /// A line goes on where the one before has ended.
        private mutating func append(_ text: [UInt8]) {
            guard let last = items.indices.last else {
                paragraph += (paragraph.isEmpty ? [] : [0x0A]) + text
                return
            }
            items[last] += [0x0A] + text
        }

        private mutating func takeCode(from start: Int) -> Int {
            close()
            var end = start
            while end < lines.count, MarkdownLine(lines[end]).kind != .fence { end += 1 }
            blocks.append(.code(Array(lines[start..<end].joined(separator: [0x0A]))))
            return end + 1
        }

        private mutating func close() {
            if !paragraph.isEmpty { blocks.append(.paragraph(paragraph)) }
            if !items.isEmpty { blocks.append(.list(isNumbered: isNumbered, items: items)) }
            paragraph = []
            items = []
        }
    }
}

/// What one line of Markdown is.
struct MarkdownLine {
    enum Kind: Equatable {
        case empty
        case fence
        case heading(Int, [UInt8])
        case item(isNumbered: Bool, [UInt8])
        case words([UInt8])
    }

    let kind: Kind

    init(_ line: ArraySlice<UInt8>) {
        let text = line.drop { $0 == 0x20 || $0 == 0x09 }
        if text.isEmpty {
            kind = .empty
        } else if text.starts(with: Array("```".utf8)) {
            kind = .fence
        } else if let heading = Self.heading(text) {
            kind = heading
        } else if let item = Self.item(text) {
            kind = item
        } else {
            kind = .words(Array(text))
        }
    }

    private static func heading(_ text: ArraySlice<UInt8>) -> Kind? {
        let level = text.prefix { $0 == UInt8(ascii: "#") }.count
        guard (1...6).contains(level), text.dropFirst(level).first == 0x20 else { return nil }
        let end = text.lastIndex { $0 != UInt8(ascii: "#") && $0 != 0x20 } ?? text.startIndex
        let words = text[..<(end + 1)].dropFirst(level).drop { $0 == 0x20 }
        return words.isEmpty ? nil : .heading(level, Array(words))
    }

    private static func item(_ text: ArraySlice<UInt8>) -> Kind? {
        if let first = text.first, Array("-*+".utf8).contains(first), text.dropFirst().first == 0x20 {
            return .item(isNumbered: false, trimmed(text.dropFirst(2)))
        }
        let digits = text.prefix { 0x30...0x39 ~= $0 }.count
        let rest = text.dropFirst(digits)
        guard (1...4).contains(digits), rest.starts(with: Array(". ".utf8)) else { return nil }
        return .item(isNumbered: true, trimmed(rest.dropFirst(2)))
    }

    private static func trimmed(_ text: ArraySlice<UInt8>) -> [UInt8] { Array(text.drop { $0 == 0x20 }) }
}
