import Foundation
import TestSupport
import Testing

@testable import MapServer

@Suite("Markdown of the operator's pages")
struct MarkdownTests {
    private func html(_ text: String) -> String {
        Markdown(text).html().trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private static let written: [(String, String)] = [
        ("Un mot.", "<p>Un mot.</p>"), ("Un\ndeux\n\ntrois", "<p>Un\ndeux</p>\n<p>trois</p>"),
        ("## Qui décide ##", "<h2>Qui décide</h2>"), ("#mot", "<p>#mot</p>"), ("####### sept", "<p>####### sept</p>"),
        ("## a\n#### b\n## c", "<h2>a</h2>\n<h3>b</h3>\n<h2>c</h2>"), ("x\n\n# un", "<p>x</p>\n<h2>un</h2>"),
        ("- un\n- deux", "<ul>\n<li>un</li>\n<li>deux</li>\n</ul>"),
        ("1. un\n2. deux\n   et demi", "<ol>\n<li>un</li>\n<li>deux\net demi</li>\n</ol>"),
        ("- un\n1. deux", "<ul>\n<li>un</li>\n</ul>\n<ol>\n<li>deux</li>\n</ol>"),
        ("En 1974. Oui", "<p>En 1974. Oui</p>"), ("1974. Oui", "<ol>\n<li>Oui</li>\n</ol>"),
        (
            "*un* **deux** _trois_ __quatre__",
            "<p><em>un</em> <strong>deux</strong> <em>trois</em> <strong>quatre</strong></p>"
        ),
        ("2 * 3 * 4, un_mot_long", "<p>2 * 3 * 4, un_mot_long</p>"), ("*jamais fermé", "<p>*jamais fermé</p>"),
        ("*a **b* c**", "<p><em>a **b</em> c**</p>"), ("`<b>` et `", "<p><code>&lt;b&gt;</code> et `</p>"),
        ("```\n# *a* <b>\n```\nfin", "<pre><code># *a* &lt;b&gt;</code></pre>\n<p>fin</p>"),
        ("[ici](/pages/contact)", "<p><a href=\"/pages/contact\">ici</a></p>"),
        (
            "[*ici*](https://a.example/?b=1&c=2)",
            "<p><a href=\"https://a.example/?b=1&amp;c=2\" rel=\"external noreferrer noopener\"><em>ici</em></a></p>"
        ),
        ("[nous](mailto:a@b.example)", "<p><a href=\"mailto:a@b.example\">nous</a></p>"),
        (
            "<https://a.example>",
            "<p><a href=\"https://a.example\" rel=\"external noreferrer noopener\">https://a.example</a></p>"
        ),
        ("<a@b.example>", "<p><a href=\"mailto:a@b.example\">a@b.example</a></p>"),
        (
            "[un](page) [deux](#ici) [trois](?f=html)",
            "<p><a href=\"page\">un</a> <a href=\"#ici\">deux</a> <a href=\"?f=html\">trois</a></p>"
        ),
        ("un\\\ndeux  \ntrois", "<p>un<br>\ndeux  <br>\ntrois</p>"), ("\\*pas\\* \\[cela\\]", "<p>*pas* [cela]</p>"),
        ("[? le nom] !", "<p><mark> le nom</mark> !</p>"), ("\u{FEFF}## a\r\n\r\nb\r\n", "<h2>a</h2>\n<p>b</p>"),
    ]

    @Test("What is written becomes what is meant", arguments: written)
    func meaning(_ text: String, _ expected: String) { #expect(html(text) == expected) }

    @Test("The heading at the beginning is the page's title")
    func title() {
        let markdown = Markdown("# Règles du jeu\n\nUn mot.")
        #expect(markdown.title == "Règles du jeu" && markdown.html() == "<p>Un mot.</p>\n")
        #expect(Markdown("Un mot.").title == nil && Markdown("## Deux").title == nil)
        #expect(Markdown("a [? b] c").isUnfinished && !Markdown("a [b]").isUnfinished)
    }

    @Test(
        "No address runs, and none leads elsewhere under another's name",
        arguments: [
            "javascript:alert(1)", "JaVaScRiPt:alert`1`", "data:text/html,x", "vbscript:x", "//evil.example",
            "/\\evil.example",
            "https:", "file:///etc/passwd", "blob:https://a.example/1", "java\tscript:x", "\u{1}javascript:x",
            "https://",
        ])
    func addresses(_ address: String) {
        for text in ["[x](\(address))", "<\(address)>", "[x](<\(address)>)"] {
            #expect(!html(text).contains("<a"), "\(html(text))")
        }
    }

    @Test(
        "No HTML passes, wherever it stands",
        arguments: [
            "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"><svg onload=alert(1)>", "<\u{301}b>",
            "<!-- a -->",
            "&lt;script&gt;", "[<b>](\"onmouseover=alert(1))", "[x](https://a.example/\"onclick=alert(1))",
        ])
    func markup(_ text: String) {
        for framed in [text, "# \(text)", "- \(text)", "*\(text)*", "`\(text)`", "```\n\(text)\n```", "[\(text)](/a)"] {
            var plain = html(framed)
            for tag in Self.tags { plain = plain.replacing(tag, with: "") }
            #expect(!plain.contains("<") && !plain.contains(">"), "\(plain)")
        }
    }

    private static let tags =
        [
            "p", "h2", "ul", "li", "em", "strong", "code", "pre", "mark", "a",
        ].flatMap { ["<\($0)>", "</\($0)>"] } + ["<a href=\"/a\">", "<br>"]

    @Test("Whatever is written, what is opened is closed, in order")
    func nesting() throws {
        let seed: UInt64 = 6
        var generator = SeededGenerator(seed: seed)
        let pieces = [
            "*", "**", "_", "__", "[", "[?", "]", "](/a)", "](x:y)", "`", "<", ">", "a", " ", "\n", "\\", "é",
            "<http://a>", "- ", "#",
        ]
        for round in 0..<3_000 {
            let text = (0..<Int.random(in: 1..<40, using: &generator)).map { _ in
                pieces.randomElement(using: &generator) ?? ""
            }.joined()
            let html = Markdown(text).html()
            var open: [Substring] = []
            for tag in html.matches(of: /<(\/?)([a-z0-9]+)([^>]*)>/) where tag.2 != "br" {
                if tag.1.isEmpty {
                    open.append(tag.2)
                } else {
                    #expect(open.popLast() == tag.2, "seed \(seed), round \(round): \(text)")
                }
            }
            #expect(open.isEmpty, "seed \(seed), round \(round): \(text) → \(html)")
        }
    }

    @Test("The cost of what is written to be costly grows with its length and no faster")
    func cost() {
        let pieces = [
            "[", "](", "[a](", "*a ", "**a", "_a", "`", "``", "<", "<http", "[?", "\\", "- ", "# ", "[x](y ", "*[",
            "](x)", "[](x)", "**[`", "\n", "- a\n", "a\n", "[a](b)*", "1. ",
        ]
        func time(_ length: Int) -> Double {
            let start = Self.processorSeconds
            for piece in pieces { _ = Markdown(String(repeating: piece, count: length / piece.utf8.count)).html() }
            return Self.processorSeconds - start
        }
        _ = time(500)
        let (short, long) = (time(2_000), time(32_000))
        // Sixteen times as long; a square would take two hundred and fifty-six times.
        #expect(long < short * 64, "\(short) s for 2,000 signs each, \(long) s for 32,000")
    }

    /// Of this thread alone: others may be as busy as they like.
    private static var processorSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    @Test("Half a million brackets take no more than their length", .timeLimit(.minutes(1)))
    func halfAMillionBrackets() {
        for piece in ["[", "](", "[a]("] {
            let text = String(repeating: piece, count: 500_000 / piece.utf8.count)
            #expect(Markdown(text).html().utf8.count >= text.utf8.count)
        }
    }
}
