import Foundation
import TestSupport
import Testing

@testable import Backups

/// Files that are not as they were written, plain and sealed: each is refused, and nothing is left behind.
@Suite struct DamageTests {
    private func made(isSealed: Bool) async throws -> (Keep, [UInt8], BackupPrivateKey) {
        var generator = SeededGenerator(seed: 4)
        let (keep, key) = (try await Keep(), BackupPrivateKey())
        _ = try await keep.give(100, &generator)
        let backup = try keep.backUp(for: isSealed ? try BackupPublicKey(key.publicText) : nil)
        return (keep, Array(try Data(contentsOf: URL(fileURLWithPath: backup.path))), key)
    }

    private func refusal(_ bytes: [UInt8], _ keep: Keep, _ key: BackupPrivateKey) async throws -> BackupError? {
        let path = keep.folder + "/other"
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        do {
            try await keep.restore(path, key: key, to: keep.place)
            return nil
        } catch let error as BackupError {
            #expect(try keep.leftovers() == [])
            return error
        }
    }

    @Test(arguments: [false, true]) func everyByteThatHasRottedIsFound(isSealed: Bool) async throws {
        let (keep, bytes, key) = try await made(isSealed: isSealed)
        #expect(try await refusal(bytes, keep, key) == nil, "the control: it is good as it is")
        var generator = SeededGenerator(seed: 5)
        // Every byte of the beginning, and some of the rest.
        let places = Array(0..<64) + (0..<60).map { _ in Int.random(in: 64..<bytes.count, using: &generator) }
        for place in places {
            var rotten = bytes
            rotten[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            let error = try await refusal(rotten, keep, key)
            #expect(error != nil, "byte \(place) of \(bytes.count)")
        }
    }

    @Test(arguments: [false, true]) func whatIsCutShortIsFound(isSealed: Bool) async throws {
        let (keep, bytes, key) = try await made(isSealed: isSealed)
        let pieces = Self.pieces(bytes)
        #expect(pieces.count >= 3)
        // In the middle of pieces, and exactly between them.
        for length in [0, 5, 9, 30, bytes.count / 2, bytes.count - 1] + pieces.map(\.lowerBound) {
            let error = try await refusal(Array(bytes.prefix(length)), keep, key)
            let path = keep.folder + "/other"
            #expect(error == .truncated(path: path) || error == .foreign(path: path), "\(length) bytes")
        }
        #expect(try await refusal(bytes + [0], keep, key) == .trailing(path: keep.folder + "/other"))
    }

    @Test(arguments: [false, true]) func piecesInAnotherOrderAreFound(isSealed: Bool) async throws {
        let (keep, bytes, key) = try await made(isSealed: isSealed)
        let pieces = Self.pieces(bytes)
        let head = Array(bytes[..<pieces[0].lowerBound])
        for order in [[0, 0, 1, 2], [0, 2], [1, 0, 2], [0, 1, 1, 2]] {
            let rest = order.flatMap { $0 == 2 ? Array(bytes[pieces[2].lowerBound...]) : Array(bytes[pieces[$0]]) }
            #expect(try await refusal(head + rest, keep, key) != nil, "\(order)")
        }
    }

    @Test func whatIsNoBackupIsRefusedWithASentence() async throws {
        let keep = try await Keep()
        let path = keep.folder + "/other"
        #expect(try await refusal(Array("SQLite format 3\0".utf8), keep, BackupPrivateKey()) == .foreign(path: path))
        #expect(
            try await refusal(Array("LIEUDIT".utf8) + [2, 0x70, 0, 0], keep, BackupPrivateKey())
                == .later(path: path, format: 2))
        #expect(BackupError.foreign(path: "x").description == "x is no backup of Lieudit")
    }

    /// Where each piece stands in a backup.
    private static func pieces(_ bytes: [UInt8]) -> [Range<Int>] {
        var (place, all) = (bytes[8] == UInt8(ascii: "s") ? 43 : 11, [Range<Int>]())
        while place + 5 <= bytes.count {
            let length = bytes[place + 1..<place + 5].reduce(0) { $0 << 8 | Int($1) }
            all.append(place..<place + 5 + length)
            place += 5 + length
        }
        return all
    }
}
