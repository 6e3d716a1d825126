import Contributions
import GRDB
import MapGeometry

/// Writes what a curator brings in, row after row with statements compiled once.
///
/// Each row is what `StoreTransaction.insertContribution` and `insertPublished` write for a contribution without an
/// author of its own here; a test compares them.
struct PublicationInserter {
    private let database: Database
    private let layer: Int64
    private let contribution: BareStatement
    private let feature: BareStatement
    private let words: BareStatement
    private var ground: GroundPacking
    private let change: BareStatement
    private let theme: BareStatement

    init(_ database: Database, layer: Int64) throws {
        self.database = database
        self.layer = layer
        contribution = try BareStatement(
            """
            INSERT INTO contribution (public_id, layer, state, was_public, state_since, \(ContributionColumns.names))
            VALUES (?, ?, 'published', 1, 0, \(ContributionColumns.marks))
            """, database)
        // Whoever brings something in agrees that partners show it.
        feature = try BareStatement(
            """
            INSERT INTO published_feature (number, public_id, layer, kind, time_start, time_end, hilbert_key, feature,
                                           properties_offset, geometry, cell_side, for_partners)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)
            """, database)
        words = try BareStatement("INSERT INTO published_text (rowid, title, text) VALUES (?, ?, ?)", database)
        ground = try GroundPacking(database)
        change = try BareStatement(
            "INSERT INTO change (layer, public_id, action) VALUES (?, ?, 'added')", database)
        theme = try BareStatement("INSERT INTO published_theme (theme, feature) VALUES (?, ?)", database)
    }

    /// Returns the row of the contribution.
    /// - Throws: `StoreError.duplicateIdentifier`.
    mutating func insert(_ publication: Publication) throws -> Int64 {
        let given = publication.contribution
        let identifier = publication.identifier.bytes
        let geometry = given.geometry.flatMap(GeometryBlob.encode)
        let number = try insertContribution(given, publication.identifier, geometry)
        let box = given.geometry?.boundingBox
        let key = box.map { WebMercator.hilbertKey(of: $0.centre) } ?? WebMercator.keyOutside
        try feature.insert(
            .integer(number), .blob(identifier), .integer(layer), .integer(Int64(given.kind.number)),
            .integer(given.when?.seconds.lowerBound), .integer(given.when?.seconds.upperBound), .integer(Int64(key)),
            .blob(publication.feature), .integer(Int64(publication.propertiesOffset)), .blob(geometry),
            .integer(Int64(given.cell?.side.metres ?? 0)))
        try words.insert(
            .integer(number), .text(TextFolding.fold(given.title)), .text(TextFolding.fold(given.text)))
        for name in Set(given.themes) { try theme.insert(.text(name), .integer(number)) }
        if let box { ground.append(box, key: key, of: number) }
        try change.insert(.integer(layer), .blob(identifier))
        return number
    }

    /// To be called behind the last: what is kept until then is in the spatial index afterwards.
    mutating func finish() throws { try ground.write() }

    private func insertContribution(
        _ given: Contribution, _ identifier: PublicIdentifier, _ geometry: [UInt8]?
    ) throws -> Int64 {
        do {
            try contribution.insert(
                .blob(identifier.bytes), .integer(layer), .integer(Int64(given.kind.number)), .text(given.title),
                .text(given.text), .text(given.themes.joined(separator: ",")), .text(given.when?.text),
                .text(given.language), .text(given.author), .text(given.licence), .text(given.precision.rawValue),
                .blob(given.precision == .exact ? geometry : nil), .text(given.cell?.name),
                .text(given.properties.json))
        } catch let error as DatabaseError where error.extendedResultCode == .SQLITE_CONSTRAINT_UNIQUE {
            throw StoreError.duplicateIdentifier(identifier)
        }
        return database.lastInsertedRowID
    }
}
