import Contributions
import Foundation
import GRDB
import MapGeometry
import TestSupport
import Testing

@testable import SpatialDatabase

@Suite struct MigrationTests {
    /// A store as it was before anybody could contribute, with one place that had been imported.
    private func oldStore(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("lieudit-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("store.sqlite").path
        var configuration = Configuration()
        configuration.prepareDatabase { try SpatiaLiteConnection.prepare($0) }
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try StoreMigrations.migrator().migrate(queue, upTo: "0001-layers-and-published-features")
        try queue.write { database in
            try database.execute(sql: Self.rows)
            #expect(try Int.fetchOne(database, sql: "SELECT count(*) FROM contribution") == 2)
            #expect(
                try Bool.fetchOne(database, sql: "SELECT CheckSpatialIndex('published_feature', 'geometry')") == true)
        }
        try queue.close()
        try body(path)
    }

    private static let rows = """
        INSERT INTO layer (identifier, title, description, prompt, review, contributors, default_precision,
                           finest_precision) VALUES ('quartier', 'Q', '', '', 'before', 'anyone', 'about', 'exact');
        INSERT INTO contribution (public_id, layer, state, kind, title, text, themes, precision, geometry, properties)
        VALUES (x'000102030405060708090a0b0c0d0e0f', 1, 'published', 0, 'Ici', 'Un texte', 'fête', 'exact',
                MakePoint(2.38, 48.87, 4326), '{}'),
               (x'ff0102030405060708090a0b0c0d0e0f', 1, 'pending', 1, 'Là', '', '', 'none', NULL, '{}');
        INSERT INTO published_feature (number, public_id, layer, kind, hilbert_key, feature, properties_offset, geometry)
        VALUES (1, x'000102030405060708090a0b0c0d0e0f', 1, 0, 5,
                CAST('{"type":"Feature","properties":{}}' AS BLOB), 31, MakePoint(2.38, 48.87, 4326));
        INSERT INTO idx_published_feature_geometry (pkid, xmin, xmax, ymin, ymax) VALUES (1, 2.38, 2.38, 48.87, 48.87);
        INSERT INTO published_text (rowid, title, text) VALUES (1, 'ici', 'un texte');
        INSERT INTO published_theme (theme, feature) VALUES ('fête', 1);
        INSERT INTO change (layer, public_id, action) VALUES (1, x'000102030405060708090a0b0c0d0e0f', 'added');
        """

    @Test func aStoreFromBeforeAnybodyCouldContributeKeepsAllThatItHolds() async throws {
        try oldStore { path in
            let store = try SpatialStore.openForWriting(path: path)
            let layer = try #require(try store.layers().first)
            #expect(layer == Layer(identifier: try LayerIdentifier("quartier"), title: "Q"))
            let identifier = try #require(PublicIdentifier(bytes: (0..<16).map { UInt8($0) }))
            let stored = try #require(try store.read { try $0.contribution(identifier, in: layer.identifier) })
            #expect(stored.state == .published && stored.isPublic && stored.wasPublic && stored.handle == nil)
            #expect(stored.content.title == "Ici" && stored.content.themes == ["fête"])
            #expect(stored.content.geometry == .point(try Coordinate(longitude: 2.38, latitude: 48.87)))
            var shown: [UInt128] = []
            try store.forEachPublished { shown.append($0.identifier) }
            #expect(shown == [identifier.bits])
            let check = try store.check()
            #expect(check.isSound, "\(check.findings)")
            try store.close()
        }
    }

    /// A table that is made anew must not take along what hangs on its rows.
    @Test func whatHangsOnAContributionOutlivesItsTable() throws {
        var configuration = Configuration()
        configuration.prepareDatabase { try SpatiaLiteConnection.prepare($0) }
        let queue = try DatabaseQueue(configuration: configuration)
        let migrator = try StoreMigrations.migrator()
        try migrator.migrate(queue, upTo: "0012-mirrors")
        try queue.write { database in
            #expect(try Bool.fetchOne(database, sql: "PRAGMA foreign_keys") == true)
            try database.execute(
                sql: """
                    INSERT INTO layer (identifier, title, description, prompt, review, contributors, default_precision,
                                       finest_precision)
                    VALUES ('quartier', 'Q', '', '', 'before', 'anyone', 'about', 'exact');
                    INSERT INTO contribution (public_id, layer, state, kind, title, text, themes, precision, properties)
                    VALUES (x'ff0102030405060708090a0b0c0d0e0f', 1, 'asked', 1, 'Là', '', '', 'none', '{}');
                    INSERT INTO inquiry (contribution, question) VALUES (1, 'Où ?');
                    """)
        }
        try migrator.migrate(queue)
        let question = try queue.read { try String.fetchOne($0, sql: "SELECT question FROM inquiry WHERE contribution = 1") }
        #expect(question == "Où ?")
        let state = try queue.read { try String.fetchOne($0, sql: "SELECT state FROM contribution") }
        #expect(state == "asked")
    }

    @Test func aStoreIsBroughtUpToDateOnce() throws {
        try oldStore { path in
            for _ in 0..<2 {
                let store = try SpatialStore.openForWriting(path: path)
                #expect(
                    try store.read { try $0.instanceKey().code("a") } == store.read { try $0.instanceKey().code("a") })
                #expect(try store.check().isSound)
                try store.close()
            }
        }
    }
}
