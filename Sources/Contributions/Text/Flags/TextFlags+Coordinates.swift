extension TextFlags {
    /// Pairs of decimal degrees, and degrees with minutes and seconds.
    static func coordinates(in text: FoldedText) -> [TextFlag] {
        var found: [TextFlag] = []
        var place = 0
        while place < text.numbers.count {
            if let (range, last) = degrees(in: text, from: place) ?? decimalPair(in: text, from: place) {
                found.append(TextFlag(.coordinates, range))
                place = last + 1
            } else {
                place += 1
            }
        }
        return found
    }

    /// `48.8566, 2.3522`: four decimals at the least in one of the two, which no price has; three where a word or a
    /// sign says what they are.
    private static func decimalPair(in text: FoldedText, from first: Int) -> (Range<Int>, last: Int)? {
        let numbers = text.numbers
        guard first + 3 < numbers.count, let left = decimal(in: text, at: first),
            let right = decimal(in: text, at: first + 2)
        else { return nil }
        let between = numbers[first + 1].upperBound..<numbers[first + 2].lowerBound
        guard between.count <= 16, isBetweenDegrees(text, between), left.degrees <= 180, right.degrees <= 180,
            left.degrees <= 90 || right.degrees <= 90
        else { return nil }
        let (fewest, finest) = (min(left.decimals, right.decimals), max(left.decimals, right.decimals))
        let isNamed =
            text.signs[between].contains(FoldedText.degree) || isNamed(text, before: numbers[first].lowerBound)
        guard fewest >= (isNamed ? 2 : 3), finest >= (isNamed ? 2 : 4) else { return nil }
        return (numbers[first].lowerBound..<numbers[first + 3].upperBound, first + 3)
    }

    private static func decimal(in text: FoldedText, at place: Int) -> (degrees: Int, decimals: Int)? {
        let (whole, part) = (text.numbers[place], text.numbers[place + 1])
        guard part.lowerBound == whole.upperBound + 1, text[whole.upperBound].isOne(of: ".,"),
            whole.count <= 3
        else { return nil }
        return (text.value(of: whole), part.count)
    }

    /// Signs, and words that name an axis.
    private static func isBetweenDegrees(_ text: FoldedText, _ range: Range<Int>) -> Bool {
        var place = range.lowerBound
        while place < range.upperBound {
            let end = min(text.endOfWord(at: place), range.upperBound)
            if end > place {
                guard axes.contains(text.text(place..<end)) else { return false }
                place = end
            } else {
                guard text[place] == FoldedText.degree || text[place].isOne(of: " ,;/|:=-+()[]\n") else {
                    return false
                }
                place += 1
            }
        }
        return !range.isEmpty
    }

    private static func isNamed(_ text: FoldedText, before place: Int) -> Bool {
        var end = place
        while end > place - 3, text[end - 1].isOne(of: " :=-+") { end -= 1 }
        return text.word(before: end).map {
            axes.contains(text.text($0)) && $0.count > 1 || ["n", "s"].contains(text.text($0))
        }
            ?? false
    }

    private static let axes: Set<String> = [
        "n", "s", "e", "w", "o", "lat", "lon", "lng", "long", "latitude", "longitude", "nord", "sud", "est", "ouest",
        "et",
        "gps", "coordonnees", "position",
    ]

    /// `48° 51' 24" N`: with minutes, and with the quarter of the sky or a second one beside it.
    private static func degrees(in text: FoldedText, from first: Int) -> (Range<Int>, last: Int)? {
        guard let one = angle(in: text, from: first) else { return nil }
        if one.last + 1 < text.numbers.count, let other = angle(in: text, from: one.last + 1),
            text.numbers[one.last + 1].lowerBound - one.end <= 12
        {
            return (text.numbers[first].lowerBound..<other.end, other.last)
        }
        return one.hasQuarter ? (text.numbers[first].lowerBound..<one.end, one.last) : nil
    }

    private static func angle(in text: FoldedText, from first: Int) -> (end: Int, last: Int, hasQuarter: Bool)? {
        let numbers = text.numbers
        guard first + 1 < numbers.count, numbers[first].count <= 3 else { return nil }
        var last = first
        var end = numbers[first].upperBound
        guard text[text.skipSpaces(end)] == FoldedText.degree || text.has(" deg", at: end) else { return nil }
        // Minutes, their decimals, seconds, their decimals.
        while last < first + 4, last + 1 < numbers.count, isWithinAngle(text, end..<numbers[last + 1].lowerBound) {
            last += 1
            end = numbers[last].upperBound
            if text[text.skipSpaces(end)].isOne(of: "'\"") { end = text.skipSpaces(end) + 1 }
            if text[end] == UInt8(ascii: "'") { end += 1 }
        }
        guard last > first, end > numbers[last].upperBound || last > first + 1 else { return nil }
        let quarter = text.word(after: end).flatMap {
            ["n", "s", "e", "w", "o", "nord", "sud", "est", "ouest"].contains(text.text($0)) ? $0 : nil
        }
        return (quarter?.upperBound ?? end, last, quarter != nil)
    }

    private static func isWithinAngle(_ text: FoldedText, _ gap: Range<Int>) -> Bool {
        gap.count <= 5
            && text.signs[gap].allSatisfy { $0 == FoldedText.degree || $0.isOne(of: " '\".,deg") }
    }
}
