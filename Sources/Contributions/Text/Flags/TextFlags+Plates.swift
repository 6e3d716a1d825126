extension TextFlags {
    /// French number plates: `AB-123-CD` since 2009, `1234 AB 75` before.
    static func plates(in text: FoldedText) -> [TextFlag] {
        text.numbers.compactMap { number in
            (newPlate(in: text, around: number) ?? oldPlate(in: text, from: number)).map { TextFlag(.plate, $0) }
        }
    }

    private static func newPlate(in text: FoldedText, around number: Range<Int>) -> Range<Int>? {
        guard number.count == 3 else { return nil }
        let (left, right) = (gap(in: text, before: number.lowerBound), gap(in: text, after: number.upperBound))
        let (start, end) = (left - 2, right + 2)
        guard start >= 0, end <= text.count, (start..<left).allSatisfy({ FoldedText.isLetter(text[$0]) }),
            (right..<end).allSatisfy({ FoldedText.isLetter(text[$0]) }), !FoldedText.isWordSign(text[start - 1]),
            !FoldedText.isWordSign(text[end])
        else { return nil }
        // Small letters are words in most places; between dashes they are not.
        let isDashed = text[left] == UInt8(ascii: "-") && text[right - 1] == UInt8(ascii: "-")
        return isDashed || areCapitals(text, start..<left) && areCapitals(text, right..<end) ? start..<end : nil
    }

    private static func oldPlate(in text: FoldedText, from number: Range<Int>) -> Range<Int>? {
        let letters = gap(in: text, after: number.upperBound)
        let lettersEnd = text.endOfWord(at: letters)
        let department = gap(in: text, after: lettersEnd)
        guard number.count <= 4, (2...3).contains(lettersEnd - letters), areCapitals(text, letters..<lettersEnd),
            let end = departmentEnd(in: text, at: department), !FoldedText.isWordSign(text[number.lowerBound - 1]),
            !units.contains(text.text(letters..<lettersEnd))
        else { return nil }
        return number.lowerBound..<end
    }

    /// Two digits from 01 to 95, 2A, 2B, or 971 and its like.
    private static func departmentEnd(in text: FoldedText, at start: Int) -> Int? {
        var end = start
        while FoldedText.isWordSign(text[end]), end < start + 4 { end += 1 }
        switch text.text(start..<end) {
        case "2a", "2b", "971", "972", "973", "974", "976": return end
        case let digits where digits.utf8.count == 2:
            return Int(digits).map { (1...95).contains($0) } == true ? end : nil
        default: return nil
        }
    }

    private static func gap(in text: FoldedText, before place: Int) -> Int {
        isGap(text[place - 1]) ? place - 1 : place
    }
    private static func gap(in text: FoldedText, after place: Int) -> Int { isGap(text[place]) ? place + 1 : place }
    private static func isGap(_ sign: UInt8) -> Bool { sign.isOne(of: " -.") }

    private static func areCapitals(_ text: FoldedText, _ range: Range<Int>) -> Bool {
        range.allSatisfy { text.isCapital[$0] }
    }

    /// Capital letters after a number that are a unit, a car or a channel.
    private static let units: Set<String> = [
        "cv", "km", "ff", "mm", "cm", "kg", "hp", "fm", "am", "pm", "rue", "bis", "ter", "mai", "mo", "go", "eur",
        "frf",
        "uhf", "vhf", "et", "ou", "de", "du", "la", "le", "les", "bd", "av", "ans",
    ]
}
