extension TextFlags {
    /// French numbers of ten digits however they are parted, numbers with their country, older ones of eight digits
    /// beside a word that names a telephone, and those that are spelled out.
    static func phones(in text: FoldedText) -> [TextFlag] {
        var found: [TextFlag] = []
        var place = 0
        while place < text.numbers.count {
            let run = PhoneRun(text, from: place)
            if let range = run.phone(in: text) { found.append(TextFlag(.phone, range)) }
            place += run.phone(in: text) == nil ? 1 : run.groups.count
        }
        return found + spelledPhones(in: text)
    }

    /// « zéro six, douze, trente-quatre… »: zero and three more numbers at the least.
    private static func spelledPhones(in text: FoldedText) -> [TextFlag] {
        var found: [TextFlag] = []
        var place = 0
        while place < text.count {
            guard text.has("zero", at: place), !FoldedText.isWordSign(text[place - 1]) else {
                place += 1
                continue
            }
            let (end, words) = spelledNumbers(in: text, from: place)
            if words >= 5 { found.append(TextFlag(.phone, place..<end)) }
            place = max(end, place + 1)
        }
        return found
    }

    private static func spelledNumbers(in text: FoldedText, from start: Int) -> (end: Int, words: Int) {
        var (end, place, words) = (start, start, 0)
        while words < 40 {
            let wordEnd = text.endOfWord(at: place)
            guard wordEnd > place, NumberWords.all.contains(text.text(place..<wordEnd)) else { break }
            (end, words) = (wordEnd, words + 1)
            place = wordEnd
            while place < wordEnd + 3, [0x20, 0x2C, 0x2D, 0x2E].contains(text[place]) { place += 1 }
        }
        return (end, words)
    }
}

/// Runs of digits with no more between them than people put between the digits of one number.
private struct PhoneRun {
    /// Never empty.
    var groups: [Range<Int>]
    private var hasPlus = false

    private static let longest = 15

    init(_ text: FoldedText, from first: Int) {
        groups = [text.numbers[first]]
        hasPlus = text[groups[0].lowerBound - 1] == UInt8(ascii: "+")
        var next = first + 1
        while next < text.numbers.count, digits < Self.longest,
            Self.isGap(text, groups[groups.count - 1].upperBound..<text.numbers[next].lowerBound)
        {
            groups.append(text.numbers[next])
            next += 1
        }
    }

    private var digits: Int { groups.reduce(0) { $0 + $1.count } }

    private static func isGap(_ text: FoldedText, _ gap: Range<Int>) -> Bool {
        gap.count <= 3 && text.signs[gap].allSatisfy { $0.isOne(of: " .-/()_") }
    }

    func phone(in text: FoldedText) -> Range<Int>? {
        let start = groups[0].lowerBound
        guard !FoldedText.isLetter(text[start - 1]) else { return nil }
        if hasPlus || text.has("00", at: start) { return international(in: text) }
        for count in 1...groups.count where isNational(groups.prefix(count), text) {
            let end = groups[count - 1].upperBound
            guard !isPartOfMore(text, end), !isOtherNumber(text, before: start) else { return nil }
            return start..<end
        }
        return labelled(in: text)
    }

    /// +33 or 0033 and nine digits, with (0) or without; other countries with what they have.
    private func international(in text: FoldedText) -> Range<Int>? {
        let isFrench = text.has("33", at: groups[0].lowerBound) || text.has("0033", at: groups[0].lowerBound)
        let needed = isFrench ? 11...14 : hasPlus ? 9...15 : 11...15
        guard needed.contains(digits) else { return nil }
        // Without the plus it must look like one at first sight.
        if !hasPlus, !isFrench, groups.count == 1 { return nil }
        let start = groups[0].lowerBound - (hasPlus ? 1 : 0)
        return start..<groups[groups.count - 1].upperBound
    }

    private func isNational(_ groups: ArraySlice<Range<Int>>, _ text: FoldedText) -> Bool {
        guard groups.reduce(0, { $0 + $1.count }) == 10, text[groups[0].lowerBound] == UInt8(ascii: "0"),
            let first = groups.first
        else { return false }
        let second = first.count > 1 ? text[first.lowerBound + 1] : text[groups[1].lowerBound]
        guard second != UInt8(ascii: "0") else { return false }
        let sizes = groups.map(\.count)
        return sizes.allSatisfy { $0 == 1 } || sizes.first == 10
            || Self.shapes.contains(sizes) || sizes.dropFirst().allSatisfy { $0 == 2 } && sizes[0] == 2
    }

    /// How people part ten digits, beside five pairs.
    private static let shapes: Set<[Int]> = [
        [4, 2, 2, 2], [2, 4, 4], [2, 2, 3, 3], [2, 3, 3, 2], [4, 3, 3], [2, 8], [4, 6], [1, 3, 3, 3], [3, 3, 4],
        [1, 3, 2, 2, 2], [2, 2, 2, 4], [3, 3, 2, 2], [1, 9], [2, 3, 2, 3], [6, 4], [5, 5],
    ]

    private func isPartOfMore(_ text: FoldedText, _ end: Int) -> Bool {
        let next = text[end]
        guard FoldedText.isLetter(next) || FoldedText.isDigit(next) else {
            return [UInt8(ascii: "-"), UInt8(ascii: ".")].contains(next) && FoldedText.isDigit(text[end + 1])
        }
        return true
    }

    /// Numbers of books and of accounts say what they are.
    private func isOtherNumber(_ text: FoldedText, before start: Int) -> Bool {
        var place = start
        for _ in 0..<2 {
            while place > start - 12, place > 0, !FoldedText.isLetter(text[place - 1]) { place -= 1 }
            guard let word = text.word(before: place) else { return false }
            if ["isbn", "issn", "ean", "siret", "siren", "iban", "cote"].contains(text.text(word)) { return true }
            place = word.lowerBound
        }
        return false
    }

    /// Eight digits in pairs, as before 1996, or any run of six and more after a word that names a telephone.
    private func labelled(in text: FoldedText) -> Range<Int>? {
        let start = groups[0].lowerBound
        guard (8...12).contains(digits) else { return nil }
        var place = start
        while place > start - 4, [0x20, 0x2E, 0x3A, 0x7F].contains(text[place - 1]) { place -= 1 }
        guard let word = text.word(before: place), Self.labels.contains(text.text(word)) else { return nil }
        return start..<groups[groups.count - 1].upperBound
    }

    private static let labels: Set<String> = [
        "tel", "telephone", "portable", "mobile", "fax", "whatsapp", "sms", "tph", "appeler", "appelez", "appelle",
        "joindre", "signal",
    ]
}

/// Numbers as words, without accents.
enum NumberWords {
    static let all: Set<String> = Set(units + tens + ["zero", "et", "un", "cent"])
    static let units = [
        "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize", "quatorze",
        "quinze", "seize",
    ]
    static let tens = ["vingt", "vingts", "trente", "quarante", "cinquante", "soixante"]
}
