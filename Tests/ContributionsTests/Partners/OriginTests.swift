import Contributions
import Testing

@Suite struct OriginTests {
    @Test(
        "An origin is taken as browsers name it, its usual port left out",
        arguments: [
            ("https://theatre.example", "https://theatre.example"), ("https://a.b-c.example:8443", nil),
            ("https://theatre.example:443", "https://theatre.example"), ("http://localhost:3000", nil),
            ("http://127.0.0.1:80", "http://127.0.0.1"), ("https://xn--thtre-iqaf.example", nil),
            ("https://intranet", nil), ("http://localhost", nil),
        ] as [(String, String?)])
    func origins(text: String, written: String?) throws {
        #expect(try Origin(text).text == written ?? text)
    }

    @Test(
        "What is no origin is refused with its reason",
        arguments: [
            ("null", .null), ("*", .wildcard), ("https://*.theatre.example", .wildcard),
            ("https://theatre.example.", .trailingDot), ("https://theatre.example.:8443", .trailingDot),
            ("https://theatre.example/", .path), ("https://theatre.example/carte", .path),
            ("https://theatre.example?a", .path), ("https://theatre.example#a", .path),
            ("https://ana@theatre.example", .user), ("https://Theatre.example", .upperCase),
            ("http://theatre.example", .notSecure), ("ftp://theatre.example", .malformed),
            ("theatre.example", .malformed),
            ("https:theatre.example", .malformed), ("", .malformed), ("https://", .host), ("https://-a.example", .host),
            ("https://a..example", .host), ("https://a_b.example", .host), ("https://[::1]", .host),
            ("https://theatre.example:0", .port), ("https://theatre.example:65536", .port),
            ("https://theatre.example:080", .port), ("https://theatre.example:", .port),
            ("https://théâtre.example", .notASCII), ("https://theatre.example ", .notASCII),
            ("https://\(String(repeating: "a", count: 64)).example", .host), ("HTTPS://theatre.example", .malformed),
        ] as [(String, OriginFault)])
    func refused(text: String, fault: OriginFault) {
        #expect(throws: fault) { try Origin(text) }
    }

    @Test("Every reason is said in both languages")
    func sentences() {
        for fault in OriginFault.allCases {
            #expect(Set(Language.allCases.map { fault.sentence(in: $0) }).count == 2)
        }
    }
}
