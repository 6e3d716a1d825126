import Foundation
import TestSupport
import Testing

@testable import MapServer

@Suite struct Base64URLTests {
    @Test("Bytes of any number are written as RFC 4648 says, and read back", arguments: [1, 2] as [UInt64])
    func bytesComeBack(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for count in 0..<80 {
            let bytes = (0..<count).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
            let expected = Data(bytes).base64EncodedString().replacingOccurrences(of: "+", with: "-")
                .replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
            #expect(Base64URL.text(of: bytes) == expected, "seed \(seed)")
            #expect(Base64URL.bytes(of: expected) == bytes, "seed \(seed)")
        }
    }

    @Test(
        "What we would not write is not read",
        arguments: [
            "A", "AAAAA", "AB", "AAB", "AA==", "AA=", "AA+A", "AA/A", "AA A", "AAé", "AA\n", "\u{0}AAA", "AA%3D",
        ])
    func othersAreRefused(text: String) {
        #expect(Base64URL.bytes(of: text) == nil)
    }
}
