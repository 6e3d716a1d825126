extension TextFlags {
    /// `someone@somewhere.fr`, with spaces around the sign, or with the sign and the point spelled out.
    static func emails(in text: FoldedText) -> [TextFlag] {
        var found: [TextFlag] = []
        for place in 0..<text.count {
            guard let sign = atSign(in: text, at: place), let start = localPart(in: text, before: sign.lowerBound),
                let end = domain(in: text, after: sign.upperBound)
            else { continue }
            found.append(TextFlag(.email, start..<end))
        }
        return found
    }

    /// The longest that mail allows (RFC 5321, 4.5.3.1).
    private static let longestLocalPart = 64
    private static let longestDomain = 255

    /// `@`, `(at)`, `[at]`, ` arobase ` and the like, with the spaces around them.
    private static func atSign(in text: FoldedText, at place: Int) -> Range<Int>? {
        var end: Int
        switch text[place] {
        case UInt8(ascii: "@"): end = place + 1
        case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"):
            guard let word = text.word(after: place + 1), isAt(text.text(word)) else { return nil }
            end = text.skipSpaces(word.upperBound) + 1
            guard text[end - 1].isOne(of: ")]}") else { return nil }
        case UInt8(ascii: "a"):
            guard text[place - 1] == 0x20, text.has("arobase", at: place) || text.has("arobas ", at: place) else {
                return nil
            }
            end = text.endOfWord(at: place)
        default: return nil
        }
        var start = place
        while start > place - 2, text[start - 1] == 0x20 { start -= 1 }
        end = text.skipSpaces(end)
        return start..<end
    }

    private static func isAt(_ word: String) -> Bool { ["at", "arobase", "arobas", "chez", "a"].contains(word) }

    private static func localPart(in text: FoldedText, before end: Int) -> Int? {
        var start = end
        while start > 0, start > end - longestLocalPart, isLocal(text[start - 1]) { start -= 1 }
        while start < end, !FoldedText.isWordSign(text[start]) { start += 1 }
        return start < end ? start : nil
    }

    private static func isLocal(_ sign: UInt8) -> Bool {
        FoldedText.isWordSign(sign) || sign.isOne(of: "._%+-")
    }

    /// The end of a domain with a point in it, written or spelled out, and letters after the last.
    private static func domain(in text: FoldedText, after start: Int) -> Int? {
        var (place, end) = (start, nil as Int?)
        while place < start + longestDomain {
            var label = place
            while FoldedText.isWordSign(text[label]) || text[label] == UInt8(ascii: "-") { label += 1 }
            guard label > place else { break }
            if place > start, text.signs[place..<label].allSatisfy(FoldedText.isLetter), label - place >= 2 {
                end = label
            }
            guard let next = point(in: text, at: label) else { break }
            place = next
        }
        return end
    }

    private static func point(in text: FoldedText, at place: Int) -> Int? {
        if text[place] == UInt8(ascii: ".") { return FoldedText.isWordSign(text[place + 1]) ? place + 1 : nil }
        var start = text.skipSpaces(place)
        let isBracketed = text[start].isOne(of: "([{")
        if isBracketed { start += 1 } else if start == place { return nil }
        guard let word = text.word(after: start), ["point", "dot"].contains(text.text(word)) else { return nil }
        return text.skipSpaces(isBracketed ? text.skipSpaces(word.upperBound) + 1 : word.upperBound)
    }
}
