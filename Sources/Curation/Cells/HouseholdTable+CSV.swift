package import Contributions
package import MapFormats
import MapGeometry

extension HouseholdTable {
    /// Reads a table of comma-separated values with a row for each cell of 200 m that people live in.
    ///
    /// Columns go by their names, whatever their case: `cell`, `idcar_200m` or `idinspire` holds the cell's name, and
    /// `households` or `men` the count, with a point for decimals; others are passed over.
    ///
    /// - Throws: `ImportError` for the first row that is not so: nothing is guessed where privacy hangs on it.
    package init(csv source: ByteSource) throws(ImportError) {
        do {
            var rows = try CSVReader(source)
            let cell = try HouseholdTable.column(HouseholdTable.cellNames, of: rows.header)
            let count = try HouseholdTable.column(HouseholdTable.countNames, of: rows.header)
            var entries: [Entry] = []
            while let row = try rows.next() {
                do {
                    entries.append(try HouseholdTable.entry(try row.content.get(), cell: cell, count: count))
                } catch let error as FormatError {
                    throw ImportError.record(line: row.line, reason: error.description)
                } catch let error as GeometryError {
                    throw ImportError.record(line: row.line, reason: error.description)
                } catch is NotACount {
                    throw ImportError.record(
                        line: row.line,
                        reason:
                            "expected a cell of 200 m and a number of households from 0 to a million, such as 12 or 3.5"
                    )
                }
            }
            guard !entries.isEmpty else { throw ImportError.file(reason: "the household table has no row") }
            self = try HouseholdTable(entries)
        } catch let error as ImportError {
            throw error
        } catch {
            throw .file(reason: "\(error)")
        }
    }

    /// The same from a file.
    package init(csvFile path: String) throws(ImportError) {
        let source: ByteSource
        do {
            source = try ByteSource(path: path)
        } catch .file(.unreadable(let reason)) {
            throw .unreadable(path: path, reason: reason)
        } catch {
            throw .file(reason: error.description)
        }
        try self.init(csv: source)
    }

    private static let cellNames = ["cell", "idcar_200m", "idinspire"]
    private static let countNames = ["households", "men"]

    private struct NotACount: Error {}

    private static func column(_ names: [String], of header: [String]) throws(ImportError) -> Int {
        let plain = header.map { $0.lowercased() }
        let columns = plain.indices.filter { names.contains(plain[$0]) }
        guard columns.count == 1, let column = columns.first else {
            let found = columns.isEmpty ? "no column" : "more than one column"
            throw .file(reason: "the header has \(found) named \(names.joined(separator: " or "))")
        }
        return column
    }

    private static func entry(_ fields: [String], cell: Int, count: Int) throws -> Entry {
        guard max(cell, count) < fields.count,
            fields[count].utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }),
            let households = Double(fields[count]),
            let entry = Entry(cell: try GridCell(name: fields[cell]), households: households)
        else { throw NotACount() }
        return entry
    }
}
