import Contributions
import Foundation
import GRDB
import MapGeometry

extension StoreTransaction {
    func insert(_ publication: Publication, layer: Int64) throws {
        let number = try insertContribution(
            publication.contribution, identifier: publication.identifier, layer: layer, state: .published, handle: nil,
            moment: 0)
        try insertPublished(publication, number: number, layer: layer, expires: nil)
        try database.cachedStatement(sql: "INSERT INTO change (layer, public_id, action) VALUES (?, ?, 'added')")
            .execute(arguments: [layer, Data(publication.identifier.bytes)])
    }

    /// Writes the public face of a contribution with its themes, its words and its place in the spatial index.
    func insertPublished(_ publication: Publication, number: Int64, layer: Int64, expires: Int64?) throws {
        let given = publication.contribution
        let box = given.geometry?.boundingBox
        let key = box.map { WebMercator.hilbertKey(of: $0.centre) } ?? WebMercator.keyOutside
        try database.cachedStatement(
            sql: """
                INSERT INTO published_feature (number, public_id, layer, kind, time_start, time_end, hilbert_key, feature,
                                               properties_offset, geometry, expires_at, cell_side, for_partners)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, \(Self.isForPartners))
                """
        ).execute(arguments: [
            number, Data(publication.identifier.bytes), layer, given.kind.number,
            given.when?.seconds.lowerBound, given.when?.seconds.upperBound, Int64(key),
            Data(publication.feature), publication.propertiesOffset,
            given.geometry.flatMap(GeometryBlob.encode).map { Data($0) }, expires, given.cell?.side.metres ?? 0,
            number,
        ])
        try insertWords(given, number: number)
        for theme in Set(given.themes) {
            try database.cachedStatement(sql: "INSERT INTO published_theme (theme, feature) VALUES (?, ?)")
                .execute(arguments: [theme, number])
        }
        guard let box else { return }
        try database.cachedStatement(
            sql: """
                INSERT INTO idx_published_feature_geometry (pkid, xmin, xmax, ymin, ymax) VALUES (?, ?, ?, ?, ?)
                """
        ).execute(arguments: [number, box.west, box.east, box.south, box.north])
    }

    private func insertWords(_ given: Contribution, number: Int64) throws {
        try database.cachedStatement(sql: "INSERT INTO published_text (rowid, title, text) VALUES (?, ?, ?)")
            .execute(arguments: [number, TextFolding.fold(given.title), TextFolding.fold(given.text)])
    }

    /// Takes every feature of a layer out of all tables; returns how many were public.
    func removeFeatures(ofLayer number: Int64) throws -> Int {
        let features = "SELECT number FROM published_feature WHERE layer = ?"
        let count =
            try Int.fetchOne(
                database, sql: "SELECT count(*) FROM published_feature WHERE layer = ?", arguments: [number]) ?? 0
        try closeReports(ofLayer: number)
        for sql in [
            "DELETE FROM idx_published_feature_geometry WHERE pkid IN (\(features))",
            "DELETE FROM published_text WHERE rowid IN (\(features))",
            "DELETE FROM published_theme WHERE feature IN (\(features))",
            "DELETE FROM published_feature WHERE layer = ?",
            "DELETE FROM contribution WHERE layer = ?",
        ] {
            try database.execute(sql: sql, arguments: [number])
        }
        // Erased words stay in the full-text index until it is merged.
        try database.execute(sql: "INSERT INTO published_text (published_text) VALUES ('optimize')")
        return count
    }
}
