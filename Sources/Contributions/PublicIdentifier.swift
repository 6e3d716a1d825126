/// The name under which a contribution is known to the world: 128 random bits.
///
/// Never sequential and never ordered by time, so that it tells nothing about when or by whom.
/// Written as 26 lower-case characters of Crockford's base 32 (no i, l, o, u), most significant first.
package struct PublicIdentifier: Hashable, Sendable {
    package let bits: UInt128

    package init(bits: UInt128) {
        self.bits = bits
    }

    package static func random(using generator: inout some RandomNumberGenerator) -> PublicIdentifier {
        PublicIdentifier(bits: UInt128(generator.next()) << 64 | UInt128(generator.next()))
    }

    /// Reads the 26 characters; nil for anything else, upper case included.
    package init?(_ text: some StringProtocol) { self.init(String(text)) }

    /// The same without generics: what other modules call for each request is not specialised there.
    package init?(_ text: String) {
        var text = text
        guard let bits = text.withUTF8(PublicIdentifier.bits) else { return nil }
        self.bits = bits
    }

    private static func bits(of text: UnsafeBufferPointer<UInt8>) -> UInt128? {
        guard text.count == length, digits[Int(text[0])] < 8 else { return nil }
        var bits: UInt128 = 0
        for byte in text {
            let digit = digits[Int(byte)]
            guard digit < 32 else { return nil }
            bits = bits << 5 | UInt128(digit)
        }
        return bits
    }

    package static let length = 26
    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
    private static let digits: [UInt8] = {
        var digits = [UInt8](repeating: .max, count: 256)
        for (value, byte) in alphabet.enumerated() { digits[Int(byte)] = UInt8(value) }
        return digits
    }()

    /// The 16 bytes, most significant first, as the store keeps them.
    package var bytes: [UInt8] { withUnsafeBytes(of: bits.bigEndian) { Array($0) } }

    /// Nil unless there are exactly 16 bytes.
    package init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 16 else { return nil }
        bits = bytes.reduce(0) { $0 << 8 | UInt128($1) }
    }

    /// The same at once, for who reads a million of them.
    package init?(bytes: UnsafeRawBufferPointer) {
        guard bytes.count == 16 else { return nil }
        bits = UInt128(bigEndian: bytes.loadUnaligned(as: UInt128.self))
    }
}

extension PublicIdentifier: CustomStringConvertible {
    package var description: String {
        String(unsafeUninitializedCapacity: PublicIdentifier.length) { buffer in
            write(to: UnsafeMutableRawBufferPointer(buffer))
            return PublicIdentifier.length
        }
    }

    /// The same at the end of `buffer`, without a string between, for who writes many.
    package func appendText(to buffer: inout [UInt8]) {
        withText { buffer.append(contentsOf: $0) }
    }

    /// Calls `body` with the same, valid during the call only.
    package func withText(_ body: (UnsafeRawBufferPointer) -> Void) {
        withUnsafeTemporaryAllocation(byteCount: PublicIdentifier.length, alignment: 1) { text in
            write(to: text)
            body(UnsafeRawBufferPointer(text))
        }
    }

    /// From the last character back: each step then moves by the same few bits.
    private func write(to text: UnsafeMutableRawBufferPointer) {
        var rest = bits
        PublicIdentifier.alphabet.withUnsafeBufferPointer { alphabet in
            for place in (0..<PublicIdentifier.length).reversed() {
                text[place] = alphabet[Int(truncatingIfNeeded: rest) & 31]
                rest >>= 5
            }
        }
    }
}
