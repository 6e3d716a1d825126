/// A fast 64-bit hash of public bytes for validators; it keeps no secret and resists no forger, and need not.
///
/// Source: wyhash (Wang Yi, 2019), which multiplies two words and folds the product, here in four lanes that do not
/// wait for each other.
enum ContentHash {
    static func of(_ bytes: [UInt8]) -> UInt64 {
        bytes.withUnsafeBytes { of($0) }
    }

    static func of(_ bytes: UnsafeRawBufferPointer, seed: UInt64 = 0x2D35_8DCC_AA6C_78A5) -> UInt64 {
        guard let start = bytes.baseAddress else { return of([0], count: 0, seed) }
        return of(start, count: bytes.count, seed)
    }

    /// By its address: a check of the bounds of every word would cost as much as the word.
    private static func of(_ bytes: UnsafeRawPointer, count: Int, _ seed: UInt64) -> UInt64 {
        var hash = seed ^ UInt64(count)
        var position = 0
        if count >= 64 {
            var lanes = (hash, hash &+ 0x9E37_79B9, hash &+ 0x7F4A_7C15, hash &+ 0x4B33_A62E)
            while position + 64 <= count {
                lanes.0 = folded(bytes, position, into: lanes.0)
                lanes.1 = folded(bytes, position + 16, into: lanes.1)
                lanes.2 = folded(bytes, position + 32, into: lanes.2)
                lanes.3 = folded(bytes, position + 48, into: lanes.3)
                position += 64
            }
            hash = fold(fold(lanes.0, lanes.1 ^ multiplier), fold(lanes.2, lanes.3 ^ multiplier))
        }
        while position + 16 <= count {
            hash = folded(bytes, position, into: hash)
            position += 16
        }
        if position + 8 <= count {
            hash = fold(word(bytes, position) ^ mask, hash ^ multiplier)
            position += 8
        }
        var rest: UInt64 = 0
        while position < count {
            rest = rest << 8 | UInt64(bytes.load(fromByteOffset: position, as: UInt8.self))
            position += 1
        }
        return fold(fold(rest ^ mask, hash ^ multiplier), 0x8BB8_4B93_962E_ACC9)
    }

    private static let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15
    /// A word that equals this would make a product of nothing: 0xFF stands in no UTF-8 text.
    private static let mask: UInt64 = 0xFF33_A62E_FF33_D4A3

    /// Sixteen bytes from some position on, and what was before them.
    @inline(__always)
    private static func folded(_ bytes: UnsafeRawPointer, _ position: Int, into hash: UInt64) -> UInt64 {
        fold(word(bytes, position) ^ mask, word(bytes, position + 8) ^ hash)
    }

    @inline(__always)
    private static func word(_ bytes: UnsafeRawPointer, _ position: Int) -> UInt64 {
        bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
    }

    @inline(__always)
    private static func fold(_ one: UInt64, _ other: UInt64) -> UInt64 {
        let (high, low) = one.multipliedFullWidth(by: other)
        return high ^ low
    }
}
