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
        return list.utf8.split(separator: UInt8(ascii: ",")).contains { item in
            var tag = item.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
            if tag.first == UInt8(ascii: "*") { return true }
            if tag.starts(with: "W/".utf8) { tag = tag.dropFirst(2) }
            let quote = UInt8(ascii: "\"")
            let name = tag.prefix { $0 != UInt8(ascii: " ") }.drop { $0 == quote }.prefix { $0 != quote }
            guard name.starts(with: wanted.utf8) else { return false }
            let ending = name.dropFirst(wanted.utf8.count)
            return ending.isEmpty || ending.elementsEqual("-gzip".utf8)
        }
    }

    private var hash: UInt64 {
        switch self {
        case .strong(let hash), .weak(let hash): hash
        }
    }

    private func hex(_ hash: UInt64) -> String {
        String(unsafeUninitializedCapacity: 16) { digits in
            for place in 0..<16 {
                let digit = UInt8(hash >> UInt64(60 - 4 * place) & 15)
                digits[place] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
            }
            return 16
        }
    }
}
