import Contributions
import Testing

@Suite struct PlainTextTests {
    @Test(
        "what shows something else than it is, is found",
        arguments: [
            ("a\u{202E}b", PlainText.Fault.directionOverride), ("a\u{2066}b", .directionOverride),
            ("a\u{2069}", .directionOverride), ("a\u{0}b", .controlCharacter), ("a\u{7F}", .controlCharacter),
            ("a\u{85}", .controlCharacter), ("a\u{1B}[31m", .controlCharacter), ("a\u{2028}b", .controlCharacter),
        ])
    func faults(text: String, fault: PlainText.Fault) {
        #expect(PlainText.fault(in: text) == fault)
        #expect(PlainText.fault(inLine: text) == fault)
    }

    @Test func aTextHasLinesAndATitleHasOne() {
        #expect(PlainText.fault(in: "un\n\tdeux") == nil)
        #expect(PlainText.fault(inLine: "un\ndeux") == .controlCharacter)
        #expect(PlainText.fault(inLine: "un\tdeux") == .controlCharacter)
    }

    @Test(
        "nothing invisible stands in a title",
        arguments: [
            "Ca\u{200B}fé", "Ca\u{200C}fé", "Ca\u{200D}fé", "\u{200D}", "Café\u{200E}", "\u{FEFF}Café", "Ca\u{2060}fé",
            "Ca\u{AD}fé", "Ca\u{61C}fé", "\u{3164}", "Ca\u{34F}fé", "\u{115F}\u{1160}", "Café\u{E0041}", "\u{FE0F}",
            "Ca\u{180E}fé", "👨\u{200D}", "\u{200D}👨",
        ])
    func invisible(title: String) {
        #expect(PlainText.fault(inLine: title) == .invisibleCharacter)
        // In a text it is no matter: people paste from everywhere, and nobody is named by it.
        #expect(PlainText.fault(in: title) == nil)
    }

    @Test(
        "letters, marks and emoji of all sorts are plain",
        arguments: [
            "Le café d’en face", "e\u{301}te\u{301}", "👨‍👩‍👧‍👦", "🏳️‍🌈", "❤️", "👍🏽", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🇫🇷", "مقهى",
            "बैठक", "咖啡馆", "Ça fait 100 % & <b>", "1️⃣",
        ])
    func plain(title: String) { #expect(PlainText.fault(inLine: title) == nil) }
}
