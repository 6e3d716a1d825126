import Contributions
import Foundation
package import MapFormats

/// A file to bring in, and how its records are to be understood.
package struct ImportSource: Sendable {
    /// A path, or `-` for standard input.
    package var path: String
    /// Nil: told from the name or the first bytes.
    package var format: RecordFormat?
    package var columns: CSVColumns.Names
    package var reader: ContributionReader
    /// Leaves bad records out and says so, instead of stopping at the first.
    package var skipsInvalid: Bool
    /// Of a table, where what is found shall not count.
    package var encoding: TextEncoding?
    package var delimiter: Character?
    /// By what its records are known when they come again; nil where they are not.
    package var key: RecordKey?

    package init(
        path: String, format: RecordFormat? = nil, columns: CSVColumns.Names = .init(),
        reader: ContributionReader = .init(), skipsInvalid: Bool = false
    ) {
        self.path = path
        self.format = format
        self.columns = columns
        self.reader = reader
        self.skipsInvalid = skipsInvalid
    }

    /// What happens while a file is read.
    package struct Observer {
        /// Bytes taken in so far.
        package var progress: (Int) -> Void
        /// A record that was left out, as a sentence with its line.
        package var skipped: (ImportError) -> Void
        /// How a table turned out to be written.
        package var recognised: (TableForm) -> Void

        package init(
            progress: @escaping (Int) -> Void = { _ in }, skipped: @escaping (ImportError) -> Void = { _ in },
            recognised: @escaping (TableForm) -> Void = { _ in }
        ) {
            self.progress = progress
            self.skipped = skipped
            self.recognised = recognised
        }
    }

    /// Reads and checks the whole file and puts its contributions aside beside `store`.
    ///
    /// Constant memory but for the ids that records bear, which must differ.
    /// - Parameter path: where to put them; one that `StagedImport.newPath` gave.
    /// - Throws: `ImportError`; nothing is left beside the store then.
    package func stage(
        besideStore store: String, at path: String? = nil, observer: Observer = Observer()
    ) throws -> StagedImport {
        var staged = try StagedImport(path: path ?? StagedImport.newPath(besideStore: store))
        do {
            let writer = try StagingWriter(path: staged.path)
            _ = try forEachContribution(observer) { contribution in
                try writer.append(contribution)
                staged.count += 1
            }
            try writer.finish()
            return staged
        } catch {
            staged.remove()
            throw error
        }
    }

    /// Reads and checks without keeping anything: how many records would come in, and how their fields are read.
    package func rehearse(observer: Observer = Observer()) throws -> (count: Int, fields: FieldProposal) {
        var count = 0
        let fields = try forEachContribution(observer) { _ in count += 1 }
        return (count, fields)
    }

    private func forEachContribution(
        _ observer: Observer, _ body: (Contribution) throws -> Void
    ) throws -> FieldProposal {
        let (file, reader) = try open(observer)
        let checked = try CheckedRecords(of: file, by: reader, key: key)
        // A second core parses and checks what comes next meanwhile.
        let records = CheckedRecords.ahead(checked)
        defer { records.stop() }
        var bytesRead = 0
        while let record = try records.next() {
            switch record.result {
            case .success(let contribution): try body(contribution)
            case .failure(let error) where skipsInvalid: observer.skipped(error)
            case .failure(let error): throw error
            }
            bytesRead = record.bytesRead
            if record.ordinal % 1_000 == 0 { observer.progress(bytesRead) }
        }
        observer.progress(bytesRead)
        return checked.proposal
    }

    private func open(_ observer: Observer) throws -> (FeatureReader, ContributionReader) {
        do {
            var source = path == "-" ? ByteSource.standardInput() : try ByteSource(path: path)
            let beginning = try source.peek(RecordFormat.telltaleLength)
            let format = format ?? RecordFormat.detect(fileName: path, firstBytes: beginning)
            var reader = reader
            guard format == .csv else { return (try FeatureReader(source, format: format), reader) }
            reader.dialect = .table
            // What comes through a pipe is read once only.
            guard path != "-" else {
                source = source.decoded(from: encoding ?? .utf8)
                return (try FeatureReader(source, format: format, columns: columns, delimiter: delimiter), reader)
            }
            let form = try TableForm.recognised(path: path, encoding: encoding, delimiter: delimiter, columns: columns)
            observer.recognised(form)
            let table = try FeatureReader(
                source.decoded(from: form.encoding), format: format, columns: columns, delimiter: form.delimiter,
                takingDecimalCommas: form.hasDecimalCommas)
            return (table, reader)
        } catch FormatError.file(.unreadable(let reason)) {
            throw ImportError.unreadable(path: path, reason: reason)
        } catch let error as FormatError {
            throw ImportError.file(reason: error.description)
        }
    }
}
