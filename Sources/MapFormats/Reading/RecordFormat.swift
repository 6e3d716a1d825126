/// The formats in which a file of features may be brought in.
package enum RecordFormat: String, CaseIterable, Sendable {
    /// One document: a FeatureCollection or a lone Feature.
    case geojson
    /// One Feature a line, or one behind each record separator (RFC 8142).
    case geojsonl
    /// A table whose first row names the columns, separated by commas, semicolons or tabs.
    case csv

    /// How many first bytes are enough for `init(firstBytes:)`.
    package static let telltaleLength = 65_536

    /// The largest record that the readers take, in bytes, unless told otherwise: 16 MiB.
    package static let largestRecord = 16 << 20

    /// What a file name's extension promises; nil where it promises nothing, as "json" does.
    package init?(fileExtension: String) {
        switch fileExtension.lowercased() {
        case "geojson": self = .geojson
        case "geojsonl", "geojsons", "geojsonseq", "ndgeojson", "ndjson", "jsonl": self = .geojsonl
        case "csv", "tsv": self = .csv
        default: return nil
        }
    }

    /// What the beginning of a file looks like.
    ///
    /// A record separator begins a sequence. A whole JSON value with another value behind it means one
    /// record a line; any other beginning with a brace or bracket means one document. The rest is a table.
    package init(firstBytes: [UInt8]) {
        let bytes = firstBytes.starts(with: ASCII.byteOrderMark) ? firstBytes[3...] : firstBytes[...]
        guard let start = bytes.firstIndex(where: { !ASCII.isWhitespace($0) }) else {
            self = .csv
            return
        }
        switch bytes[start] {
        case ASCII.recordSeparator: self = .geojsonl
        case ASCII.openBrace, ASCII.openBracket:
            self = RecordFormat.holdsSeveralValues(bytes[start...]) ? .geojsonl : .geojson
        default: self = .csv
        }
    }

    /// By the extension of `fileName`; failing that, by the first bytes.
    package static func detect(fileName: String, firstBytes: [UInt8]) -> RecordFormat {
        let name = fileName.split(separator: "/").last ?? ""
        let pieces = name.split(separator: ".", omittingEmptySubsequences: false)
        let byName = pieces.count > 1 ? RecordFormat(fileExtension: String(pieces[pieces.count - 1])) : nil
        return byName ?? RecordFormat(firstBytes: firstBytes)
    }

    private static func holdsSeveralValues(_ bytes: ArraySlice<UInt8>) -> Bool {
        Array(bytes).withUnsafeBufferPointer { bytes in
            var scanner = JSONValueScanner()
            guard let end = try? scanner.scan(bytes, from: 0), scanner.isFinished else { return false }
            return bytes[end...].contains { !ASCII.isWhitespace($0) }
        }
    }
}
