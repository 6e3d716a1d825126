import Contributions
import MapFormats

/// Goes through the records of a file one by one and says of each whether it can come in.
///
/// Constant memory but for the ids and keys that records bear, which must differ.
final class CheckedRecords {
    /// What became of one record.
    struct Outcome: Sendable {
        /// Why it cannot come in, where that leaves the next ones as they are.
        let result: Result<Contribution, ImportError>
        /// Which record of the file it is, from 1.
        let ordinal: Int
        /// Bytes of the file taken in so far.
        let bytesRead: Int
        /// Bytes of this record, about.
        let size: Int
    }

    private let file: FeatureReader
    private let reader: ContributionReader
    private let key: RecordKey?
    private var names: FieldNames
    private var lines: [String: Int] = [:]
    private var keyLines: [String: Int] = [:]
    private var bytesRead = 0

    /// - Throws: `ImportError.file` when the table has no column for the key.
    init(of file: FeatureReader, by reader: ContributionReader, key: RecordKey?) throws(ImportError) {
        self.file = file
        self.reader = reader
        self.key = try Self.key(key, in: file.columns)
        names = FieldNames(file.columns)
    }

    /// The same in a thread of its own. Whoever has begun this asks `records` for nothing until `next` has given nil.
    static func ahead(_ records: CheckedRecords) -> ReadAhead<Outcome> {
        // It goes from thread to thread, and two never have it at once.
        nonisolated(unsafe) let records = records
        return ReadAhead(weight: \.size) { { try records.next() } }
    }

    /// How the fields of what has been read so far are understood.
    var proposal: FieldProposal { names.proposal(by: reader, key: key) }

    /// Nil behind the last.
    /// - Throws: what ends the reading: `ImportError.file`.
    func next() throws -> Outcome? {
        guard let record = try nextRecord() else { return nil }
        let before = bytesRead
        bytesRead = file.bytesRead
        return Outcome(
            result: try checked(record), ordinal: record.ordinal, bytesRead: bytesRead, size: bytesRead - before)
    }

    private func nextRecord() throws(ImportError) -> SourceRecord<GeoJSONFeature>? {
        do throws(FormatError) {
            return try file.next()
        } catch {
            throw .file(reason: error.description)
        }
    }

    private func checked(_ record: SourceRecord<GeoJSONFeature>) throws -> Result<Contribution, ImportError> {
        do {
            var feature = try unmarked(readable(record), line: record.line)
            names.take(feature)
            let value = try key?.move(in: &feature, line: record.line, by: reader)
            let contribution = try contribution(from: feature, line: record.line)
            if let value { try requireUnseen(value, on: record.line) }
            return .success(contribution)
        } catch let error as ImportError where error.isAboutOneRecord {
            return .failure(error)
        }
    }

    private func readable(_ record: SourceRecord<GeoJSONFeature>) throws(ImportError) -> GeoJSONFeature {
        switch record.content {
        case .failure(let error):
            throw .record(line: record.line, reason: error.description)
        case .success(let feature):
            if let identifier = feature.identifier, let first = lines.updateValue(record.line, forKey: identifier) {
                lines[identifier] = first
                throw .repeatedIdentifier(identifier, line: record.line, firstLine: first)
            }
            return feature
        }
    }

    /// A record of a curator's export without its mark: what nobody has published does not become public by a file.
    private func unmarked(_ feature: GeoJSONFeature, line: Int) throws(ImportError) -> GeoJSONFeature {
        let properties = reader.renaming(feature.properties)
        if let state = ReviewMark.undecided(properties) { throw .undecided(state: state.rawValue, line: line) }
        guard ReviewMark.isPublished(properties) else { return feature }
        var feature = feature
        feature.properties[ReviewMark.name] = nil
        return feature
    }

    private func contribution(from feature: GeoJSONFeature, line: Int) throws -> Contribution {
        do {
            return try reader.contribution(from: feature)
        } catch let error as ContributionError {
            throw ImportError.record(line: line, reason: error.description)
        } catch let error as FormatError {
            throw ImportError.record(line: line, reason: error.description)
        }
    }

    private func requireUnseen(_ key: String, on line: Int) throws(ImportError) {
        guard let first = keyLines[key] else {
            keyLines[key] = line
            return
        }
        throw .repeatedKey(key, line: line, firstLine: first)
    }

    private static func key(_ key: RecordKey?, in columns: CSVColumns?) throws(ImportError) -> RecordKey? {
        guard let key, let columns else { return key }
        do throws(FormatError) {
            return try key.found(in: columns)
        } catch {
            throw .file(reason: error.description)
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
