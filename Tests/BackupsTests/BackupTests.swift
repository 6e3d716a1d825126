import Contributions
import Curation
import Foundation
import SpatialDatabase
import TestSupport
import Testing

@testable import Backups

@Suite struct BackupTests {
    @Test func whatIsRestoredIsWhatWasCopiedAndNothingLater() async throws {
        var generator = SeededGenerator(seed: 1)
        let keep = try await Keep()
        let before = try await keep.give(50, &generator)
        let backup = try keep.backUp()
        _ = try await keep.give(5, &generator)
        let place = keep.place
        let outcome = try await keep.restore(backup.path, to: place)
        #expect(try Keep.published(place) == Set(before))
        #expect(outcome.manifest.counts.contributions == 50 && outcome.forgotten == .init())
        let store = try SpatialStore.openForWriting(path: place)
        #expect(try store.check().isSound)
        try store.close()
    }

    @Test func aBackupIsMadeWhileOthersWriteAndHoldsOneMoment() async throws {
        var generator = SeededGenerator(seed: 2)
        let keep = try await Keep(layers: ["quartier", "ailleurs"])
        var ours = generator
        // Each writes a pair, in one transaction: a copy that holds one of a pair is of no moment.
        let writer = Task {
            for _ in 0..<150 {
                let pair = try (0..<2).map { _ in try Keep.publication(&ours) }
                try await keep.store.write { transaction in
                    try transaction.publish(pair[0], in: LayerIdentifier("quartier"))
                    try transaction.publish(pair[1], in: LayerIdentifier("ailleurs"))
                }
            }
        }
        for number in 0..<5 {
            let backup = try keep.backUp(at: Keep.moment.addingTimeInterval(Double(number)))
            #expect(backup.manifest.counts.published.isMultiple(of: 2))
        }
        try await writer.value
        _ = generator.next()
        #expect(try keep.leftovers() == [])
    }

    @Test func aSealedBackupOpensWithItsKeyOnly() async throws {
        var generator = SeededGenerator(seed: 3)
        let keep = try await Keep()
        let given = try await keep.give(20, &generator)
        let key = BackupPrivateKey()
        let backup = try keep.backUp(for: try BackupPublicKey(key.publicText))
        let bytes = try Data(contentsOf: URL(fileURLWithPath: backup.path))
        #expect(bytes.range(of: Data("SQLite format".utf8)) == nil && bytes.range(of: Data("Lieu 1".utf8)) == nil)
        #expect(
            try Data(contentsOf: URL(fileURLWithPath: keep.backUp(at: Keep.moment + 1).path))
                .range(of: Data("SQLite format".utf8)) != nil)
        let place = keep.place
        await #expect(throws: BackupError.needsKey(path: backup.path)) {
            try await keep.restore(backup.path, to: place)
        }
        await #expect(throws: BackupError.otherKey(path: backup.path)) {
            try await keep.restore(backup.path, key: BackupPrivateKey(), to: place)
        }
        try await keep.restore(backup.path, key: key, to: place)
        #expect(try Keep.published(place) == Set(given))
    }

    @Test func aKeyIsWrittenForItsOwnerOnlyAndNeverOver() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("key-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let key = BackupPrivateKey()
        try key.write(to: path)
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
        #expect(try BackupPrivateKey(file: path).publicText == key.publicText)
        #expect(throws: BackupError.exists(path: path)) { try key.write(to: path) }
        #expect(throws: BackupError.notAPublicKey) { try BackupPublicKey("lieudit-backup-1:AAAA") }
    }

    @Test func backupsOlderThanTheirDaysGoAndNothingElse() async throws {
        let keep = try await Keep()
        let folder = BackupFolder(path: keep.folder)
        for day in 0..<4 { _ = try keep.backUp(at: Keep.moment - Double(day) * 10 * 86_400) }
        try Data().write(to: URL(fileURLWithPath: keep.folder + "/liste.txt"))
        #expect(folder.backups.count == 4)
        #expect(try folder.removeOld(keeping: 30, at: Keep.moment) == 1)
        #expect(try folder.removeOld(keeping: 7, at: Keep.moment) == 2)
        #expect(folder.backups.map(\.moment) == [Keep.moment])
        #expect(try FileManager.default.contentsOfDirectory(atPath: keep.folder).count == 2)
        #expect(throws: BackupError.tooLong(days: 31)) { try folder.removeOld(keeping: 31, at: Keep.moment) }
    }

    @Test func aRestoredStoreStandsNowhereWhereSomethingIs() async throws {
        let keep = try await Keep()
        let backup = try keep.backUp()
        let path = keep.temporary.path
        await #expect(throws: BackupError.exists(path: path)) { try await keep.restore(backup.path, to: path) }
    }
}
