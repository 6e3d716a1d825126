import Contributions
import GRDB
import MapGeometry
import TestSupport
import Testing

@testable import SpatialDatabase

/// What is brought in by the thousand stands in the store as if each had been published by itself.
@Suite struct PublicationInserterTests {
    @Test("Rows of all tables are the same, one by one or all at once")
    func sameRows() async throws {
        var generator = SeededGenerator(seed: 41)
        let square = try LinearRing([at(2, 48), at(3, 48), at(3, 49), at(2, 49), at(2, 48)])
        let publications = [
            try Publication.sample(.point(at(2.38, 48.87)), using: &generator),
            try .sample(
                .polygon(Polygon(exterior: square)), kind: .memory, title: "L’été à l’usine", text: "Où l’on dansait",
                themes: ["mémoire", "fête"], when: "1987", using: &generator),
            try .sample(nil, kind: .encounter, title: "", text: "Sans lieu", when: "1990/..", using: &generator),
            try .sample(.multiPoint([at(-180, 90), at(180, -90)]), using: &generator),
        ]
        let (single, together) = (try TemporaryStore(), try TemporaryStore())
        let layer = try LayerIdentifier("quartier")
        try await single.store.write { transaction in
            try transaction.create(Layer(identifier: layer))
            for publication in publications { try transaction.publish(publication, in: layer) }
        }
        try await together.store.write { transaction in
            try transaction.create(Layer(identifier: layer))
            var left = publications[...]
            _ = try transaction.publishAll(in: layer) { left.popFirst().map(PublicationRow.init) }
        }
        for table in [
            "contribution", "published_feature", "published_text", "published_theme", "idx_published_feature_geometry",
            "change",
        ] {
            let rows = try rows(of: table, in: single)
            #expect(try rows == self.rows(of: table, in: together), "\(table)")
            #expect(!rows.isEmpty, "\(table)")
        }
        #expect(try together.store.check().isSound)
    }

    @Test(
        "The spatial index is one that SQLite finds sound, holds what it would hold one by one, and takes more afterwards",
        arguments: [1, 44, 45, 100, 44 * 44 + 1, 5_000])
    func spatialIndex(count: Int) async throws {
        var generator = SeededGenerator(seed: UInt64(count))
        func publications(_ count: Int) throws -> [Publication] {
            try (0..<count).map { number in
                let place = at(.random(in: -180...180, using: &generator), .random(in: -90...90, using: &generator))
                let far = at(place.longitude / 2, place.latitude / 3)
                let line = try LineString([place, far])
                return try .sample(number % 9 == 0 ? .lineString(line) : .point(place), using: &generator)
            }
        }
        let temporary = try TemporaryStore()
        let layer = try LayerIdentifier("quartier")
        // First into an empty index, then more than is there, then less, then one by itself.
        let rounds = [try publications(count), try publications(count + 1), try publications(3), try publications(1)]
        for (number, round) in rounds.enumerated() {
            try await temporary.store.write { transaction in
                if number == 0 { try transaction.create(Layer(identifier: layer)) }
                var left = round[...]
                if number == 3 { return try transaction.publish(round[0], in: layer) }
                _ = try transaction.publishAll(in: layer) { left.popFirst().map(PublicationRow.init) }
            }
            #expect(try judgement(of: temporary) == "ok", "seed \(count), round \(number)")
        }
        #expect(try temporary.store.check().isSound, "seed \(count)")
        let single = try TemporaryStore()
        try await single.store.write { transaction in
            try transaction.create(Layer(identifier: layer))
            for publication in rounds.joined() { try transaction.publish(publication, in: layer) }
        }
        let index = "idx_published_feature_geometry"
        #expect(try rows(of: index, in: temporary) == rows(of: index, in: single), "seed \(count)")
    }

    @Test("An id that is taken is refused, and the cache of pages is as small as before")
    func repeatedIdentifier() async throws {
        var generator = SeededGenerator(seed: 42)
        let publication = try Publication.sample(.point(at(2.38, 48.87)), using: &generator)
        let temporary = try TemporaryStore()
        let layer = try LayerIdentifier("quartier")
        await #expect(throws: StoreError.duplicateIdentifier(publication.identifier)) {
            try await temporary.store.write { transaction in
                try transaction.create(Layer(identifier: layer))
                var left = [publication, publication][...]
                _ = try transaction.publishAll(in: layer) { left.popFirst().map(PublicationRow.init) }
            }
        }
        #expect(try temporary.store.layers().isEmpty)
        let size = try await temporary.store.write { transaction in
            try Int.fetchOne(transaction.database, sql: "PRAGMA cache_size")
        }
        #expect(size == -2_000)
    }

    @Test("Rows that come by the thousand are not watched for slowness, and whatever follows is, even behind a failure")
    func slowQueries() async throws {
        var generator = SeededGenerator(seed: 43)
        let publication = try Publication.sample(.point(at(2.38, 48.87)), using: &generator)
        let temporary = try TemporaryStore()
        let layer = try LayerIdentifier("quartier")
        let watching = SlowQueries(threshold: 0)
        try await temporary.store.write { transaction in
            try transaction.create(Layer(identifier: layer))
            let watched = StoreTransaction(database: transaction.database, slowQueries: watching)
            watching.watch(transaction.database)
            var left = [publication, publication][...]
            #expect(throws: StoreError.duplicateIdentifier(publication.identifier)) {
                try watched.publishAll(in: layer) { left.popFirst().map(PublicationRow.init) }
            }
            #expect(!watching.texts.contains { $0.hasPrefix("INSERT INTO contribution") })
            #expect(!watching.texts.contains("SELECT 43"))
            try transaction.database.execute(sql: "SELECT 43")
            #expect(watching.texts.contains("SELECT 43"))
        }
    }

    /// What SQLite itself finds.
    private func judgement(of temporary: TemporaryStore) throws -> String? {
        try temporary.store.database.read {
            try String.fetchOne($0, sql: "SELECT rtreecheck('idx_published_feature_geometry')")
        }
    }

    private func rows(of table: String, in temporary: TemporaryStore) throws -> [String] {
        try temporary.store.database.read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM \(table) ORDER BY 1, 2").map { row in
                row.map { "\($0.0)=\($0.1)" }.joined(separator: " ")
            }
        }
    }
}

private func at(_ longitude: Double, _ latitude: Double) -> Coordinate {
    Coordinate(clampingLongitude: longitude, latitude: latitude)
}
