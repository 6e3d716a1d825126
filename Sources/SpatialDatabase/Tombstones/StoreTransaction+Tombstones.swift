package import Contributions
import Foundation
import GRDB

/// What one transaction takes away for good, until it is written down beside the store. Owned by one connection.
final class Departures {
    var tombstones: [Tombstone] = []
}

extension StoreTransaction {
    /// Notes in the store, and for the file outside of it, that something must never come back.
    func bury(_ tombstone: Tombstone) throws {
        try database.cachedStatement(sql: "INSERT OR IGNORE INTO erased (digest) VALUES (?)")
            .execute(arguments: [Data(tombstone.digest.bytes)])
        // What the store knows, its file knows; but a layer may be made anew and deleted anew.
        if database.changesCount > 0 || tombstone.kind == .layer { departures?.tombstones.append(tombstone) }
    }

    /// What a contribution that stands must not be any more, by what a file of tombstones says; and the same of layers.
    package func contributions(
        under tombstones: [Tombstone]
    ) throws -> (erased: [StoredContribution], moved: [StoredContribution], layers: [LayerIdentifier]) {
        let kinds = Dictionary(tombstones.map { ($0.digest, $0.kind) }) { _, last in last }
        var numbers: [Tombstone.Kind: [Int64]] = [:]
        let rows = try Row.fetchCursor(database, sql: "SELECT number, public_id FROM contribution")
        while let row = try rows.next() {
            guard let kind = kinds[Digest(of: Array(row[1] as Data))] else { continue }
            numbers[kind, default: []].append(row[0])
        }
        let layers = try LayerRecord.fetchAll(database).map(\.layer.identifier)
            .filter { kinds[Tombstone(of: $0).digest] == .layer }
        return (try fetch(numbers[.erased]), try fetch(numbers[.moved]), layers)
    }

    private func fetch(_ numbers: [Int64]?) throws -> [StoredContribution] {
        try (numbers ?? []).flatMap {
            try StoredContribution.fetch(database, where: "contribution.number = ?", [$0])
        }
    }

    /// Says that tombstones from outside hold here as well, whether or not there was something under them.
    package func settle(_ tombstones: [Tombstone]) throws {
        for tombstone in tombstones {
            try database.execute(
                sql: "INSERT OR IGNORE INTO erased (digest) VALUES (?)", arguments: [Data(tombstone.digest.bytes)])
        }
    }
}

extension SpatialStore {
    /// The hashes that the store itself has of what must never come back.
    func buried() throws -> Set<Digest> {
        try database.read { database in
            Set(try Data.fetchAll(database, sql: "SELECT digest FROM erased").compactMap { Digest(bytes: $0) })
        }
    }

    /// Tombstones of a list that the store does not know: it was put back from before them.
    ///
    /// A deleted layer that was created anew is not deleted again; one that was deleted since `position` is.
    /// - Parameter position: how far the file had come when the store was copied; nil when that is not known.
    package func unsettled(in list: TombstoneList, since position: TombstonePosition? = nil) throws -> [Tombstone] {
        let buried = try buried()
        return list.entries.enumerated().compactMap { index, entry in
            guard let tombstone = entry.tombstone else { return nil }
            let isLaterLayer = tombstone.kind == .layer && position.map { index >= $0.count } ?? false
            return isLaterLayer || !buried.contains(tombstone.digest) ? tombstone : nil
        }
    }

    /// Writes into the file what it does not have and the store has: a new file begins so, on a new disk too.
    func completeTombstones() throws {
        guard let tombstones else { return }
        let known = Set(try TombstoneList(path: tombstones.path).tombstones.map(\.digest))
        try tombstones.append(
            try buried().subtracting(known).sorted { $0.hexadecimal < $1.hexadecimal }.map { Tombstone(.erased, $0) })
    }

    /// Tombstones of the store's own file that the store does not know.
    package func unsettledTombstones() throws -> [Tombstone] {
        guard let tombstones else { return [] }
        return try unsettled(in: TombstoneList(path: tombstones.path))
    }
}
