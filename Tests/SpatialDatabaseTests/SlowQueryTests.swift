import GRDB
import TestSupport
import Testing

@testable import SpatialDatabase

@Suite struct SlowQueryTests {
    @Test func aSlowStatementIsToldOfByItsPlanAndWithoutItsValues() throws {
        let temporary = try TemporaryStore()
        let store = temporary.store
        store.slowQueries.note("SELECT * FROM contribution WHERE title = ?", 0.5)
        store.slowQueries.note("SELECT * FROM contribution WHERE title = ?", 0.3)
        store.slowQueries.note("SELECT 1 FROM published_feature WHERE public_id = ?", 0.4)
        let findings = try store.slowQueryFindings()
        #expect(findings.map(\.times) == [2, 1])
        #expect(findings[0].plan == ["SCAN contribution"] && findings[0].longest == 0.5)
        #expect(findings[1].plan.first?.hasPrefix("SEARCH published_feature USING") == true)
        #expect(try store.slowQueryFindings().isEmpty, "told of once")
        #expect(store.slowQueries.total == 3)
    }

    @Test func whatIsBoundIsNeverSeen() throws {
        let slow = SlowQueries(threshold: 0)
        let database = try DatabaseQueue()
        try database.write { database in
            slow.watch(database)
            try database.execute(sql: "CREATE TABLE t (a)")
            try database.execute(sql: "INSERT INTO t VALUES (?)", arguments: ["Zébrulon"])
        }
        #expect(slow.total >= 2)
        #expect(slow.texts.contains("INSERT INTO t VALUES (?)"))
        #expect(!slow.texts.contains { $0.contains("Zébrulon") })
    }
}
