/// The words that people agree to. Changing one of them changes the version, so that a proof always says which
/// words were agreed to.
package struct ConsentText: Sendable {
    package let language: Language
    package let sentences: [ConsentPurpose: String]
    /// The version of the rules of the game that were shown beside them; nil for none.
    package let rules: String?

    package init(language: Language, sentences: [ConsentPurpose: String], rules: String? = nil) {
        self.language = language
        self.sentences = sentences
        self.rules = rules
    }

    /// The same words, shown beside rules of a version.
    package func beside(rules: String?) -> ConsentText {
        ConsentText(language: language, sentences: sentences, rules: rules)
    }

    /// What parts the version of the words from that of the rules.
    package static let besideRules = "+rules-"

    /// The language and a hash of the words, such as `fr-3f9a2c71`, and the version of the rules beside them, such as
    /// `fr-3f9a2c71+rules-fr-5b2e9c01`.
    package var version: String { wordsVersion + (rules.map { Self.besideRules + $0 } ?? "") }

    private var wordsVersion: String {
        let words = ConsentPurpose.allCases.compactMap { sentences[$0] }.joined(separator: "\n")
        let digits = Digest(of: words).bytes.prefix(4).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        return "\(language.rawValue)-\(digits.joined())"
    }

    package static func text(in language: Language) -> ConsentText {
        switch language {
        case .french:
            ConsentText(
                language: .french,
                sentences: [
                    .publish: "Ce que je donne sera montré à tout le monde, avec le lieu comme je l’ai choisi. "
                        + "Je peux le retirer quand je veux.",
                    .partners: "Les partenaires du lieu peuvent le montrer sur leur site.",
                    .licence: "Chacun peut le reprendre sous cette licence ouverte. Cela ne se reprend pas.",
                ])
        case .english:
            ConsentText(
                language: .english,
                sentences: [
                    .publish: "What I give will be shown to everybody, with the place as I chose it. "
                        + "I can withdraw it whenever I want.",
                    .partners: "Partners of the venue may show it on their sites.",
                    .licence: "Anybody may reuse it under this open licence. That cannot be taken back.",
                ])
        }
    }
}

extension ConsentText {
    /// What a parent agrees to, in words that they read before.
    package static func parents(in language: Language) -> ConsentText {
        switch language {
        case .french:
            ConsentText(
                language: .french,
                sentences: [
                    .parent:
                        "J’ai l’autorité parentale sur cet enfant. J’accepte que ceci soit montré à tout le monde. "
                        + "Je peux le retirer quand je veux."
                ])
        case .english:
            ConsentText(
                language: .english,
                sentences: [
                    .parent: "I am a parent or guardian of this child. I agree that this is shown to everybody. "
                        + "I can withdraw it whenever I want."
                ])
        }
    }
}

/// The languages of the interface.
package enum Language: String, CaseIterable, Sendable {
    case french = "fr"
    case english = "en"
}
