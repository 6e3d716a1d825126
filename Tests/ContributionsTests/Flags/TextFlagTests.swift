import Contributions
import Foundation
import TestSupport
import Testing

/// LP14: what is found in texts that hold an address or the like, and in texts that only look so.
@Suite struct TextFlagTests {
    private struct Snippet {
        let expected: Set<TextFlag.Kind>
        let text: String
    }

    /// Lines of kinds, a tab and a text; `-` for none.
    private static func corpus() throws -> [Snippet] {
        let file = try #require(Bundle.module.url(forResource: "flagged-texts", withExtension: "txt"))
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map { line in
            let parts = line.split(separator: "\t", maxSplits: 1)
            let kinds =
                parts[0] == "-" ? [] : parts[0].split(separator: " ").map { TextFlag.Kind(rawValue: String($0)) }
            return Snippet(expected: Set(try kinds.map { try #require($0, "\(line)") }), text: String(parts[1]))
        }
    }

    private struct Figures {
        /// Of each kind: how often it was there, and how often it was found there.
        var expected: [TextFlag.Kind: Int] = [:]
        var found: [TextFlag.Kind: Int] = [:]
        /// Texts without anything in which something was found.
        var falseAlarms: [String] = []
        var missed: [String] = []
        var withoutAnything = 0
        /// Kinds that were found beside those that were there.
        var others = 0

        var recall: Double {
            let total = expected.values.reduce(0, +)
            return total == 0 ? 0 : Double(found.values.reduce(0, +)) / Double(total)
        }
        var falseAlarmRate: Double { Double(falseAlarms.count) / Double(max(withoutAnything, 1)) }
    }

    private static func figures(_ find: (String) -> [TextFlag]) throws -> Figures {
        var figures = Figures()
        for snippet in try corpus() {
            let kinds = Set(find(snippet.text).map(\.kind))
            for kind in snippet.expected {
                figures.expected[kind, default: 0] += 1
                if kinds.contains(kind) {
                    figures.found[kind, default: 0] += 1
                } else {
                    figures.missed.append("\(kind): \(snippet.text)")
                }
            }
            figures.others += snippet.expected.isEmpty ? 0 : kinds.subtracting(snippet.expected).count
            if snippet.expected.isEmpty {
                figures.withoutAnything += 1
                if !kinds.isEmpty { figures.falseAlarms.append("\(kinds): \(snippet.text)") }
            }
        }
        return figures
    }

    @Test func whatIsThereIsFoundAndWhatIsNotIsNot() throws {
        let corpus = try Self.corpus()
        #expect(corpus.count >= 500)
        #expect(Set(corpus.map(\.text)).count == corpus.count, "each of them once")
        let figures = try Self.figures(TextFlags.find)
        for kind in TextFlag.Kind.allCases {
            print("  \(kind.rawValue): \(figures.found[kind] ?? 0) of \(figures.expected[kind] ?? 0) found")
        }
        print(
            """
            LP14: \(corpus.count) texts, recall \(figures.recall), false alarms \(figures.falseAlarmRate) \
            of \(figures.withoutAnything) without anything; \(figures.others) kinds found beside those that were there
            """)
        #expect(figures.recall >= 0.95, "\(figures.missed)")
        #expect(figures.falseAlarmRate <= 0.10, "\(figures.falseAlarms)")
        for kind in TextFlag.Kind.allCases {
            let (found, expected) = (figures.found[kind] ?? 0, figures.expected[kind] ?? 0)
            #expect(expected >= 10 && Double(found) >= 0.9 * Double(expected), "\(kind)")
        }
    }

    @Test func aDetectorThatFindsNothingFailsAndSoDoesOneThatFindsAll() throws {
        #expect(try Self.figures { _ in [] }.recall < 0.95)
        #expect(try Self.figures { [TextFlag(.address, 0..<max($0.unicodeScalars.count, 1))] }.falseAlarmRate > 0.10)
    }

    @Test func whatIsFoundIsExactlyTheStretchThatIsMeant() {
        for (text, words) in [
            ("Au 12 bis, rue de la Roquette, hier", ["12 bis, rue de la Roquette"]),
            ("Tél. 06 12 34 56 78.", ["06 12 34 56 78"]), ("+33 6 12 34 56 78, merci", ["+33 6 12 34 56 78"]),
            ("(lou@exemple.fr)", ["lou@exemple.fr"]), ("Un vélo, AB-123-CD !", ["AB-123-CD"]),
            ("ici 48.8566, 2.3522 là", ["48.8566, 2.3522"]), ("code 8FW4V9V2+X6.", ["8FW4V9V2+X6"]),
            ("voir https://osm.org/go/0BOd2Hx.", ["https://osm.org/go/0BOd2Hx"]),
            ("👩‍👩‍👧 au 06 12 34 56 78 ou lou@exemple.fr", ["06 12 34 56 78", "lou@exemple.fr"]), ("", []), ("🧑‍🎤", []),
        ] {
            #expect(TextFlags.find(in: text).map { $0.words(of: text) } == words)
        }
    }

    @Test func oneSpellingIsAsGoodAsAnother() {
        for text in [
            "12\u{00A0}rue de la Roquette", "１２ rue de la Roquette", "12 RUE DE LA ROQUETTE", "12, rue de l’Orillon",
            "12 rue de l'Orillon", "12 Rue Émile-Lepeu", "12\u{202F}rue Keller",
        ] {
            #expect(TextFlags.find(in: text).map(\.kind) == [.address], "\(text)")
        }
        for text in ["06\u{00A0}12\u{00A0}34\u{00A0}56\u{00A0}78", "06‑12‑34‑56‑78", "０６１２３４５６７８"] {
            #expect(TextFlags.find(in: text).map(\.kind) == [.phone], "\(text)")
        }
    }

    /// The cost of what is written to be costly grows with its length and no faster.
    @Test func hostileTextsCostNoMoreThanTheirLength() {
        let pieces = [
            "1", "0 6 ", "a@", "@", "(at)", "rue ", "1 rue ", "+", "C2+", "48.8566,", "1° ", "AB-", "http://osm.org",
            "zero ",
            "12,", "///a.", "geo:", " rue de la Roquette, ", "deux ", "1-", ".", "l'", "75011 ",
        ]
        func time(_ length: Int) -> Duration {
            ContinuousClock().measure {
                for piece in pieces {
                    let text = String(String(repeating: piece, count: length / piece.utf8.count + 1).prefix(length))
                    _ = TextFlags.find(in: text)
                }
            }
        }
        _ = time(100)
        let (short, long) = (time(2_500), time(20_000))
        // Eight times as long; a square would take sixty-four times.
        #expect(long < short * 24, "\(short) for 2,500 signs each, \(long) for 20,000")
    }

    @Test func whateverIsWrittenStaysWithinItsText() {
        let seed: UInt64 = 14
        var generator = SeededGenerator(seed: seed)
        let signs = Array("0123456789 +@.,-/()°'\"NEabrue déàPARIS\n:;é’\u{301}👩‍👩‍👧")
        for round in 0..<2_000 {
            let length = Int.random(in: 0..<60, using: &generator)
            let text = String((0..<length).map { _ in signs.randomElement(using: &generator) ?? " " })
            let flags = TextFlags.find(in: text)
            let count = text.unicodeScalars.count
            #expect(
                flags.allSatisfy { !$0.range.isEmpty && $0.range.upperBound <= count }, "seed \(seed), round \(round)")
            for (one, next) in zip(flags, flags.dropFirst()) { #expect(one.range.upperBound <= next.range.lowerBound) }
        }
    }
}
