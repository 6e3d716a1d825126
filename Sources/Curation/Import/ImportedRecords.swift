import Contributions
import MapFormats
import MapGeometry
import SpatialDatabase

/// A contribution that was put aside, on its way into the store.
struct ImportedRecord: Sendable {
    let publication: Publication
    /// Of all that is published of it.
    let digest: UInt128
    /// What its source knows it by; nil where nobody has said.
    let key: String?
}

/// The same as the tables hold it.
struct ImportedRow: Sendable {
    let row: PublicationRow
    let digest: UInt128
    let key: String?

    init(_ record: ImportedRecord) {
        row = PublicationRow(record.publication)
        digest = record.digest
        key = record.key
    }
}

/// Reads a staged file back, giving each contribution a public id.
final class ImportedRecords {
    private var reader: GeoJSONLineReader
    private let meaning = ContributionReader(titleName: "title")
    private var generator = RandomBlocks()

    init(_ staged: StagedImport) throws {
        reader = GeoJSONLineReader(try ByteSource(path: staged.path))
    }

    /// Read and encoded beside what is being written: a second core has nothing else to do.
    static func ahead(of staged: StagedImport) -> ReadAhead<ImportedRecord> {
        ReadAhead(weight: { $0.publication.feature.count }) {
            let records = try ImportedRecords(staged)
            return { try records.next() }
        }
    }

    /// The same, down to the values that the tables take.
    static func rowsAhead(of staged: StagedImport) -> ReadAhead<ImportedRow> {
        ReadAhead(weight: { $0.row.byteCount }) {
            let records = try ImportedRecords(staged)
            return { try records.next().map(ImportedRow.init) }
        }
    }

    private func next() throws -> ImportedRecord? {
        guard let record = try reader.next() else { return nil }
        let feature = try record.content.get()
        let publication = try PublishedFeature.publication(
            of: try meaning.contribution(from: feature), identifier: .random(using: &generator))
        return ImportedRecord(
            publication: publication, digest: PublishedFeature.digest(of: publication),
            key: feature.properties[RecordKey.identifierProperty]?.text)
    }
}

extension PublishedFeature {
    /// Of a feature but for its id: equal as long as it stands as it was brought in.
    static func digest(of publication: Publication) -> UInt128 {
        let feature = publication.feature
        let start = #"{"type":"Feature","id":"#.utf8.count + publication.identifier.description.utf8.count + 2
        guard case .geometryCollection = publication.contribution.geometry,
            let given = publication.contribution.geometry
        else { return Digest(of: Array(feature[start...])).half }
        // The store opens collections into their simple parts.
        var bytes = Array(feature[publication.propertiesOffset...])
        let writer = GeoJSONWriter(decimals: decimals)
        for part in given.simpleParts { writer.append(part.geometry, to: &bytes) }
        return Digest(of: bytes).half
    }

    /// The same of what stands in the store, whatever else is shown of it.
    static func digest(of stored: StoredContribution) throws -> UInt128 {
        digest(of: try publication(of: stored.content, identifier: stored.identifier))
    }
}

extension SimplePart {
    fileprivate var geometry: Geometry {
        switch self {
        case .point(let coordinate): .point(coordinate)
        case .line(let line): .lineString(line)
        case .polygon(let polygon): .polygon(polygon)
        }
    }
}
