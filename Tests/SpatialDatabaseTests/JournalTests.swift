import Contributions
import GRDB
import TestSupport
import Testing

@testable import SpatialDatabase

/// RG19: what curators do is written down for good.
@Suite struct JournalTests {
    private static let entries = [
        JournalEntry(
            moment: 1_795_345_200, actor: "operator", act: "create token", subject: "k7q3", detail: "curator é"),
        JournalEntry(moment: 1_795_345_201, actor: "k7q3", act: "publish", subject: "00ff", detail: "revision 1"),
        JournalEntry(moment: 1_795_345_201, actor: "k7q3", act: "hide", subject: "00ff"),
        JournalEntry(moment: 1_795_345_300, actor: "retention", act: "forget", subject: "rejected", detail: "12"),
        JournalEntry(moment: 1_795_345_301, actor: "k7q3", act: "hide", subject: "00fe"),
    ]

    private func journalled() async throws -> TemporaryStore {
        let temporary = try TemporaryStore()
        try await temporary.store.write { transaction in
            for entry in Self.entries { try transaction.journal(entry) }
        }
        return temporary
    }

    private func isSound(_ temporary: TemporaryStore) throws -> Bool {
        let findings = try temporary.store.check().findings.filter { $0.subject == "journal" }
        #expect(findings.count == 1)
        return findings.allSatisfy { $0.severity == .fine }
    }

    @Test func whatIsWrittenComesBackAndIsSound() async throws {
        let temporary = try await journalled()
        #expect(try temporary.store.journal() == Self.entries)
        #expect(try isSound(temporary))
        #expect(try temporary.store.check().isSound)
    }

    @Test func nothingInItIsChangedOrTakenOut() async throws {
        let temporary = try await journalled()
        for sql in [
            "UPDATE journal SET act = 'x'", "UPDATE journal SET detail = detail", "DELETE FROM journal",
            "DELETE FROM journal WHERE sequence = 5", "REPLACE INTO journal SELECT * FROM journal WHERE sequence = 5",
        ] {
            await #expect(throws: DatabaseError.self, "\(sql)") {
                try await temporary.store.database.write { try $0.execute(sql: sql) }
            }
        }
        #expect(try temporary.store.journal() == Self.entries)
    }

    @Test func oneByteOfAnyRowBreaksTheChain() async throws {
        let temporary = try await journalled()
        let seed: UInt64 = 19
        var generator = SeededGenerator(seed: seed)
        var found = 0
        for round in 0..<100 {
            let sequence = Int.random(in: 1...Self.entries.count, using: &generator)
            let column = ["moment", "actor", "act", "subject", "detail", "hash"].randomElement(using: &generator)
            let name = try #require(column)
            let length = try #require(
                Int(
                    try temporary.texts(
                        "SELECT CAST(length(CAST(\(name) AS BLOB)) AS TEXT) FROM journal WHERE sequence = \(sequence)")[
                            0]))
            guard length > 0 else {
                // An empty text gets its first byte.
                try temporary.tamper("UPDATE journal SET \(name) = 'x' WHERE sequence = \(sequence)")
                found += try isSound(temporary) ? 0 : 1
                try temporary.tamper("UPDATE journal SET \(name) = '' WHERE sequence = \(sequence)")
                continue
            }
            let place = Int.random(in: 1...length, using: &generator)
            let bit = 1 << Int.random(in: 0..<(name == "hash" ? 8 : 3), using: &generator)
            let before = try temporary.texts("SELECT quote(\(name)) FROM journal WHERE sequence = \(sequence)")[0]
            try temporary.tamper(Self.flip(name, place, bit, sequence))
            let after = try temporary.texts("SELECT quote(\(name)) FROM journal WHERE sequence = \(sequence)")[0]
            #expect(before != after, "seed \(seed), round \(round): nothing was changed in \(name)")
            found += try isSound(temporary) ? 0 : 1
            try temporary.tamper("UPDATE journal SET \(name) = \(before) WHERE sequence = \(sequence)")
        }
        #expect(found == 100, "seed \(seed)")
        #expect(try isSound(temporary))
    }

    /// One bit of one byte, in the type that the column has.
    private static func flip(_ name: String, _ place: Int, _ bit: Int, _ sequence: Int) -> String {
        let type = name == "moment" ? "INTEGER" : name == "hash" ? "BLOB" : "TEXT"
        guard type != "INTEGER" else {
            return "UPDATE journal SET moment = moment + \(bit) WHERE sequence = \(sequence)"
        }
        let bytes = (0..<256).map { "x'" + String($0 + 256, radix: 16).dropFirst() + "'" }
        let value =
            "instr(x'\((0..<256).map { String($0 + 256, radix: 16).dropFirst() }.joined())', substr(b, \(place), 1)) - 1"
        let flipped = "((\(value)) | \(bit)) - ((\(value)) & \(bit))"
        let cases = bytes.enumerated().map { "WHEN \($0.offset) THEN \($0.element)" }.joined(separator: " ")
        return """
            UPDATE journal SET \(name) = (SELECT CAST(CAST(substr(b, 1, \(place) - 1) AS BLOB)
                || CAST(CASE \(flipped) \(cases) END AS BLOB) || substr(b, \(place) + 1) AS \(type))
                FROM (SELECT CAST(\(name) AS BLOB) AS b)) WHERE sequence = \(sequence)
            """
    }

    @Test(
        "what is cut off, taken out, swapped or slipped in shows",
        arguments: [
            "DELETE FROM journal WHERE sequence = 5", "DELETE FROM journal WHERE sequence >= 3",
            "DELETE FROM journal", "DELETE FROM journal WHERE sequence = 1", "DELETE FROM journal WHERE sequence = 2",
            "UPDATE journal SET sequence = 6 WHERE sequence = 5",
            "UPDATE journal SET sequence = -sequence WHERE sequence IN (3, 5)",
            "INSERT INTO journal SELECT 6, moment, actor, act, subject, detail, hash, layer FROM journal WHERE sequence = 5",
        ])
    func structure(sql: String) async throws {
        let temporary = try await journalled()
        try temporary.tamper(sql)
        #expect(try !isSound(temporary))
    }

    @Test func noTwoEntriesReadAlike() {
        let one = JournalEntry(moment: 1, actor: "a", act: "bc", subject: "d")
        let other = JournalEntry(moment: 1, actor: "ab", act: "c", subject: "d")
        #expect(one.hash(after: []) != other.hash(after: []))
        #expect(one.hash(after: []) != one.hash(after: [0]))
    }
}
