import Contributions
import Foundation
import MapFormats
import MapGeometry
import SpatialDatabase
import SpatialIndex
import TestSupport
import Testing

@testable import Curation

/// An import is one transaction: seen whole or not at all, and nobody reads or writes around it wrongly.
@Suite struct ImportTransactionTests {
    @Test func aFailedImportLeavesNeitherFeaturesNorTheLayer() async throws {
        let fixture = try ImportFixture()
        let staged = try fixture.source("a.geojson", collection(feature(), feature())).stage(
            besideStore: fixture.store.path)
        defer { staged.remove() }
        let handle = try #require(FileHandle(forWritingAtPath: staged.path))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data(#"{"type":"Feature","geometry":"nowhere"}"#.utf8))
        try handle.close()
        await #expect(throws: FormatError.self) { try await fixture.layers.publish(staged, in: fixture.layer) }
        #expect(try fixture.store.layers().isEmpty)
        #expect(fixture.layers.all.isEmpty)
        #expect(try fixture.store.check().isSound)
    }

    @Test func aFailedImportLeavesAnOlderLayerAsItWas() async throws {
        let fixture = try ImportFixture()
        let before = try await fixture.bringIn(try fixture.source("a.geojson", collection(feature(), feature())))
        let gone = try fixture.source("b.geojson", collection(feature())).stage(besideStore: fixture.store.path)
        gone.remove()
        await #expect(throws: (any Error).self) { try await fixture.layers.publish(gone, in: fixture.layer) }
        #expect(try fixture.published() == before)
        #expect(try fixture.store.publishedCounts() == [fixture.layer.identifier: 2])
    }

    @Test func anImportAddsToWhatIsThere() async throws {
        let fixture = try ImportFixture()
        #expect(try await fixture.bringIn(try fixture.source("a.geojson", collection(feature(), feature()))).count == 2)
        #expect(try await fixture.bringIn(try fixture.source("b.geojson", collection(feature()))).count == 3)
        #expect(try fixture.store.layers() == [fixture.layer])
    }

    @Test func anEmptyCollectionMakesAnEmptyLayer() async throws {
        let fixture = try ImportFixture()
        #expect(try await fixture.bringIn(try fixture.source("a.geojson", collection())).isEmpty)
        #expect(fixture.layers.all.map(\.identifier) == [fixture.layer.identifier])
    }

    @Test("While an import runs, reading goes on and other writers wait for their patience")
    func readingGoesOnAndWritersWait() async throws {
        let fixture = try ImportFixture()
        let (layers, layer) = (fixture.layers, fixture.layer)
        // Progress is told every 5,000 records, and there the transaction is held.
        let line = feature() + "\n"
        let staged = try fixture.source("a.geojsonl", String(repeating: line, count: 5_000))
            .stage(besideStore: layers.store.path)
        defer { staged.remove() }
        let (reached, entered) = AsyncStream.makeStream(of: Int.self)
        let release = DispatchSemaphore(value: 0)
        async let imported = layers.publish(staged, in: layer) { count in
            entered.yield(count)
            release.wait()
            release.signal()
        }
        let count = await reached.first { _ in true }
        #expect(count == 5_000)
        #expect(try layers.store.layers().isEmpty)
        #expect(layers.all.isEmpty)
        await #expect(throws: StoreError.busy(seconds: 0)) {
            try await layers.store.write(patience: .milliseconds(50)) { _ in }
        }
        async let patient: Void = layers.create(Layer(identifier: try LayerIdentifier("patient")))
        release.signal()
        #expect(try await imported == 5_000)
        try await patient
        #expect(layers.all.map(\.identifier.text) == ["apport", "patient"])
        #expect(try layers.require(layer.identifier).snapshot.count == 5_000)
        #expect(try fixture.leftovers.count == 1)
    }

    @Test func onlyAFileThatAnImportHasPutAsideIsTakenOver() throws {
        let store = "/var/lieux/lieudit.sqlite"
        for path in [
            "/etc/passwd", "/var/lieux/lieudit.sqlite", "/var/lieux/lieudit.sqlite.import-/../../etc/passwd",
            "/var/lieux/../lieux/lieudit.sqlite.import-a.geojsonl", "lieudit.sqlite.import-a.geojsonl",
            "/var/lieux/lieudit.sqlite.import-a/b", "",
        ] {
            #expect(throws: ImportError.notStaged(path: path)) {
                try StagedImport(path: path, count: 1, besideStore: store)
            }
        }
        let own = StagedImport.newPath(besideStore: store)
        #expect(try StagedImport(path: own, count: 1, besideStore: store).path == own)
    }

    @Test("A store named by a relative path takes over its staged files too")
    func aRelativeStoreTakesOverItsFiles() throws {
        for store in ["./data/lieudit.sqlite", "lieudit.sqlite", "data/../data/lieudit.sqlite"] {
            let own = StagedImport.newPath(besideStore: store)
            #expect(try StagedImport(path: own, count: 1, besideStore: store).path == own)
        }
    }

    @Test("A staged file is for its owner only; it stays while its import lives and goes once that has ended")
    func leftoversGoAndLivingImportsKeepTheirs() throws {
        let fixture = try ImportFixture()
        var staged: StagedImport? = try fixture.source("a.geojson", collection(feature()))
            .stage(besideStore: fixture.store.path)
        let path = try #require(staged?.path)
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
        StagedImport.removeLeftovers(besideStore: fixture.store.path)
        #expect(try fixture.leftovers.count == 1)
        staged = nil
        StagedImport.removeLeftovers(besideStore: fixture.store.path)
        #expect(try fixture.leftovers.isEmpty)
        #expect(FileManager.default.fileExists(atPath: fixture.store.path))
    }
}
