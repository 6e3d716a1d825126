/// Tells UTF-8 from what is not.
package enum UTF8Text {
    /// How many bytes from the start are whole UTF-8 sequences, and whether what follows them could
    /// become one if more bytes came. Both say "valid" when `length` is all there is.
    ///
    /// Source: the Unicode Standard 15, table 3-7, well-formed UTF-8 byte sequences.
    package static func validPrefix(of bytes: UnsafeBufferPointer<UInt8>) -> (length: Int, isUnfinished: Bool) {
        var position = 0
        while position < bytes.count {
            let lead = bytes[position]
            if lead < 0x80 {
                position += 1
                continue
            }
            guard let form = form(of: lead) else { return (position, false) }
            for step in 1...form.continuations {
                guard position + step < bytes.count else { return (position, true) }
                let allowed = step == 1 ? form.second : 0x80...0xBF
                guard allowed.contains(bytes[position + step]) else { return (position, false) }
            }
            position += form.continuations + 1
        }
        return (position, false)
    }

    private static func form(of lead: UInt8) -> (continuations: Int, second: ClosedRange<UInt8>)? {
        switch lead {
        case 0xC2...0xDF: (1, 0x80...0xBF)
        case 0xE0: (2, 0xA0...0xBF)
        case 0xED: (2, 0x80...0x9F)
        case 0xE1...0xEF: (2, 0x80...0xBF)
        case 0xF0: (3, 0x90...0xBF)
        case 0xF1...0xF3: (3, 0x80...0xBF)
        case 0xF4: (3, 0x80...0x8F)
        default: nil
        }
    }
}
