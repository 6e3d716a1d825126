import Contributions
import Testing

@Suite struct ConsentTextTests {
    @Test func aProofNamesTheWordsByTheirLanguageAndTheirHash() {
        let versions = Language.allCases.map { ConsentText.text(in: $0).version }
        #expect(Set(versions).count == Language.allCases.count)
        for (language, version) in zip(Language.allCases, versions) {
            #expect(version.hasPrefix("\(language.rawValue)-") && version.count == 11)
        }
    }

    @Test func anotherWordIsAnotherVersion() {
        let text = ConsentText.text(in: .french)
        for purpose in ConsentPurpose.allCases {
            var sentences = text.sentences
            sentences[purpose, default: ""] += "."
            #expect(ConsentText(language: .french, sentences: sentences).version != text.version, "\(purpose)")
        }
        #expect(ConsentText(language: .french, sentences: text.sentences).version == text.version)
    }

    @Test func everyPurposeHasItsSentenceInEveryLanguage() {
        for language in Language.allCases {
            let purposes = [ConsentText.text(in: language), .parents(in: language)].flatMap(\.sentences.keys)
            #expect(purposes.count == ConsentPurpose.allCases.count && Set(purposes) == Set(ConsentPurpose.allCases))
        }
    }
}
