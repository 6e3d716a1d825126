import Foundation
import GRDB

/// `one_spelling(text)`: the text in Unicode's composed form (NFC), so that é equals é however it was typed.
enum SpellingFunction {
    static let oneSpelling = DatabaseFunction("one_spelling", argumentCount: 1, pure: true) { values in
        String.fromDatabaseValue(values[0]).map(spell)
    }

    static func spell(_ text: String) -> String { text.precomposedStringWithCanonicalMapping }
}
