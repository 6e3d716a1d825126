package import MapFormats

/// How a table is written: in which letters, with what between its fields, and with which sign before decimals.
package struct TableForm: Equatable, Sendable {
    package var encoding: TextEncoding
    /// "," ";" or a tab.
    package var delimiter: Character
    package var hasDecimalCommas: Bool

    /// One sentence that says it, such as “Read as Windows-1252, fields apart by semicolons, decimal commas.”
    package var sentence: String {
        let fields =
            switch delimiter {
            case ";": "semicolons"
            case "\t": "tabs"
            default: "commas"
            }
        return "Read as \(encoding.title), fields apart by \(fields), decimal \(hasDecimalCommas ? "commas" : "points")."
    }

    /// Looks through a file: all of it for its letters, its beginning for the rest.
    /// - Parameters: `encoding` and `delimiter` win over what is found.
    /// - Throws: `ImportError.file` for what could be read in several ways, naming the option that settles it.
    static func recognised(
        path: String, encoding: TextEncoding?, delimiter: Character?, columns: CSVColumns.Names
    ) throws -> TableForm {
        let encoding = try encoding ?? TextEncoding.recognised(ByteSource(path: path))
        let delimiter = try delimiter ?? Self.delimiter(ByteSource(path: path).decoded(from: encoding))
        var form = TableForm(encoding: encoding, delimiter: delimiter, hasDecimalCommas: false)
        form.hasDecimalCommas = try form.findsDecimalCommas(path: path, columns)
        return form
    }

    private static let beginning = 1 << 16

    /// What parts the names of the columns.
    private static func delimiter(_ source: ByteSource) throws -> Character {
        var source = source
        var isInQuotes = false
        var counts: [Character: Int] = [:]
        for byte in try source.peek(beginning).drop(while: { $0 == 0x0A || $0 == 0x0D }) {
            let letter = Character(Unicode.Scalar(byte))
            if letter == "\"" { isInQuotes.toggle() }
            if isInQuotes { continue }
            if letter == "\n" || letter == "\r" { break }
            if [",", ";", "\t"].contains(letter) { counts[letter, default: 0] += 1 }
        }
        let most = counts.values.max() ?? 0
        let found = counts.filter { $0.value == most }.keys
        guard found.count < 2 else {
            throw ImportError.file(
                reason: "the header could be parted in several ways; name the sign between fields, as in --delimiter \";\"")
        }
        return found.first ?? ","
    }

    private static let rowsLookedAt = 1_000

    private func findsDecimalCommas(path: String, _ names: CSVColumns.Names) throws -> Bool {
        var reader = try CSVReader(ByteSource(path: path).decoded(from: encoding), delimiter: delimiter)
        let columns = try CSVColumns(header: reader.header, names: names)
        for _ in 0..<Self.rowsLookedAt {
            guard let record = try reader.next() else { break }
            if let fields = try? record.content.get(), columns.hasDecimalCommas(fields) { return true }
        }
        return false
    }
}
