/// A validator of RFC 9110, section 8.8.3: a hash of public content, never a count of changes.
enum EntityTag: Equatable, Sendable {
    case strong(UInt64)
    case weak(UInt64)

    /// As it is written; strong ones differ from one encoding to the next.
    func text(isCompressed: Bool) -> String {
        let (opening, closing): (StaticString, StaticString)
        switch self {
        case .strong: (opening, closing) = ("\"", isCompressed ? "-gzip\"" : "\"")
        case .weak: (opening, closing) = ("W/\"", "\"")
        }
        // In one piece: every answer has one.
        let length = opening.utf8CodeUnitCount + Self.digits + closing.utf8CodeUnitCount
        return String(unsafeUninitializedCapacity: length) { text in
            let hash = UnsafeMutableBufferPointer(rebasing: text[opening.utf8CodeUnitCount...])
            let end = UnsafeMutableBufferPointer(rebasing: hash[Self.digits...])
            opening.withUTF8Buffer { _ = text.update(fromContentsOf: $0) }
            writeHash(to: hash)
            closing.withUTF8Buffer { _ = end.update(fromContentsOf: $0) }
            return length
        }
    }

    /// Whether a list of `If-None-Match` names this content, compared weakly as section 13.1.2 asks: whatever
    /// the encoding in which the client holds it.
    func matches(_ list: String) -> Bool {
        let wanted = String(unsafeUninitializedCapacity: Self.digits) { text in
            writeHash(to: text)
            return Self.digits
        }
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

    private static let digits = 16

    /// In hexadecimal.
    private func writeHash(to text: UnsafeMutableBufferPointer<UInt8>) {
        for place in 0..<Self.digits {
            let digit = UInt8(truncatingIfNeeded: hash >> UInt64(60 - 4 * place) & 15)
            text[place] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
        }
    }
}
