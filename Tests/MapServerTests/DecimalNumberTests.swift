import TestSupport
import Testing

@testable import MapServer

@Suite struct DecimalNumberTests {
    @Test("A number is the double that Swift reads, to the last bit", arguments: [1, 2, 3] as [UInt64])
    func numbersAreThoseOfSwift(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<20_000 {
            let whole = Int64(bitPattern: generator.next()) >> Int64(generator.next() % 64)
            var text = String(whole)
            let decimals = Int(generator.next() % 19)
            if decimals > 0 { text += "." + String(generator.next() % 1_000_000).prefix(decimals) }
            if generator.next() % 8 == 0 { text += ["e3", "E-2", "e0", "e-7"][Int(generator.next() % 4)] }
            let value = DecimalNumber.value(of: Substring(text))
            #expect(value?.bitPattern == Double(text)?.bitPattern, "seed \(seed): \(text)")
        }
    }

    @Test(
        "Forms that Swift reads are read, whole to the sign of zero",
        arguments: [
            "0", "-0", "-0.0", "007", "1.50", ".5", "5.", "-.5", "+1", "1e5", "999999999999999", "9007199254740993",
            "179.99999999999997", "123456789012345.6", "0.000000000000001", "0.0000000000000001", "1e-400",
        ])
    func formsOfSwiftAreRead(text: String) {
        #expect(DecimalNumber.value(of: Substring(text))?.bitPattern == Double(text)?.bitPattern)
    }

    @Test(
        "What is no finite decimal number is refused",
        arguments: [
            "", "-", "+", ".", "-.", "1.2.3", "--1", "1-", "nan", "inf", "-inf", "0x10", "1e", "e5", "1e999", "1 ",
            " 1",
            "1,5", "١", "1_000", "1e5.5", "\u{0}1",
        ])
    func othersAreRefused(text: String) {
        #expect(DecimalNumber.value(of: Substring(text)) == nil)
    }
}
