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
        var (records, reader) = try open(observer)
        let key = try key(in: records.columns)
        var lines: [String: Int] = [:]
        var keyLines: [String: Int] = [:]
        var names = FieldNames(records.columns)
        while let record = try nextRecord(&records) {
            do {
                var feature = try unmarked(readable(record, seen: &lines), line: record.line, by: reader)
                names.take(feature)
                let value = try key?.move(in: &feature, line: record.line, by: reader)
                let contribution = try contribution(from: feature, line: record.line, by: reader)
                if let value { try Self.require(value, on: record.line, unseenIn: &keyLines) }
                try body(contribution)
            } catch let error as ImportError where skipsInvalid && error.isAboutOneRecord {
                observer.skipped(error)
            }
            if record.ordinal % 1_000 == 0 { observer.progress(records.bytesRead) }
        }
        observer.progress(records.bytesRead)
        return names.proposal(by: reader, key: key)
    }

    private static func require(
        _ key: String, on line: Int, unseenIn lines: inout [String: Int]
    ) throws(ImportError) {
        guard let first = lines[key] else {
            lines[key] = line
            return
        }
        throw .repeatedKey(key, line: line, firstLine: first)
    }

    private func key(in columns: CSVColumns?) throws(ImportError) -> RecordKey? {
        guard let key, let columns else { return key }
        do throws(FormatError) {
            return try key.found(in: columns)
        } catch {
            throw .file(reason: error.description)
        }
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

    private func nextRecord(_ records: inout FeatureReader) throws -> SourceRecord<GeoJSONFeature>? {
        do {
            return try records.next()
        } catch {
            throw ImportError.file(reason: error.description)
        }
    }

    private func readable(
        _ record: SourceRecord<GeoJSONFeature>, seen: inout [String: Int]
    ) throws(ImportError) -> GeoJSONFeature {
        switch record.content {
        case .failure(let error):
            throw .record(line: record.line, reason: error.description)
        case .success(let feature):
            if let identifier = feature.identifier, let first = seen.updateValue(record.line, forKey: identifier) {
                seen[identifier] = first
                throw .repeatedIdentifier(identifier, line: record.line, firstLine: first)
            }
            return feature
        }
    }

    /// A record of a curator's export without its mark: what nobody has published does not become public by a file.
    private func unmarked(
        _ feature: GeoJSONFeature, line: Int, by reader: ContributionReader
    ) throws(ImportError) -> GeoJSONFeature {
        let properties = reader.renaming(feature.properties)
        if let state = ReviewMark.undecided(properties) { throw .undecided(state: state.rawValue, line: line) }
        guard ReviewMark.isPublished(properties) else { return feature }
        var feature = feature
        feature.properties[ReviewMark.name] = nil
        return feature
    }

    private func contribution(
        from feature: GeoJSONFeature, line: Int, by reader: ContributionReader
    ) throws -> Contribution {
        do {
            return try reader.contribution(from: feature)
        } catch let error as ContributionError {
            throw ImportError.record(line: line, reason: error.description)
        } catch let error as FormatError {
            throw ImportError.record(line: line, reason: error.description)
        }
    }
}

extension ImportError {
    fileprivate var isAboutOneRecord: Bool {
        switch self {
        case .record, .repeatedIdentifier, .repeatedKey, .noKey, .undecided: true
        case .unreadable, .file, .cannotStage, .notStaged, .converterMissing, .nothingToTakeBack: false
        }
    }
}
