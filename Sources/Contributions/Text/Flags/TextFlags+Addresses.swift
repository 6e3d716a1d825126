extension TextFlags {
    /// A number with its street, before or after it, and a postcode with its town.
    static func addresses(in text: FoldedText) -> [TextFlag] {
        let numbered = text.numbers.compactMap { number in
            (house(in: text, at: number) ?? houseAfterStreet(in: text, at: number) ?? town(in: text, at: number))
                .map { TextFlag(.address, $0) }
        }
        return numbered + spelledHouses(in: text)
    }

    /// `12 bis, rue de la Roquette`, `au 12 de la rue Keller`.
    private static func house(in text: FoldedText, at number: Range<Int>) -> Range<Int>? {
        guard number.count <= 4, !FoldedText.isWordSign(text[number.lowerBound - 1]),
            !isYear(text, number), !isCounted(text, before: number.lowerBound)
        else { return nil }
        let (place, hasComma) = afterHouseNumber(in: text, number.upperBound)
        guard let street = Street(in: text, at: place) ?? Street(in: text, at: afterOf(in: text, place)),
            !hasComma || !isDate(text, before: number.lowerBound), street.isNamed(in: text)
        else { return nil }
        return number.lowerBound..<street.end(in: text)
    }

    /// The place after `bis`, a letter, another number and a comma.
    private static func afterHouseNumber(in text: FoldedText, _ end: Int) -> (place: Int, hasComma: Bool) {
        var place = end
        // `12-14`, `12/14`.
        if text[place].isOne(of: "-/"), FoldedText.isDigit(text[place + 1]) {
            place += 1
            while FoldedText.isDigit(text[place]) { place += 1 }
        }
        if let word = text.word(after: place), suffixes.contains(text.text(word)) { place = word.upperBound }
        place = text.skipSpaces(place)
        let hasComma = text[place].isOne(of: ",;\n")
        if hasComma { place = text.skipSpaces(place + 1) }
        return (place, hasComma)
    }

    private static let suffixes: Set<String> = ["bis", "ter", "quater", "b", "t", "a", "c", "e", "f"]

    /// After `de la`, `du`, `d'`.
    private static func afterOf(in text: FoldedText, _ place: Int) -> Int {
        for of in ["de la ", "de l'", "du ", "de "] as [StaticString] where text.has(of, at: place) {
            return place + of.utf8CodeUnitCount
        }
        return place
    }

    /// In 1968, rue Gay-Lussac is no house.
    private static func isYear(_ text: FoldedText, _ number: Range<Int>) -> Bool {
        number.count == 4 && (1600...2099).contains(text.value(of: number))
    }

    /// « le bus 76 », « la ligne 9 », « chapitre 3 »: a number that counts something else.
    private static func isCounted(_ text: FoldedText, before place: Int) -> Bool {
        guard let word = text.word(before: place) else {
            // `14,50 rue…`, `18h30 rue…`, `12/03 rue…`.
            return text[place - 1].isOne(of: ".,:/") && FoldedText.isDigit(text[place - 2])
        }
        return counted.contains(text.text(word))
    }

    private static let counted: Set<String> = [
        "bus", "ligne", "lignes", "tram", "tramway", "metro", "noctilien", "chapitre", "page", "tome", "acte", "scene",
        "photo", "etape", "jour", "episode", "salle", "h", "arrondissement",
    ]

    /// « En 68, rue Gay-Lussac », « le 3 mai 68, rue… ».
    private static func isDate(_ text: FoldedText, before place: Int) -> Bool {
        text.word(before: place).map { dated.contains(text.text($0)) } ?? false || text[place - 1] == UInt8(ascii: "'")
    }

    private static let dated: Set<String> = [
        "en", "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre",
        "novembre",
        "decembre", "ete", "hiver", "automne", "printemps", "annees", "depuis", "des", "noel",
    ]

    /// `rue de la Roquette, 12`, `rue Keller au 12`, `rue Keller n° 12`.
    private static func houseAfterStreet(in text: FoldedText, at number: Range<Int>) -> Range<Int>? {
        guard number.count <= 3, !FoldedText.isWordSign(text[number.lowerBound - 1]),
            let (end, needsEnd) = leadToNumber(in: text, before: number.lowerBound),
            isAtEnd(text, number.upperBound, strictly: needsEnd)
        else { return nil }
        // Back to the street, over seven words at the most and no full stop.
        var place = end
        for _ in 0..<7 {
            while place > 0, text[place - 1].isOne(of: " '-") { place -= 1 }
            var start = place
            while start > end - 60, FoldedText.isWordSign(text[start - 1]) { start -= 1 }
            guard start < place else { return nil }
            if let street = Street(in: text, at: start), street.isNamed(in: text), !hasNumberBefore(text, start) {
                return start..<number.upperBound
            }
            place = start
        }
        return nil
    }

    /// Where the street ends, before `, `, ` au `, ` n° `; and whether nothing may come after the number.
    private static func leadToNumber(in text: FoldedText, before place: Int) -> (end: Int, needsEnd: Bool)? {
        var start = place
        while start > place - 2, text[start - 1] == 0x20 { start -= 1 }
        if text[start - 1] == UInt8(ascii: ",") { return (start - 1, true) }
        if text[start - 1] == FoldedText.degree, text[start - 2] == UInt8(ascii: "n") {
            return (beforeComma(text, start - 2), false)
        }
        guard let word = text.word(before: place) else { return nil }
        switch text.text(word) {
        case "au", "numero", "num", "no": return (beforeComma(text, word.lowerBound), text.text(word) == "au")
        default: return nil
        }
    }

    private static func beforeComma(_ text: FoldedText, _ place: Int) -> Int {
        var end = place
        while end > place - 4, text[end - 1].isOne(of: " ,") { end -= 1 }
        if let word = text.word(before: end), ["au", "le"].contains(text.text(word)) { end = word.lowerBound }
        while end > place - 8, text[end - 1].isOne(of: " ,") { end -= 1 }
        return end
    }

    /// No unit, month or other word that the number would count.
    private static func isAtEnd(_ text: FoldedText, _ end: Int, strictly: Bool) -> Bool {
        let next = text[end]
        if FoldedText.isWordSign(next) || next.isOne(of: "/:%") { return false }
        if next.isOne(of: ".,"), FoldedText.isDigit(text[end + 1]) { return false }
        guard strictly, let word = text.word(after: end) else { return true }
        return [
            "a", "bis", "ter", "au", "chez", "et", "ou", "dans", "pres", "avec", "pour", "il", "on", "elle", "je",
            "nous",
        ]
        .contains(text.text(word))
    }

    private static func hasNumberBefore(_ text: FoldedText, _ place: Int) -> Bool {
        var end = place
        while end > place - 3, text[end - 1].isOne(of: " ,") { end -= 1 }
        return FoldedText.isDigit(text[end - 1])
    }

    /// « au douze rue de la Roquette », but for « une rue ».
    private static func spelledHouses(in text: FoldedText) -> [TextFlag] {
        var found: [TextFlag] = []
        var place = 0
        while place < text.count {
            let end = text.endOfWord(at: place)
            guard end > place else {
                place += 1
                continue
            }
            defer { place = end }
            // The first letters of the numbers; most words need no closer look.
            guard end - place >= 3, text[place].isOne(of: "cdhnoqstv"), let street = streetAfterWord(in: text, at: end),
                isNumberWord(text.text(place..<end)), street.isNamed(in: text, strictly: true)
            else { continue }
            found.append(TextFlag(.address, place..<street.end(in: text)))
        }
        return found
    }

    private static func streetAfterWord(in text: FoldedText, at end: Int) -> Street? {
        guard text[end].isOne(of: " ,") else { return nil }
        let (place, _) = afterHouseNumber(in: text, end)
        return Street(in: text, at: place) ?? Street(in: text, at: afterOf(in: text, place))
    }

    private static func isNumberWord(_ word: String) -> Bool {
        word != "un" && word != "et" && word != "cent" && NumberWords.all.contains(word)
    }

    /// `75011 Paris`, `F-75011 PARIS`, `Paris 75011`.
    private static func town(in text: FoldedText, at number: Range<Int>) -> Range<Int>? {
        guard number.count == 5, (1_000...98_899).contains(text.value(of: number)),
            text.value(of: number) / 1_000 != 96,
            !FoldedText.isDigit(text[number.lowerBound - 1]), !text[number.lowerBound - 1].isOne(of: "+$#"),
            !FoldedText.isWordSign(text[number.upperBound])
        else { return nil }
        return townAfter(in: text, number) ?? townBefore(in: text, number)
    }

    private static func townAfter(in text: FoldedText, _ number: Range<Int>) -> Range<Int>? {
        var place = text.skipSpaces(number.upperBound)
        if text[place].isOne(of: ",-\n") { place = text.skipSpaces(place + 1) }
        guard place > number.upperBound else { return nil }
        var end = text.endOfWord(at: place)
        guard end - place >= 2 else { return nil }
        let name = text.text(place..<end)
        guard towns.contains(name) || text.isCapital[place] && !people.contains(name) else { return nil }
        while text[end].isOne(of: "-'"), FoldedText.isLetter(text[end + 1]) { end = text.endOfWord(at: end + 1) }
        return number.lowerBound..<end
    }

    private static func townBefore(in text: FoldedText, _ number: Range<Int>) -> Range<Int>? {
        var end = number.lowerBound
        while end > number.lowerBound - 3, text[end - 1].isOne(of: " ,(") { end -= 1 }
        guard end < number.lowerBound, let word = text.word(before: end), towns.contains(text.text(word)) else {
            return nil
        }
        return word.lowerBound..<number.upperBound
    }

    /// Towns that people write in small letters: of the venue's neighbourhood, and the largest.
    private static let towns: Set<String> = [
        "paris", "lyon", "marseille", "toulouse", "nice", "nantes", "montpellier", "strasbourg", "bordeaux", "lille",
        "rennes", "reims", "toulon", "grenoble", "dijon", "angers", "nimes", "montreuil", "bagnolet", "pantin", "lilas",
        "vincennes", "ivry", "aubervilliers", "romainville", "charenton", "bobigny", "clichy", "brest", "rouen", "caen",
        "nancy", "metz", "tours", "limoges", "amiens", "perpignan", "orleans", "saint",
    ]

    /// Capital words after a number of five digits that it counts.
    private static let people: Set<String> = [
        "parisiens", "parisiennes", "francais", "francaises", "lieues", "lyonnais", "francs", "euros", "personnes",
        "allemands", "italiens", "espagnols", "algeriens", "portugais", "juifs", "communards", "europeens",
        "europeennes",
        "americains", "anglais", "polonais", "supporters", "marseillais", "bretons", "kabyles", "et", "le", "la", "les",
        "on", "il", "elle", "nous", "un", "une", "ouvriers", "soldats", "f",
    ]
}

/// A word that names a kind of street, and where it stands.
struct Street {
    private let kind: Range<Int>
    /// Whether the word means other things as often: « 12 cours », « 2 places ».
    private let isAmbiguous: Bool

    /// Nil when no such word stands there.
    init?(in text: FoldedText, at place: Int) {
        let end = text.endOfWord(at: place)
        guard end > place, end - place <= 10, !FoldedText.isWordSign(text[place - 1]) else { return nil }
        let word = text.text(place..<end)
        if Self.plain.contains(word) {
            isAmbiguous = false
        } else if Self.ambiguous.contains(word) {
            isAmbiguous = true
        } else {
            return nil
        }
        kind = place..<(text[end] == UInt8(ascii: ".") ? end + 1 : end)
    }

    private static let plain: Set<String> = [
        "rue", "boulevard", "bd", "bld", "blvd", "boul", "bvd", "avenue", "av", "ave", "impasse", "imp", "allee",
        "chemin",
        "faubourg", "fbg", "fg", "sentier", "ruelle", "venelle", "esplanade", "rond", "lotissement", "residence", "r",
        "rte",
        "che", "chem", "all", "pl", "sq", "crs", "pass", "psg",
    ]
    private static let ambiguous: Set<String> = [
        "place", "cours", "passage", "square", "villa", "cite", "quai", "route", "galerie", "hameau", "parc", "cour",
        "promenade", "mail", "montee", "pont", "port", "porte", "traverse", "sente",
    ]

    /// Whether a name follows: any word after the plain kinds, one with a capital after the others.
    func isNamed(in text: FoldedText, strictly: Bool = false) -> Bool {
        guard let name = name(in: text) else { return false }
        if text.isCapital[name.word.lowerBound] { return true }
        if kind.count <= 2, !name.hasArticle { return false }
        return !isAmbiguous && (name.hasArticle || !strictly) && !Self.notNames.contains(text.text(name.word))
    }

    /// What comes after a street that is spoken of and not named.
    private static let notNames: Set<String> = [
        "et", "ou", "est", "etait", "vide", "pietonne", "barree", "deserte", "qui", "que", "ou", "sont", "par", "plus",
    ]

    private func name(in text: FoldedText) -> (word: Range<Int>, hasArticle: Bool)? {
        var place = text.skipSpaces(kind.upperBound)
        guard place > kind.upperBound || text[kind.upperBound - 1] == UInt8(ascii: ".") else { return nil }
        var hasArticle = false
        for _ in 0..<3 {
            let end = text.endOfWord(at: place)
            guard Self.articles.contains(text.text(place..<end)), text[end].isOne(of: " '") else { break }
            hasArticle = true
            place = text.skipSpaces(end + 1)
        }
        let end = text.endOfWord(at: place)
        if end > place { return (place..<end, hasArticle) }
        // « rue du 8 Mai 1945 », « place du 11 Novembre ».
        guard FoldedText.isDigit(text[place]), let month = text.word(after: text.endOfNumber(at: place)) else {
            return nil
        }
        return (month, true)
    }

    private static let articles: Set<String> = ["de", "la", "le", "les", "du", "des", "d", "l", "aux", "au", "a"]

    /// The end of the name, for people to see: words with capitals and what is between them.
    func end(in text: FoldedText) -> Int {
        guard let name = name(in: text) else { return kind.upperBound }
        var end = name.word.upperBound
        for _ in 0..<5 {
            let gap = end
            guard text[gap].isOne(of: " -'") else { break }
            let next = text.endOfWord(at: gap + 1)
            guard next > gap + 1, text[gap].isOne(of: "-'") || text.isCapital[gap + 1] else { break }
            end = next
        }
        return end
    }
}

extension FoldedText {
    fileprivate func endOfNumber(at place: Int) -> Int {
        var end = place
        while Self.isDigit(self[end]) { end += 1 }
        return end
    }
}
