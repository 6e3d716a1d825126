/// Characters that a text for everybody to read must not hold, because they show something else than they are.
package enum PlainText {
    package enum Fault: Equatable, Sendable {
        case controlCharacter
        /// Overrides and isolates of writing direction, with which a text can show its letters in another order.
        case directionOverride
        case invisibleCharacter
    }

    /// What is wrong with a text of several lines; nil for nothing.
    package static func fault(in text: String) -> Fault? {
        for scalar in text.unicodeScalars {
            if isControl(scalar), !["\n", "\t"].contains(scalar) { return .controlCharacter }
            if isDirectionOverride(scalar) { return .directionOverride }
        }
        return nil
    }

    /// What is wrong with a text of one line, as titles and labels are; nil for nothing.
    package static func fault(inLine line: String) -> Fault? {
        if let fault = fault(in: line) { return fault }
        if line.unicodeScalars.contains(where: isControl) { return .controlCharacter }
        return hasInvisible(line) ? .invisibleCharacter : nil
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .control || [0x2028, 0x2029].contains(scalar.value)
    }

    private static func isDirectionOverride(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    /// What no font shows (Unicode's Default_Ignorable_Code_Point) may stand only where it belongs to what shows:
    /// between two emoji, in the tags of a flag, or to choose the form of the character before.
    private static func hasInvisible(_ line: String) -> Bool {
        line.contains { character in
            let scalars = Array(character.unicodeScalars)
            return scalars.indices.contains { place in
                guard scalars[place].properties.isDefaultIgnorableCodePoint else { return false }
                return switch scalars[place].value {
                case 0x200D: place == 0 || place == scalars.count - 1 || !scalars[place + 1].properties.isEmoji
                case 0xE0000...0xE007F: !scalars[0].properties.isEmoji
                case 0xFE00...0xFE0F: place == 0
                default: true
                }
            }
        }
    }
}
