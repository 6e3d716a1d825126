import Contributions
import TestSupport
import Testing

@Suite("Public identifiers")
struct PublicIdentifierTests {
    @Test("an identifier is 26 characters and reads back", arguments: 0..<4 as Range<UInt64>)
    func roundTrip(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let identifier = PublicIdentifier.random(using: &random)
            let text = identifier.description
            #expect(text.utf8.count == 26 && text == text.lowercased(), "seed \(seed)")
            #expect(text.allSatisfy { "0123456789abcdefghjkmnpqrstvwxyz".contains($0) }, "seed \(seed): \(text)")
            #expect("01234567".contains(try #require(text.first)), "seed \(seed): \(text)")
            #expect(PublicIdentifier(text) == identifier && PublicIdentifier(bytes: identifier.bytes) == identifier)
        }
    }

    @Test(
        "known bits have known characters",
        arguments: [
            (UInt128.zero, "00000000000000000000000000"), (1, "00000000000000000000000001"),
            (31, "0000000000000000000000000z"), (32, "00000000000000000000000010"),
            (UInt128.max, "7zzzzzzzzzzzzzzzzzzzzzzzzz"), (UInt128(1) << 127, "40000000000000000000000000"),
        ])
    func knownIdentifiers(bits: UInt128, text: String) {
        #expect(PublicIdentifier(bits: bits).description == text)
        #expect(PublicIdentifier(text)?.bits == bits)
    }

    @Test("bytes run from the most significant to the least")
    func bytes() {
        let identifier = PublicIdentifier(bits: 0x0102_0304_0506_0708_090A_0B0C_0D0E_0F10)
        #expect(identifier.bytes == Array(1...16))
        #expect(PublicIdentifier(bytes: Array(1...15)) == nil && PublicIdentifier(bytes: Array(0...16)) == nil)
        #expect(PublicIdentifier(bytes: [UInt8]()) == nil)
    }

    @Test(
        "anything else is refused",
        arguments: [
            "", "0000000000000000000000000", "000000000000000000000000000", "80000000000000000000000000",
            "z0000000000000000000000000", "0000000000000000000000000A", "7ZZZZZZZZZZZZZZZZZZZZZZZZZ",
            "0000000000000000000000000i", "0000000000000000000000000l", "0000000000000000000000000o",
            "0000000000000000000000000u", "000000000000000000000000 0", "0000000000000-000000000000",
            "000000000000000000000000é", "00000000000000000000000é", "0000000000000000000000\u{1F600}",
        ])
    func refused(text: String) {
        #expect(PublicIdentifier(text) == nil)
    }

    @Test("two draws differ and one seed draws the same")
    func draws() {
        var (first, second) = (SeededGenerator(seed: 5), SeededGenerator(seed: 5))
        let drawn = (0..<1_000).map { _ in PublicIdentifier.random(using: &first) }
        #expect(Set(drawn).count == 1_000)
        #expect(drawn == (0..<1_000).map { _ in PublicIdentifier.random(using: &second) })
    }
}
