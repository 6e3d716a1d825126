package import Contributions
import Foundation
import GRDB

extension StoreTransaction {
    /// Nil for a layer that is no copy.
    package func mirror(of layer: LayerIdentifier) throws -> Mirror? {
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT source, state, layer.number FROM mirror JOIN layer ON layer.number = mirror.layer
                WHERE layer.identifier = ?
                """, arguments: [layer.text])
        guard let row else { return nil }
        guard let progress = try? JSONDecoder().decode(Mirror.Progress.self, from: Data((row[1] as String).utf8))
        else { throw StoreError.damagedRow(table: "mirror", number: row[2]) }
        return Mirror(source: row[0], progress: progress)
    }

    /// Makes a layer a copy, or says how far it has been read.
    package func set(_ mirror: Mirror, of layer: LayerIdentifier) throws {
        let progress = String(decoding: try JSONEncoder().encode(mirror.progress), as: UTF8.self)
        try database.execute(
            sql: """
                INSERT INTO mirror (layer, source, state) VALUES (?, ?, ?)
                ON CONFLICT (layer) DO UPDATE SET source = excluded.source, state = excluded.state
                """, arguments: [try requireLayer(layer), mirror.source, progress])
    }

    package func mirrorPages(of layer: LayerIdentifier) throws -> [Mirror.Page] {
        try Row.fetchAll(
            database, sql: "SELECT place, address, tag, next FROM mirror_page WHERE layer = ? ORDER BY place",
            arguments: [try requireLayer(layer)]
        ).map { Mirror.Page(place: $0[0], address: $0[1], tag: $0[2], next: $0[3]) }
    }

    /// Keeps what a page has said, and forgets those behind it when it is the last.
    package func keep(_ page: Mirror.Page, of layer: LayerIdentifier) throws {
        let number = try requireLayer(layer)
        try database.execute(
            sql: "INSERT OR REPLACE INTO mirror_page (layer, place, address, tag, next) VALUES (?, ?, ?, ?, ?)",
            arguments: [number, page.place, page.address, page.tag, page.next])
        guard page.next == nil else { return }
        try database.execute(
            sql: "DELETE FROM mirror_page WHERE layer = ? AND place > ?", arguments: [number, page.place])
    }

    /// All that has been read of a layer: the page on which each stood last.
    package func mirroredKeys(of layer: LayerIdentifier) throws -> [Mirror.Key: Int] {
        var keys: [Mirror.Key: Int] = [:]
        let rows = try Row.fetchCursor(
            database, sql: "SELECT outside, page FROM mirrored_feature WHERE layer = ?",
            arguments: [try requireLayer(layer)])
        while let row = try rows.next() { keys[Mirror.Key(bits: Self.bits(row[0]))] = row[1] }
        return keys
    }

    /// The digest of what was read last, and on which page; nil for what is new.
    package func mirrored(_ key: Mirror.Key, in layer: LayerIdentifier) throws -> (digest: UInt128, page: Int)? {
        let row = try Row.fetchOne(
            database.cachedStatement(sql: "SELECT digest, page FROM mirrored_feature WHERE layer = ? AND outside = ?"),
            arguments: [try requireLayer(layer), Self.data(key.bits)])
        return row.map { (Self.bits($0[0]), $0[1]) }
    }

    /// The same with what stands for it here.
    package func known(_ key: Mirror.Key, in layer: LayerIdentifier) throws -> Mirror.Known? {
        guard let (digest, page) = try mirrored(key, in: layer) else { return nil }
        let stored = try StoredContribution.fetch(
            database,
            where: """
                contribution.number = (SELECT contribution FROM mirrored_feature WHERE layer = ? AND outside = ?)
                """, [try requireLayer(layer), Self.data(key.bits)])
        return Mirror.Known(digest: digest, page: page, contribution: stored.first)
    }

    /// Says what stands for a feature of theirs; what stood for it stays unless `identifier` is given.
    package func note(
        _ key: Mirror.Key, digest: UInt128, page: Int, as identifier: PublicIdentifier? = nil,
        in layer: LayerIdentifier
    ) throws {
        try database.cachedStatement(
            sql: """
                INSERT INTO mirrored_feature (layer, outside, contribution, digest, page)
                VALUES (?1, ?2, (SELECT number FROM contribution WHERE public_id = ?3), ?4, ?5)
                ON CONFLICT (layer, outside) DO UPDATE SET digest = excluded.digest, page = excluded.page
                """
        ).execute(arguments: [
            try requireLayer(layer), Self.data(key.bits), identifier.map { Data($0.bytes) }, Self.data(digest), page,
        ])
    }

    package func forget(_ key: Mirror.Key, in layer: LayerIdentifier) throws {
        try database.cachedStatement(sql: "DELETE FROM mirrored_feature WHERE layer = ? AND outside = ?")
            .execute(arguments: [try requireLayer(layer), Self.data(key.bits)])
    }

    private static func data(_ bits: UInt128) -> Data { withUnsafeBytes(of: bits.bigEndian) { Data($0) } }

    private static func bits(_ data: Data) -> UInt128 { data.reduce(0) { $0 << 8 | UInt128($1) } }
}
