package import Contributions
import Foundation
import GRDB

/// The change feed as copies read it: what to add, to read again and to forget, and never in which order it came.
extension StoreTransaction {
    /// One page from a position on; nil when what it was told by is not kept, so that a copy must begin anew.
    ///
    /// Without a position, what is public now. Each id stands once, by its last word: whether it is public at this
    /// moment, and whether it was at the position.
    /// - Parameters:
    ///   - limit: how many ids at most.
    ///   - moment: seconds since 1970 UTC; what has expired by then is not public.
    /// - Throws: `StoreError.unknownLayer`.
    package func changes(
        in layer: LayerIdentifier, from position: FeedPosition?, limit: Int, at moment: Int64
    ) throws -> FeedPage? {
        let number = try requireLayer(layer)
        switch position {
        case nil: return try published(number, mark: try lastMark(number), after: nil, limit, moment)
        case .all(let mark, let key, let identifier):
            guard try isKept(mark, number) else { return nil }
            return try published(number, mark: mark, after: (key, identifier), limit, moment)
        case .since(let mark):
            guard try isKept(mark, number), try isShort(from: mark, number) else { return nil }
            return try window(number, from: mark, to: try lastMark(number), after: nil, limit, moment)
        case .between(let mark, let end, let identifier):
            guard try isKept(mark, number), try isKept(end, number) else { return nil }
            return try window(number, from: mark, to: end, after: identifier, limit, moment)
        }
    }

    /// Above so many changes it costs a copy less to begin anew, and us to let it.
    package static var mostChanges: Int { 50_000 }

    private func lastMark(_ layer: Int64) throws -> FeedMark {
        let row = try Row.fetchOne(
            database.cachedStatement(
                sql: "SELECT sequence, public_id FROM change WHERE layer = ? ORDER BY sequence DESC LIMIT 1"),
            arguments: [layer])
        return row.map { FeedMark(sequence: $0[0], token: Self.token(of: $0[1])) } ?? .beginning
    }

    private func isKept(_ mark: FeedMark, _ layer: Int64) throws -> Bool {
        if mark == .beginning { return true }
        let identifier = try Data.fetchOne(
            database.cachedStatement(sql: "SELECT public_id FROM change WHERE sequence = ? AND layer = ?"),
            arguments: [mark.sequence, layer])
        return identifier.map { Self.token(of: $0) == mark.token } ?? false
    }

    private func isShort(from mark: FeedMark, _ layer: Int64) throws -> Bool {
        let count =
            try Int.fetchOne(
                database.cachedStatement(
                    sql: "SELECT count(*) FROM (SELECT 1 FROM change WHERE layer = ? AND sequence > ? LIMIT ?)"),
                arguments: [layer, mark.sequence, Self.mostChanges + 1]) ?? 0
        return count <= Self.mostChanges
    }

    private static func token(of identifier: Data) -> UInt64 {
        identifier.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    private func published(
        _ layer: Int64, mark: FeedMark, after last: (key: UInt64, identifier: PublicIdentifier)?, _ limit: Int,
        _ moment: Int64
    ) throws -> FeedPage {
        let rows = try Row.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT public_id, hilbert_key FROM published_feature
                    WHERE layer = ? AND (hilbert_key, public_id) > (?, ?) AND (expires_at IS NULL OR expires_at > ?)
                    ORDER BY hilbert_key, public_id LIMIT ?
                    """),
            arguments: [
                layer, last.map { Int64($0.key) } ?? -1, Data(last?.identifier.bytes ?? []), moment, limit + 1,
            ])
        var page = FeedPage(next: .since(mark: mark))
        for row in rows.prefix(limit) { page.add(try Self.identifier(row)) }
        if rows.count > limit, let end = rows.prefix(limit).last {
            let key: Int64 = end[1]
            page.goesOn(
                at: .all(mark: mark, afterKey: UInt64(key), afterIdentifier: try Self.identifier(end)))
        }
        return page
    }

    /// SQLite gives, beside a min(), the other columns of the row that has it.
    private func window(
        _ layer: Int64, from start: FeedMark, to end: FeedMark, after last: PublicIdentifier?, _ limit: Int,
        _ moment: Int64
    ) throws -> FeedPage {
        let rows = try Row.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT public_id, action <> 'added' AS was_known,
                        EXISTS (SELECT 1 FROM published_feature
                                WHERE published_feature.public_id = first.public_id AND published_feature.layer = ?1
                                AND (expires_at IS NULL OR expires_at > ?5)) AS is_public
                    FROM (SELECT public_id, action, min(sequence) FROM change
                          WHERE layer = ?1 AND sequence > ?2 AND sequence <= ?3 AND public_id > ?4
                          GROUP BY public_id ORDER BY public_id LIMIT ?6) AS first
                    ORDER BY public_id
                    """),
            arguments: [layer, start.sequence, end.sequence, Data(last?.bytes ?? []), moment, limit + 1])
        var page = FeedPage(next: .since(mark: end))
        for row in rows.prefix(limit) {
            page.note(try Self.identifier(row), isPublic: row["is_public"], wasKnown: row["was_known"])
        }
        if rows.count > limit, let last = rows.prefix(limit).last {
            page.goesOn(at: .between(mark: start, end: end, after: try Self.identifier(last)))
        }
        return page
    }

    private static func identifier(_ row: Row) throws -> PublicIdentifier {
        guard let identifier = PublicIdentifier(bytes: row[0] as Data) else {
            throw StoreError.damagedRow(table: "change", number: 0)
        }
        return identifier
    }
}
