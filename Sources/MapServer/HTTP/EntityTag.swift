/// A validator of RFC 9110, section 8.8.3: a hash of public content, never a count of changes.
enum EntityTag: Equatable, Sendable {
    case strong(UInt64)
    case weak(UInt64)

    /// As it is written; strong ones differ from one encoding to the next.
    func text(isCompressed: Bool) -> String {
        switch self {
        case .strong(let hash): "\"\(hex(hash))\(isCompressed ? "-gzip" : "")\""
        case .weak(let hash): "W/\"\(hex(hash))\""
        }
    }

    /// Whether a list of `If-None-Match` names this content, compared weakly as section 13.1.2 asks: whatever
    /// the encoding in which the client holds it.
    func matches(_ list: String) -> Bool {
        let wanted = hex(hash)
        return list.split(separator: ",").contains { item in
            var tag = item.drop { $0 == " " || $0 == "\t" }
            if tag.hasPrefix("*") { return true }
            if tag.hasPrefix("W/") { tag = tag.dropFirst(2) }
            let name = tag.prefix { $0 != " " }.drop { $0 == "\"" }.prefix { $0 != "\"" }
            return name == wanted || name == wanted + "-gzip"
        }
    }

    private var hash: UInt64 {
        switch self {
        case .strong(let hash), .weak(let hash): hash
        }
    }

    private func hex(_ hash: UInt64) -> String {
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

/// A fast 64-bit hash of public bytes for validators; it keeps no secret and resists no forger, and need not.
///
/// Source: the multiply-and-fold of wyhash (Wang Yi, 2019), on eight bytes at a time.
enum ContentHash {
    static func of(_ bytes: [UInt8]) -> UInt64 {
        bytes.withUnsafeBytes { of($0) }
    }

    static func of(_ bytes: UnsafeRawBufferPointer, seed: UInt64 = 0x2D35_8DCC_AA6C_78A5) -> UInt64 {
        var hash = seed ^ UInt64(bytes.count)
        var position = 0
        while position + 8 <= bytes.count {
            hash = fold(hash ^ bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
            position += 8
        }
        var rest: UInt64 = 0
        while position < bytes.count {
            rest = rest << 8 | UInt64(bytes[position])
            position += 1
        }
        return fold(fold(hash ^ rest) ^ 0x8BB8_4B93_962E_ACC9)
    }

    private static func fold(_ value: UInt64) -> UInt64 {
        let (high, low) = (value ^ 0x4B33_A62E_D433_D4A3).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        return high ^ low
    }
}
