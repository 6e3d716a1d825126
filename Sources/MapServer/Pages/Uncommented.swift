/// A script or a style sheet without the lines that only speak to whoever reads its source, which a phone would pay for.
enum Uncommented {
    /// Leaves out empty lines and those that are a comment from their first sign to their last; everything else stays
    /// byte by byte.
    static func bytes(_ source: [UInt8]) -> [UInt8] {
        var kept: [UInt8] = []
        kept.reserveCapacity(source.count)
        var isInside = false
        for line in source.split(separator: newline) {
            let words = line.drop { $0 == space }
            if isInside {
                isInside = !ends(words)
            } else if words.starts(with: "/*".utf8) {
                isInside = !ends(words)
            } else if !words.isEmpty, !words.starts(with: "//".utf8) {
                kept += line
                kept.append(newline)
            }
        }
        return kept
    }

    private static func ends(_ line: ArraySlice<UInt8>) -> Bool { line.suffix(2).elementsEqual("*/".utf8) }

    private static let newline = UInt8(ascii: "\n")
    private static let space = UInt8(ascii: " ")
}
