extension TextFlags {
    /// Open Location Codes, whole (`8FW4V9V2+X6`) or short of what a town says (`V9V2+X6`).
    ///
    /// Source: Open Location Code, https://github.com/google/open-location-code, specification.
    static func plusCodes(in text: FoldedText) -> [TextFlag] {
        (0..<text.count).compactMap { place in
            guard text[place] == UInt8(ascii: "+") else { return nil }
            var (start, end) = (place, place + 1)
            while start > place - 9, isCodeSign(text[start - 1]) { start -= 1 }
            while end < place + 9, isCodeSign(text[end]) { end += 1 }
            let before = place - start
            guard [4, 6, 8].contains(before), (2...7).contains(end - place - 1),
                !FoldedText.isWordSign(text[start - 1]), !FoldedText.isWordSign(text[end]),
                // A sum has digits only.
                (start..<end).contains(where: { FoldedText.isLetter(text[$0]) }),
                (start..<place).contains(where: { FoldedText.isDigit(text[$0]) }) || before == 8
            else { return nil }
            return TextFlag(.plusCode, start..<end)
        }
    }

    private static func isCodeSign(_ sign: UInt8) -> Bool { sign.isOne(of: "23456789cfghjmpqrvwx") }
}
