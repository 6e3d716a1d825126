package import Contributions
import Foundation
import GRDB
import MapGeometry

/// Into the published relation and out of it: the only tables that the public side reads.
extension StoreTransaction {
    /// Makes a contribution public, or replaces its public face by this one.
    ///
    /// - Parameter expires: seconds since 1970 UTC from which it is not public any more; nil for never.
    package func show(
        _ stored: StoredContribution, as publication: Publication, month: String?, expires: Int64?
    ) throws {
        let isNew = !stored.isPublic || publication.identifier != stored.identifier
        if stored.isPublic { try removePublished(stored.number) }
        if stored.wasPublic, publication.identifier != stored.identifier {
            try feed(stored.identifier, layer: stored.layer, action: "withdrawn")
        }
        let layer = try requireLayer(stored.layer)
        try insertPublished(publication, number: stored.number, layer: layer, expires: expires)
        try feed(publication.identifier, layer: stored.layer, action: isNew ? "added" : "changed")
        try database.cachedStatement(
            sql: """
                UPDATE contribution SET was_public = 1, release_at = NULL, expires_at = ?, month = coalesce(month, ?)
                WHERE number = ?
                """
        ).execute(arguments: [expires, month, stored.number])
    }

    /// Takes a contribution out of everything public; the change feed says so where its id was ever public.
    package func withdrawFromPublic(_ stored: StoredContribution) throws {
        guard stored.isPublic else { return }
        try removePublished(stored.number)
        try feed(stored.identifier, layer: stored.layer, action: "withdrawn")
    }

    /// What has become due: what is published and to be released by now, and what has expired by now; no
    /// contribution is in both.
    /// In the order of their ids, which are random.
    package func due(at moment: Int64) throws -> (released: [StoredContribution], expired: [StoredContribution]) {
        let released = try StoredContribution.fetch(
            database,
            where: """
                contribution.release_at <= ? AND state = 'published'
                AND (contribution.expires_at IS NULL OR contribution.expires_at > ?) ORDER BY contribution.public_id
                """, [moment, moment])
        let expired = try StoredContribution.fetch(
            database, where: "contribution.expires_at <= ? ORDER BY contribution.public_id", [moment])
        return (released, expired)
    }

    private func feed(_ identifier: PublicIdentifier, layer: LayerIdentifier, action: String) throws {
        try database.cachedStatement(sql: "INSERT INTO change (layer, public_id, action) VALUES (?, ?, ?)")
            .execute(arguments: [try requireLayer(layer), Data(identifier.bytes), action])
    }

    private func removePublished(_ number: Int64) throws {
        for sql in [
            "DELETE FROM idx_published_feature_geometry WHERE pkid = ?",
            "DELETE FROM published_text WHERE rowid = ?",
            "DELETE FROM published_theme WHERE feature = ?",
            "DELETE FROM published_feature WHERE number = ?",
        ] {
            try database.cachedStatement(sql: sql).execute(arguments: [number])
        }
    }
}

extension SpatialStore {
    /// The next moment (seconds since 1970 UTC) at which something is released or expires; nil for none.
    package func nextDue() throws -> Int64? {
        try database.read { database in
            try Int64.fetchOne(
                database,
                sql: """
                    SELECT min(moment) FROM (
                        SELECT min(release_at) AS moment FROM contribution
                        WHERE release_at IS NOT NULL AND state = 'published'
                        UNION ALL SELECT min(expires_at) FROM contribution WHERE expires_at IS NOT NULL
                        UNION ALL SELECT min(answer_by) FROM parent_agreement WHERE answer_by IS NOT NULL)
                    """)
        }
    }
}
