import Contributions
import GRDB
import MapGeometry

/// Writes what a curator brings in, row after row with statements compiled once.
///
/// Each row is what `StoreTransaction.insertContribution` and `insertPublished` write for a contribution without an
/// author of its own here; a test compares them.
struct PublicationInserter {
    private let layer: Int64
    private let contribution: BareStatement
    private let feature: BareStatement
    private let words: BareStatement
    private var ground: GroundPacking
    private var added: AddedFeatures
    private let theme: BareStatement

    init(_ database: Database, layer: Int64) throws {
        self.layer = layer
        contribution = try BareStatement(
            """
            INSERT INTO contribution (layer, state, was_public, state_since, public_id, \(ContributionColumns.names))
            VALUES (?, 'published', 1, 0, ?, \(ContributionColumns.marks))
            """, database)
        // Whoever brings something in agrees that partners show it.
        feature = try BareStatement(
            """
            INSERT INTO published_feature (number, layer, public_id, kind, time_start, time_end, hilbert_key, feature,
                                           properties_offset, geometry, cell_side, for_partners)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)
            """, database)
        words = try BareStatement("INSERT INTO published_text (rowid, title, text) VALUES (?, ?, ?)", database)
        ground = try GroundPacking(database)
        added = try AddedFeatures(database)
        theme = try BareStatement("INSERT INTO published_theme (theme, feature) VALUES (?, ?)", database)
    }

    /// Returns the row of the contribution.
    /// - Throws: `StoreError.duplicateIdentifier`.
    mutating func insert(_ row: PublicationRow) throws -> Int64 {
        let number = try insertContribution(row)
        try feature.insert(number, layer, from: row.values, PublicationRow.feature)
        try words.insert(number, from: row.values, PublicationRow.words)
        for name in row.themes { try theme.insert(.text(name), .integer(number)) }
        if let box = row.box { ground.append(box, key: row.key, of: number) }
        try added.append(number)
        return number
    }

    /// To be called behind the last: what is kept until then is in the spatial index and in the change feed afterwards.
    mutating func finish() throws {
        try ground.write()
        try added.write()
    }

    private func insertContribution(_ row: PublicationRow) throws -> Int64 {
        do {
            return try contribution.insert(layer, from: row.values, PublicationRow.contribution)
        } catch let error as DatabaseError where error.extendedResultCode == .SQLITE_CONSTRAINT_UNIQUE {
            throw StoreError.duplicateIdentifier(row.identifier)
        }
    }
}
