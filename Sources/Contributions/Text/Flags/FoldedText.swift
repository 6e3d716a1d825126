/// A text with one plain sign in the place of each code point: small letters without accents, one kind of space, of
/// dash and of quotation mark. Places in it are places in the text.
struct FoldedText {
    let signs: [UInt8]
    /// Whether each was a capital letter.
    let isCapital: [Bool]
    /// Runs of digits.
    let numbers: [Range<Int>]

    init(_ text: String) {
        var signs: [UInt8] = []
        var capitals: [Bool] = []
        signs.reserveCapacity(text.utf8.count)
        capitals.reserveCapacity(text.utf8.count)
        var numbers: [Range<Int>] = []
        for scalar in text.unicodeScalars {
            let sign = Self.sign(of: scalar.value)
            if Self.isDigit(sign) {
                if let last = numbers.last, last.upperBound == signs.count {
                    numbers[numbers.count - 1] = last.lowerBound..<signs.count + 1
                } else {
                    numbers.append(signs.count..<signs.count + 1)
                }
            }
            signs.append(sign)
            capitals.append(Self.isCapital(scalar.value))
        }
        self.signs = signs
        isCapital = capitals
        self.numbers = numbers
    }

    var count: Int { signs.count }

    /// The sign at a place; 0 beyond the ends.
    subscript(place: Int) -> UInt8 { signs.indices.contains(place) ? signs[place] : 0 }

    func text(_ range: Range<Int>) -> String { String(decoding: signs[range.clamped(to: 0..<count)], as: UTF8.self) }

    static func isDigit(_ sign: UInt8) -> Bool { 0x30...0x39 ~= sign }
    static func isLetter(_ sign: UInt8) -> Bool { 0x61...0x7A ~= sign }
    static func isWordSign(_ sign: UInt8) -> Bool { isDigit(sign) || isLetter(sign) }

    private static func isCapital(_ value: UInt32) -> Bool {
        0x41...0x5A ~= value || (0xC0...0xDE ~= value && value != 0xD7) || value == 0x152
    }

    private static func sign(of value: UInt32) -> UInt8 {
        switch value {
        case 0x41...0x5A: UInt8(value) + 0x20
        case 0x0A: UInt8(ascii: "\n")
        case 0x09, 0xA0, 0x2000...0x200A, 0x202F, 0x3000: UInt8(ascii: " ")
        case 0x20...0x7E: UInt8(value)
        case 0x2010...0x2015, 0x2212: UInt8(ascii: "-")
        case 0x2018, 0x2019, 0x2032, 0xB4: UInt8(ascii: "'")
        case 0x201C, 0x201D, 0x2033: UInt8(ascii: "\"")
        // The signs of degrees and of ordinals look alike, and people mix them up.
        case 0xB0, 0xBA, 0x2DA: degree
        case 0xC0...0xC5, 0xE0...0xE5: UInt8(ascii: "a")
        case 0xC7, 0xE7: UInt8(ascii: "c")
        case 0xC8...0xCB, 0xE8...0xEB: UInt8(ascii: "e")
        case 0xCC...0xCF, 0xEC...0xEF: UInt8(ascii: "i")
        case 0xD1, 0xF1: UInt8(ascii: "n")
        case 0xD2...0xD6, 0xF2...0xF6, 0x152, 0x153: UInt8(ascii: "o")
        case 0xD9...0xDC, 0xF9...0xFC: UInt8(ascii: "u")
        case 0xFF10...0xFF19: UInt8(value - 0xFF10) + 0x30
        default: 0
        }
    }

    /// Stands for °.
    static let degree: UInt8 = 0x7F
}

/// Steps through the text.
extension FoldedText {
    /// The end of a run of letters that begins at `place`.
    func endOfWord(at place: Int) -> Int {
        var end = place
        while Self.isLetter(self[end]) { end += 1 }
        return end
    }

    /// The end of a run of spaces, of `most` at most.
    func skipSpaces(_ place: Int, most: Int = 2) -> Int {
        var end = place
        while end < place + most, self[end] == UInt8(ascii: " ") { end += 1 }
        return end
    }

    /// The word that begins at `place` after spaces; nil for none.
    func word(after place: Int) -> Range<Int>? {
        let start = skipSpaces(place)
        let end = endOfWord(at: start)
        return end > start ? start..<end : nil
    }

    /// The word that ends at `place` before spaces; nil for none.
    func word(before place: Int) -> Range<Int>? {
        var end = place
        while end > place - 2, self[end - 1] == UInt8(ascii: " ") { end -= 1 }
        var start = end
        while Self.isLetter(self[start - 1]) { start -= 1 }
        return end > start ? start..<end : nil
    }

    /// Whether `text` stands at `place`, in small letters without accents.
    func has(_ text: StaticString, at place: Int) -> Bool {
        text.withUTF8Buffer { bytes in
            guard place >= 0, place + bytes.count <= count else { return false }
            return bytes.indices.allSatisfy { bytes[$0] == signs[place + $0] }
        }
    }

    func value(of number: Range<Int>) -> Int {
        number.count > 9 ? .max : signs[number].reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
}

extension UInt8 {
    /// Whether it is one of these signs, all of ASCII.
    func isOne(of signs: StaticString) -> Bool {
        signs.withUTF8Buffer { $0.contains(self) }
    }
}
