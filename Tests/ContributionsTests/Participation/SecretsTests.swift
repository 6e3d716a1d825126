import Contributions
import TestSupport
import Testing

/// What people keep in hand: a token for a link, a code for paper.
@Suite struct SecretsTests {
    @Test func aCodeIsReadHoweverItIsTyped() throws {
        let code = try #require(PaperCode("7K3M-0QXA-T1ZD"))
        for typed in [
            "7k3m0qxat1zd", " 7K3M 0QXA T1ZD ", "7K3M-OQXA-TIZD", "7k3m-oqxa-tlzd", "7-K-3-M-0-Q-X-A-T-1-Z-D",
        ] {
            #expect(PaperCode(typed) == code, "\(typed)")
        }
        #expect(code.text == "7K3M-0QXA-T1ZD")
        #expect(PaperCode(code.text) == code)
    }

    @Test(
        "what cannot be a code is none",
        arguments: ["", "7K3M-0QXA-T1Z", "7K3M-0QXA-T1ZDD", "7K3M-0QXA-T1ZU", "7K3M_0QXA_T1ZD", "７K3M0QXAT1ZD", "é"])
    func noCode(typed: String) { #expect(PaperCode(typed) == nil) }

    @Test func codesAndTokensHaveTheBitsThatTheyPromise() {
        let seed: UInt64 = 71
        var generator = SeededGenerator(seed: seed)
        var (codes, tokens) = (Set<String>(), Set<String>())
        var alphabet = Set<Character>()
        for _ in 0..<2_000 {
            let receipt = Receipt.random(using: &generator)
            codes.insert(receipt.code.text)
            tokens.insert(receipt.token.text)
            alphabet.formUnion(receipt.token.text)
        }
        #expect(codes.count == 2_000 && tokens.count == 2_000, "seed \(seed)")
        // 32 signs are 5 bits each: 12 of them are 60, 26 are 130.
        #expect(alphabet == Set("0123456789abcdefghjkmnpqrstvwxyz"))
        #expect(codes.allSatisfy { $0.count == 14 } && tokens.allSatisfy { $0.count == 26 })
    }

    @Test func aTokenIsReadToTheLetterOnly() throws {
        var generator = SeededGenerator(seed: 72)
        let secret = Secret.random(using: &generator)
        #expect(Secret(secret.text) == secret)
        #expect(Secret(secret.text)?.digest == secret.digest)
        for text in [secret.text + "0", String(secret.text.dropLast()), secret.text.uppercased() + " ", ""] {
            #expect(Secret(text) == nil)
        }
    }

    @Test func whoHasTheTableOfCodesCannotTryThemWithoutTheKey() throws {
        let code = try #require(PaperCode("7K3M-0QXA-T1ZD"))
        let (one, other) = (InstanceKey(bytes: [1, 2, 3]), InstanceKey(bytes: [1, 2, 4]))
        #expect(code.digest(key: one) != code.digest(key: other))
        #expect(code.digest(key: one) == PaperCode("7k3m0qxat1zd")?.digest(key: one))
        // One key, two purposes: what is made for one says nothing of the other.
        #expect(one.code("a").bytes != one.body(Array("a".utf8)).bytes)
    }
}
