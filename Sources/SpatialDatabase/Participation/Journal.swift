package import Contributions
import Foundation
import GRDB

/// One act of somebody who looks after the layers. It holds no words of a contribution and no reasons.
package struct JournalEntry: Equatable, Sendable {
    /// Seconds since 1970 UTC.
    package let moment: Int64
    /// The id of a token, or `operator`, `retention`, `parent` or `public`.
    package let actor: String
    package let act: String
    /// What it was done to: a layer's id, a token's id, or the hash of a contribution's id.
    package let subject: String
    /// What else there is to say, such as a count or a precision.
    package let detail: String
    /// Which layer it was about; nil where it was about none, or was written down before layers were noted.
    package let layer: LayerIdentifier?

    package init(
        moment: Int64, actor: String, act: String, subject: String, detail: String = "", layer: LayerIdentifier? = nil
    ) {
        self.moment = moment
        self.actor = actor
        self.act = act
        self.subject = subject
        self.detail = detail
        self.layer = layer
    }

    /// How the journal names a contribution: whoever knows its id finds it, and nobody else.
    package static func subject(_ identifier: PublicIdentifier) -> String {
        Digest(of: identifier.bytes).bytes.prefix(16).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }

    /// The hash that binds this entry to the one before it: every field with its length in front, so that no two
    /// entries read alike. A layer is a field more: entries without one have the hash that they always had.
    func hash(after previous: [UInt8]) -> Digest {
        var bytes = previous
        for field in [String(moment), actor, act, subject, detail] + (layer.map { [$0.text] } ?? []) {
            withUnsafeBytes(of: UInt32(field.utf8.count).bigEndian) { bytes += $0 }
            bytes += Array(field.utf8)
        }
        return Digest(of: bytes)
    }
}

extension StoreTransaction {
    /// Adds an entry to the journal.
    package func journal(_ entry: JournalEntry) throws {
        let previous = try Data.fetchOne(
            database.cachedStatement(sql: "SELECT hash FROM journal ORDER BY sequence DESC LIMIT 1"))
        let hash = entry.hash(after: previous.map(Array.init) ?? [])
        try database.cachedStatement(
            sql: "INSERT INTO journal (moment, actor, act, subject, detail, hash, layer) VALUES (?, ?, ?, ?, ?, ?, ?)"
        ).execute(arguments: [
            entry.moment, entry.actor, entry.act, entry.subject, entry.detail, Data(hash.bytes), entry.layer?.text,
        ])
    }
}

/// Whose acts are read.
package enum JournalReach: Equatable, Sendable {
    case everything
    /// What was about some layer.
    case layers
    case layer(LayerIdentifier)
}

extension SpatialStore {
    /// A page of the journal, the last entry first.
    /// - Parameter before: the number of the last entry of the page before; nil for the first page.
    package func journal(
        _ reach: JournalReach, before: Int64?, limit: Int
    ) throws -> [(number: Int64, entry: JournalEntry)] {
        let (condition, layer): (String, String?) =
            switch reach {
            case .everything: ("?1 IS NULL", nil)
            case .layers: ("?1 IS NULL AND layer IS NOT NULL", nil)
            case .layer(let layer): ("layer = ?1", layer.text)
            }
        return try database.read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT * FROM journal WHERE \(condition) AND sequence < ?2 ORDER BY sequence DESC LIMIT ?3",
                arguments: [layer, before ?? .max, limit]
            ).map { ($0["sequence"], JournalEntry($0)) }
        }
    }

    /// The number of the first entry that does not follow from those before it; nil when the journal is whole.
    package func firstBreakOfJournal() throws -> Int64? { try database.read(JournalEntry.firstBreak) }

    /// The journal from its beginning.
    package func journal() throws -> [JournalEntry] {
        try database.read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM journal ORDER BY sequence").map { JournalEntry($0) }
        }
    }
}

extension JournalEntry {
    init(_ row: Row) {
        self.init(
            moment: row["moment"], actor: row["actor"], act: row["act"], subject: row["subject"], detail: row["detail"],
            layer: (row["layer"] as String?).flatMap { try? LayerIdentifier($0) })
    }

    /// The number of the first entry that does not follow from those before it; nil when all do.
    static func firstBreak(_ database: Database) throws -> Int64? {
        var previous: [UInt8] = []
        var sequence: Int64 = 0
        let rows = try Row.fetchCursor(database, sql: "SELECT * FROM journal ORDER BY sequence")
        while let row = try rows.next() {
            let hash = Array(row["hash"] as Data)
            guard row["sequence"] == sequence + 1, JournalEntry(row).hash(after: previous).bytes == hash else {
                return row["sequence"]
            }
            previous = hash
            sequence = row["sequence"]
        }
        // What was cut off at the end shows in the count that SQLite keeps of the numbers it has given.
        let given = try Int64.fetchOne(database, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'journal'") ?? 0
        return given == sequence ? nil : sequence + 1
    }
}
