package import Contributions

/// What a text holds that leads to a person or to a door, as curators see it.
package struct FlaggedText: Equatable, Sendable {
    package let field: TextField
    package let flag: TextFlag
    package let words: String

    /// In the order of title, text and author.
    package static func all(in content: Contribution) -> [FlaggedText] {
        TextField.allCases.flatMap { field in
            let text = field.text(of: content)
            return TextFlags.find(in: text).map { flag in
                FlaggedText(field: field, flag: flag, words: flag.words(of: text))
            }
        }
    }
}
