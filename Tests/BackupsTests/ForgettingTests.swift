import Contributions
import Curation
import Foundation
import GRDB
import SpatialDatabase
import TestSupport
import Testing

@testable import Backups

@Suite struct ForgettingTests {
    @Test func twentyDrillsBringBackNothingThatWasWithdrawnSince() async throws {
        for seed in 1...20 as ClosedRange<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let keep = try await Keep(layers: ["quartier", "ailleurs"])
            let given = try await keep.give(12, &generator)
            let elsewhere = try await keep.give(3, to: "ailleurs", &generator)
            let early = given.prefix(Int.random(in: 0...3, using: &generator))
            for identifier in early { try await keep.erase(identifier) }
            let backup = try keep.backUp()
            let late = given.shuffled(using: &generator).prefix(Int.random(in: 1...6, using: &generator))
                .filter { !early.contains($0) }
            for identifier in late { try await keep.erase(identifier) }
            let isLayerGone = Bool.random(using: &generator)
            if isLayerGone { try await keep.layers.delete(try LayerIdentifier("ailleurs")) }
            let place = keep.place
            let outcome = try await keep.restore(backup.path, to: place)
            let expected = Set(given).subtracting(early).subtracting(late).union(isLayerGone ? [] : elsewhere)
            #expect(try Keep.published(place) == expected, "seed \(seed)")
            #expect(
                outcome.forgotten == .init(erased: late.count, layers: isLayerGone ? 1 : 0), "seed \(seed)")
            // The control: with nothing known, all of it is there again.
            let other = keep.place
            try await keep.restore(backup.path, memory: .lost, to: other)
            #expect(try Keep.published(other) == Set(given).subtracting(early).union(elsewhere), "seed \(seed)")
        }
    }

    @Test func withoutTombstonesNothingIsRestoredUnlessToldTo() async throws {
        let keep = try await Keep()
        let backup = try keep.backUp()
        let place = keep.place
        await #expect(throws: BackupError.tombstonesNeeded(since: "2026-11-22T11:00:00Z")) {
            try await keep.restore(backup.path, memory: .unknown, to: place)
        }
        #expect(!FileManager.default.fileExists(atPath: place))
        #expect(try keep.leftovers() == [])
    }

    @Test func anotherFileOfTombstonesOrAnOlderOneIsRefused() async throws {
        var generator = SeededGenerator(seed: 7)
        let (keep, stranger) = (try await Keep(), try await Keep())
        let given = try await keep.give(3, &generator)
        let older = keep.folder + "/older"
        try FileManager.default.copyItem(atPath: keep.tombstones, toPath: older)
        try await keep.erase(given[0])
        let backup = try keep.backUp()
        try await stranger.erase(try await stranger.give(1, &generator)[0])
        for path in [older, stranger.tombstones] {
            await #expect(throws: BackupError.otherTombstones(path: path)) {
                try await keep.restore(backup.path, memory: .file(path), to: keep.place)
            }
        }
    }

    @Test func aLineOfTombstonesThatWasChangedIsFoundAndAHalfOneForgiven() async throws {
        var generator = SeededGenerator(seed: 8)
        let keep = try await Keep()
        for identifier in try await keep.give(4, &generator) { try await keep.erase(identifier) }
        let whole = try String(contentsOfFile: keep.tombstones, encoding: .utf8)
        let path = keep.folder + "/changed"
        var lines = whole.split(separator: "\n").map(String.init)
        lines.remove(at: 2)
        try (lines.joined(separator: "\n") + "\n").write(toFile: path, atomically: true, encoding: .utf8)
        #expect(throws: StoreError.damagedTombstones(path: path, line: 3)) { try TombstoneList(path: path) }
        try (whole + "2026-11-22T11:00:00Z erased 00ff").write(toFile: path, atomically: true, encoding: .utf8)
        #expect(try TombstoneList(path: path).tombstones.count == 4)
    }

    @Test func aStoreThatWasPutBackByHandKnowsWhatItHasForgotten() async throws {
        var generator = SeededGenerator(seed: 9)
        let keep = try await Keep()
        let given = try await keep.give(3, &generator)
        let copy = keep.place
        try SpatialStore.copy(path: keep.temporary.path, to: copy)
        try await keep.erase(given[1])
        let kept = keep.folder + "/tombstones"
        try FileManager.default.copyItem(atPath: keep.tombstones, toPath: kept)
        let store = try SpatialStore.openForWriting(path: copy, tombstones: kept)
        let unsettled = try store.unsettledTombstones()
        #expect(unsettled == [Tombstone(.erased, of: given[1])])
        let participation = Participation(layers: try PublishedLayers(store: store), localTime: .paris)
        #expect(try await participation.forgetAgain(unsettled, at: 0) == .init(erased: 1))
        #expect(try store.unsettledTombstones() == [])
        try store.close()
        #expect(try Keep.published(copy) == [given[0], given[2]])
    }

    @Test func aNewFileOfTombstonesBeginsWithAllThatTheStoreKnows() async throws {
        var generator = SeededGenerator(seed: 10)
        let keep = try await Keep()
        let given = try await keep.give(2, &generator)
        try await keep.erase(given[0])
        let copy = keep.place
        try SpatialStore.copy(path: keep.temporary.path, to: copy)
        let store = try SpatialStore.openForWriting(path: copy)
        #expect(try TombstoneList(path: copy + ".tombstones").tombstones == [Tombstone(.erased, of: given[0])])
        try store.close()
    }
}

extension Keep {
    static func publication(_ generator: inout SeededGenerator) throws -> Publication {
        Publication(
            identifier: .random(using: &generator),
            contribution: try Contribution(kind: .place, title: "Ici", geometry: nil),
            feature: Array(#"{"type":"Feature","properties":{}}"#.utf8), propertiesOffset: 31)
    }
}
