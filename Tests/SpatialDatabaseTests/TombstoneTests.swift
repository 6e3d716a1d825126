import Contributions
import Foundation
import TestSupport
import Testing

@testable import SpatialDatabase

@Suite struct TombstoneTests {
    private let temporary: TemporaryStore
    private let folder: URL

    init() throws {
        temporary = try TemporaryStore()
        folder = temporary.folder
    }

    private func list() throws -> TombstoneList { try TombstoneList(path: temporary.path + ".tombstones") }

    @Test func whatIsErasedIsWrittenDownBeforeItIsAnswered() async throws {
        var generator = SeededGenerator(seed: 1)
        let publication = try Publication.sample(nil, using: &generator)
        try await temporary.store.write { transaction in
            try transaction.create(Layer(identifier: LayerIdentifier("quartier")))
            try transaction.publish(publication, in: LayerIdentifier("quartier"))
        }
        #expect(try list().tombstones.isEmpty)
        try await temporary.store.write { transaction in
            guard
                let stored = try transaction.contribution(
                    publication.identifier, in: LayerIdentifier("quartier"))
            else { return }
            try transaction.erase(stored, at: 0)
        }
        #expect(try list().tombstones == [Tombstone(.erased, of: publication.identifier)])
    }

    @Test func whatIsUndoneLeavesNoTombstone() async throws {
        struct Stop: Error {}
        await #expect(throws: Stop.self) {
            try await temporary.store.write { transaction in
                try transaction.bury(Tombstone(.erased, Digest(of: "undone")))
                throw Stop()
            }
        }
        try await temporary.store.write { try $0.bury(Tombstone(.erased, Digest(of: "kept"))) }
        #expect(try list().tombstones == [Tombstone(.erased, Digest(of: "kept"))])
    }

    /// The file is taken over by something that cannot be written: only those who erase are refused.
    @Test func whereTombstonesCannotBeWrittenNothingIsErasedAndAllElseIsKept() async throws {
        let file = try TombstoneFile(path: folder.appendingPathComponent("other").path)
        let gate = WriteGate(span: .seconds(60), tombstones: file)
        try fillTheDisk(under: file.path)
        let outcomes = await withTaskGroup(of: String.self) { group in
            for (name, erases) in [("a", false), ("b", true), ("c", false)] {
                group.addTask {
                    await withCheckedContinuation { continuation in
                        gate.enter(
                            WriteRequest(isAlone: false, patience: .seconds(60)) { transaction in
                                try transaction.create(Layer(identifier: LayerIdentifier(name)))
                                if erases { try transaction.bury(Tombstone(.erased, Digest(of: name))) }
                                return { continuation.resume(returning: "\(name) kept") }
                            } fail: { _ in
                                continuation.resume(returning: "\(name) refused")
                            }, to: temporary.store.database)
                    }
                }
            }
            return await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(outcomes == ["a kept", "b refused", "c kept"])
        #expect(try temporary.store.layers().map(\.identifier.text).sorted() == ["a", "c"])
    }

    /// Puts a device that is always full in the place of what this process has opened under a path.
    private func fillTheDisk(under path: String) throws {
        let full = open("/dev/full", O_RDWR)
        defer { close(full) }
        for name in try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd") {
            let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(name)")
            if target == path, let descriptor = Int32(name) { dup2(full, descriptor) }
        }
    }

    @Test func aLayerThatWasMadeAnewIsNotDeletedByItsFirstTombstone() async throws {
        let name = try LayerIdentifier("fabrique")
        let store = temporary.store
        try await store.write { try $0.create(Layer(identifier: name)) }
        try await store.write { try $0.deleteLayer(name) }
        try await store.write { try $0.create(Layer(identifier: name)) }
        let position = try list().position
        #expect(try store.unsettled(in: list(), since: position) == [])
        try await store.write { try $0.deleteLayer(name) }
        #expect(try list().tombstones.count == 2, "deleted twice, and written down twice")
        #expect(try store.unsettled(in: list(), since: position) == [Tombstone(of: name)])
    }

    @Test func twoStoresDoNotShareAFileOfTombstones() throws {
        #expect(throws: StoreError.self) { try TombstoneFile(path: temporary.path + ".tombstones") }
    }

    @Test func aStoreOfALaterVersionIsNotOpened() throws {
        try temporary.store.close()
        try temporary.tamper("INSERT INTO grdb_migrations VALUES ('9999-of-tomorrow')")
        let other = folder.appendingPathComponent("later.sqlite").path
        try FileManager.default.copyItem(atPath: temporary.path, toPath: other)
        #expect(throws: StoreError.newer(path: other)) { try SpatialStore.openForWriting(path: other) }
    }
}
