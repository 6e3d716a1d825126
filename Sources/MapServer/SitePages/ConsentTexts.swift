import Contributions
import Curation

/// The words that people agree to here, together with the rules of the game that stand beside them.
struct ConsentTexts: Sendable {
    let pages: SitePages

    /// What is shown now in a language.
    func now(in language: Language) -> ConsentText { accompanied(.text(in: language)) }

    /// What a parent is shown.
    func parents(in language: Language) -> ConsentText { accompanied(.parents(in: language)) }

    private func accompanied(_ text: ConsentText) -> ConsentText {
        text.beside(rules: pages.text(of: .rules, in: text.language)?.version)
    }

    /// What somebody was shown when they agreed: what they name, else what is shown now.
    /// - Throws: `SubmissionError.faults` for words that are not shown any more, and whose text was not kept.
    func shown(_ version: String?, in language: Language) throws(SubmissionError) -> ConsentText {
        guard let version else { return now(in: language) }
        for language in Language.allCases {
            let text = ConsentText.text(in: language)
            if text.version == version { return text }
            guard version.hasPrefix("\(text.version)\(ConsentText.besideRules)") else { continue }
            let rules = String(version.dropFirst(text.version.count + ConsentText.besideRules.count))
            if pages.text(of: .rules, version: rules) != nil { return text.beside(rules: rules) }
        }
        throw .faults([SubmissionFault("/properties/consents/version", .changedRules)])
    }

    /// The words of a proof, and the version of the rules beside them; nil for words that are not known any more.
    func words(of proof: ConsentProof) -> (sentence: String?, rules: String?) {
        let parts = proof.textVersion.split(separator: ConsentText.besideRules, maxSplits: 1).map(String.init)
        let sentence = Language.allCases.flatMap { [ConsentText.text(in: $0), .parents(in: $0)] }
            .first { $0.version == parts.first }
            .flatMap { text in ConsentPurpose(rawValue: proof.purpose).flatMap { text.sentences[$0] } }
        return (sentence, parts.count > 1 ? parts[1] : nil)
    }
}
