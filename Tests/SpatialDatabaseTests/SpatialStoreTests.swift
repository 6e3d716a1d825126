import Contributions
import Dispatch
import Foundation
import GRDB
import MapGeometry
import TestSupport
import Testing

@testable import SpatialDatabase

@Suite struct SpatialStoreTests {
    private let layer = try! LayerIdentifier("quartier")  // a literal that is valid

    private func point(_ longitude: Double, _ latitude: Double) throws -> Geometry {
        .point(try Coordinate(longitude: longitude, latitude: latitude))
    }

    private func publish(_ publications: [Publication], in temporary: TemporaryStore) async throws {
        let layer = layer
        try await temporary.store.write { transaction in
            try transaction.create(Layer(identifier: layer))
            for publication in publications { try transaction.publish(publication, in: layer) }
        }
    }

    @Test func aNewStoreHoldsEveryProtection() throws {
        let temporary = try TemporaryStore()
        let settings = try temporary.store.settings()
        for row in settings.rows { #expect(row.expected == nil || row.found == row.expected, "\(row.name)") }
        #expect(settings.synchronous == 2)
        let check = try temporary.store.check()
        #expect(check.isSound, "\(check.findings)")
    }

    @Test func parserFunctionsAreGoneOnWritingAndReadingConnections() throws {
        let temporary = try TemporaryStore()
        let hostile = #"SELECT GeomFromGeoJSON('{"type":"Point","coordinates":[1,2]}')"#
        for read in [
            { try temporary.store.database.read { try Row.fetchOne($0, sql: hostile) } },
            { try temporary.store.database.writeWithoutTransaction { try Row.fetchOne($0, sql: hostile) } },
        ] {
            #expect { _ = try read() } throws: { "\($0)".contains("no such function") }
        }
        let plain = try temporary.store.database.read { try Double.fetchOne($0, sql: "SELECT ST_X(MakePoint(2, 48))") }
        #expect(plain == 2)
    }

    @Test func aConnectionWithoutOurCareStillHasTheParsers() throws {
        // The control of the test above: what is unregistered was there to begin with.
        let queue = try DatabaseQueue(
            configuration: {
                var configuration = Configuration()
                configuration.prepareDatabase { try SpatiaLiteConnection.initialise($0) }
                return configuration
            }())
        let left = try queue.read { try ParserFunctions.registered($0).count }
        #expect(left > 100)
    }

    @Test func aSecondWriterIsRefusedWithASentence() throws {
        let temporary = try TemporaryStore()
        #expect(throws: StoreError.locked(path: temporary.path)) {
            _ = try SpatialStore.openForWriting(path: temporary.path)
        }
        #expect(StoreError.locked(path: "x").description.contains("another process is writing"))
    }

    @Test func aReaderBesideTheWriterCannotWrite() async throws {
        let temporary = try TemporaryStore()
        try await publish([], in: temporary)
        let reader = try SpatialStore.openForReading(path: temporary.path)
        #expect(try reader.layers().map(\.identifier) == [layer])
        await #expect(throws: DatabaseError.self) {
            try await reader.write { try $0.create(Layer(identifier: LayerIdentifier("autre"))) }
        }
        try reader.close()
    }

    @Test func whatIsPublishedComesBackAndTheSpatialIndexAgrees() async throws {
        let temporary = try TemporaryStore()
        var generator = SeededGenerator(seed: 1)
        let walk = Geometry.lineString(
            try LineString([
                Coordinate(longitude: 2.37, latitude: 48.86), Coordinate(longitude: 2.38, latitude: 48.87),
            ]))
        let publications = [
            try Publication.sample(
                try point(2.3795, 48.8680), themes: ["travail", "fête"], when: "1987", using: &generator),
            try Publication.sample(walk, using: &generator),
            try Publication.sample(nil, using: &generator),
        ]
        try await publish(publications, in: temporary)
        var found: [UInt128: (Geometry?, [String])] = [:]
        try temporary.store.forEachPublished { found[$0.identifier] = ($0.geometry, $0.themes) }
        #expect(found.count == 3)
        for publication in publications {
            #expect(found[publication.identifier.bits]?.0 == publication.contribution.geometry)
        }
        #expect(found[publications[0].identifier.bits]?.1.sorted() == ["fête", "travail"])
        let check = try temporary.store.check()
        #expect(check.isSound, "\(check.findings)")
    }

    @Test func checkSaysWhenTheSpatialIndexLies() async throws {
        let temporary = try TemporaryStore()
        var generator = SeededGenerator(seed: 2)
        try await publish([try .sample(try point(2, 48), using: &generator)], in: temporary)
        try await temporary.store.database.write { try $0.execute(sql: "DELETE FROM idx_published_feature_geometry") }
        let check = try temporary.store.check()
        #expect(check.findings.contains { $0.subject == "CheckSpatialIndex" && $0.severity == .wrong })
        #expect(!check.isSound)
    }

    @Test func aSelfCrossingPolygonIsKeptAndFlagged() async throws {
        let temporary = try TemporaryStore()
        var generator = SeededGenerator(seed: 3)
        let bowTie = Polygon(
            exterior: try LinearRing([
                Coordinate(longitude: 0, latitude: 0), Coordinate(longitude: 1, latitude: 1),
                Coordinate(longitude: 1, latitude: 0), Coordinate(longitude: 0, latitude: 1),
                Coordinate(longitude: 0, latitude: 0),
            ]))
        try await publish([try .sample(.polygon(bowTie), using: &generator)], in: temporary)
        let check = try temporary.store.check()
        #expect(check.isSound)
        #expect(check.findings.contains { $0.severity == .notice && $0.subject == "shape that crosses itself" })
    }

    @Test func deletingALayerLeavesNothingBehind() async throws {
        let temporary = try TemporaryStore()
        var generator = SeededGenerator(seed: 4)
        try await publish(
            try (0..<20).map { try .sample(try point(Double($0), 48), title: "Mot secret", using: &generator) },
            in: temporary)
        let layer = layer
        #expect(try await temporary.store.write { try $0.deleteLayer(layer) } == 20)
        let left = try await temporary.store.database.read { database in
            try [
                "layer", "contribution", "published_feature", "published_text", "published_theme", "change",
                "idx_published_feature_geometry",
            ].map {
                try Int.fetchOne(database, sql: "SELECT count(*) FROM \($0)") ?? -1
            }
        }
        #expect(left.allSatisfy { $0 == 0 }, "\(left)")
        #expect(try temporary.store.check().isSound)
    }

    @Test func aFailedTransactionLeavesNothing() async throws {
        let temporary = try TemporaryStore()
        var generator = SeededGenerator(seed: 5)
        let one = try Publication.sample(try point(2, 48), using: &generator)
        let layer = layer
        await #expect(throws: StoreError.duplicateIdentifier(one.identifier)) {
            try await temporary.store.write { transaction in
                try transaction.create(Layer(identifier: layer))
                try transaction.publish(one, in: layer)
                try transaction.publish(one, in: layer)
            }
        }
        #expect(try temporary.store.layers().isEmpty)
    }

    @Test func whoWaitsTooLongForALongWriteIsToldSo() async throws {
        let temporary = try TemporaryStore()
        let store = temporary.store
        let (begun, signal) = AsyncStream.makeStream(of: Void.self)
        let release = DispatchSemaphore(value: 0)
        let long = Task {
            try await store.write { _ in
                signal.finish()
                release.wait()
            }
        }
        for await _ in begun {}
        await #expect(throws: StoreError.busy(seconds: 0)) {
            try await store.write(patience: .milliseconds(100)) { _ in }
        }
        // Reading goes on meanwhile, and the next one gets its turn.
        #expect(try store.layers().isEmpty)
        release.signal()
        try await store.write { _ in }
        try await long.value
    }

    @Test func wordsAreFoundWhateverTheirAccentsAndLigatures() async throws {
        let temporary = try TemporaryStore()
        var generator = SeededGenerator(seed: 6)
        let work = try Publication.sample(nil, title: "Œuvre au métal", using: &generator)
        let heart = try Publication.sample(nil, title: "Cœur", text: "L'été, ex æquo", using: &generator)
        try await publish([work, heart], in: temporary)
        func found(_ words: String) throws -> Set<UInt128> {
            try temporary.store.identifiers(withWords: words, in: layer)
        }
        #expect(try found("oeuvre METAL") == [work.identifier.bits])
        #expect(try found("œuvre") == [work.identifier.bits])
        #expect(try found("ete aequo") == [heart.identifier.bits])
        #expect(try found("metal coeur").isEmpty)
        #expect(try found("\" OR *").isEmpty)
    }

    /// Alone in its process, since tests beside it would show in its figures: `Tools/test` runs it so.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["LIEUDIT_TEST_MEMORY"] == "alone"))
    func openingAndClosingAHundredStoresLeavesMemoryFlat() throws {
        for _ in 0..<20 { _ = try TemporaryStore() }
        let before = residentKilobytes()
        for _ in 0..<100 { _ = try TemporaryStore() }
        let growth = residentKilobytes() - before
        // A connection's block weighs about 1 MB; a hundred times three connections would be hundreds.
        #expect(growth < 30_000, "grew by \(growth) kB")
    }

    private func residentKilobytes() -> Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS") } ?? ""
        return line.split(separator: " ").compactMap { Int($0) }.first ?? 0
    }
}
