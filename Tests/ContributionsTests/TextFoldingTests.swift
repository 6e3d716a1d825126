import TestSupport
import Testing

@testable import Contributions

@Suite("Text folding")
struct TextFoldingTests {
    @Test(
        "case, accents and ligatures do not count",
        arguments: [
            ("Œuvre", "oeuvre"), ("CŒUR", "coeur"), ("Ex æquo", "ex aequo"), ("Ǽ ǿ", "ae o"), ("Straße", "strasse"),
            ("STRAẞE", "strasse"), ("Évry", "evry"), ("ÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸÑ", "aaaceeeeiioouuuyn"), ("Łódź", "lodz"),
            ("Đorđe", "dorde"), ("Þór", "thor"), ("Ærøskøbing", "aeroskobing"), ("e\u{301}te\u{301}", "ete"),
            ("E\u{301}TE\u{301}", "ete"), ("İstanbul ısı", "istanbul isi"), ("Tiếng Việt", "tieng viet"),
            ("ＡＢＣ", "abc"),
            ("plain ASCII, 42!", "plain ascii, 42!"), ("", ""), ("l’été", "l’ete"), ("Ελλάδα", "ελλαδα"),
            ("Tie\u{302}\u{301}ng Vie\u{323}\u{302}t", "tieng viet"), ("ΟΔΌΣ", "οδοσ"), ("İzmir’de ﬁn", "izmir’de fin"),
            ("12 m²", "12 m2"),
            ("Ёлка, Київ", "елка, киів"), ("q\u{307}\u{323}‛\u{30C}", "q‛"), ("がぎ ガ 한글 हिन्दी", "がぎ ガ 한글 हिन्दी"),
        ])
    func folded(text: String, expected: String) {
        #expect(TextFolding.fold(text) == expected)
    }

    @Test(
        "the same letters fold alike, composed or not, in either case",
        arguments: [
            ("é", "e\u{301}"), ("É", "e"), ("ç", "C"), ("œ", "OE"), ("ß", "SS"), ("Å", "A\u{30A}"), ("ǖ", "U"),
        ])
    func alike(one: String, other: String) {
        #expect(TextFolding.fold(one) == TextFolding.fold(other))
        #expect(TextFolding.fold(one + "Σ") == TextFolding.fold(other + "σ"))
    }

    @Test(
        "words are runs of letters and digits",
        arguments: [
            ("L’été, rue de l'Œuvre-Noire !", ["l", "ete", "rue", "de", "l", "oeuvre", "noire"]),
            ("  12 bis / 14ter\n", ["12", "bis", "14ter"]), ("", []), ("… — !?", []), ("e\u{301}tage", ["etage"]),
            ("東京 2024", ["東京", "2024"]),
        ])
    func words(text: String, expected: [String]) {
        #expect(TextFolding.words(in: text) == expected)
    }

    @Test("folding what is folded changes nothing", arguments: 0..<4 as Range<UInt64>)
    func idempotent(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let blocks: [ClosedRange<UInt32>] = [
            0x20...0x7E, 0xA0...0x24F, 0x300...0x36F, 0x370...0x52F, 0x1E00...0x1EFF, 0x2000...0x206F,
        ]
        for _ in 0..<500 {
            let text = String(
                String.UnicodeScalarView(
                    (0..<12).compactMap { _ in
                        Unicode.Scalar(
                            UInt32.random(in: blocks[Int.random(in: 0..<blocks.count, using: &random)], using: &random))
                    }))
            let folded = TextFolding.fold(text)
            #expect(TextFolding.fold(folded) == folded, "seed \(seed): \(text.unicodeScalars.map(\.value))")
        }
    }

    @Test("what is looked up is what decomposition gives, for each letter and for letters side by side")
    func theTableAgreesWithDecomposition() {
        let scalars = FoldingTable.ranges.joined().compactMap(Unicode.Scalar.init)
        let table = FoldingTable(TextFolding.foldByDecomposition)
        for scalar in scalars {
            #expect(table.fold(String(scalar)) == TextFolding.foldByDecomposition(String(scalar)), "\(scalar.value)")
        }
        var generator = SeededGenerator(seed: 7)
        for number in 0..<3_000 {
            let text = String(
                String.UnicodeScalarView((0..<12).compactMap { _ in scalars.randomElement(using: &generator) }))
            #expect(
                table.fold(text)?.utf8.elementsEqual(TextFolding.foldByDecomposition(text).utf8) == true, "\(number)")
        }
        #expect(table.fold("e\u{301}") == nil && table.fold("Ελλάδα") == nil)
    }
}
