import Contributions
import Dispatch
import GRDB
import Synchronization
import TestSupport
import Testing

@testable import SpatialDatabase

/// Pieces of writing in a known order: all of them enter while one holds the gate.
@Suite struct WriteGateTests {
    // A slow machine must not part those who come together.
    private let gate = WriteGate(span: .seconds(60))
    private let temporary: TemporaryStore
    private let commits = CommitCounter()
    private let log = EventLog()

    init() throws {
        temporary = try TemporaryStore()
        temporary.store.database.add(transactionObserver: commits, extent: .databaseLifetime)
    }

    /// Enters a writer who creates a layer of that name.
    private func enter(
        _ name: String, alone: Bool = false, patience: Duration = .seconds(60),
        _ body: @escaping @Sendable (StoreTransaction) throws -> Void = { _ in }
    ) {
        let log = log
        let request = WriteRequest(isAlone: alone, patience: patience) { transaction in
            log.append("\(name) runs")
            try transaction.create(Layer(identifier: LayerIdentifier(name)))
            try body(transaction)
            return { log.append("\(name) kept") }
        } fail: { error in
            log.append(
                "\(name) \((error as? DatabaseError).map { "fails \($0.extendedResultCode.rawValue)" } ?? "\(error)")")
        }
        gate.enter(request, to: temporary.store.database)
    }

    /// Lets writers enter while one writes, and waits until all have been answered.
    private func whileHeld(answers: Int, _ enterAll: () -> Void) async {
        let (begun, signal) = AsyncStream.makeStream(of: Void.self)
        let release = DispatchSemaphore(value: 0)
        enter("first") { _ in
            signal.finish()
            release.wait()
        }
        for await _ in begun {}
        // Keeps those who come now out of the transaction of the first.
        enter("second", alone: true)
        enterAll()
        release.signal()
        await log.answers(answers + 2)
    }

    private var names: [String] {
        get throws { try temporary.store.layers().map(\.identifier.text).filter { $0 != "first" && $0 != "second" } }
    }

    private var events: [String] {
        log.events.filter { !$0.hasPrefix("first") && !$0.hasPrefix("second") }
    }

    @Test("Those who wait together are kept by one commit, in the order of arrival")
    func oneCommitForAll() async throws {
        await whileHeld(answers: 3) { for name in ["a", "b", "c"] { enter(name) } }
        #expect(events == ["a runs", "b runs", "c runs", "a kept", "b kept", "c kept"])
        #expect(commits.count == 3)
        #expect(try names == ["a", "b", "c"])
    }

    @Test("Who writes alone shares with neither those before nor those after")
    func aloneIsAlone() async throws {
        await whileHeld(answers: 5) {
            enter("a")
            enter("b")
            enter("import", alone: true)
            enter("c")
            enter("d")
        }
        // How many share a commit is a matter of time; who shares it with the import is not.
        let place = try #require(events.firstIndex(of: "import runs"))
        #expect(events[place + 1] == "import kept")
        #expect(Set(events[..<place]) == ["a runs", "b runs", "a kept", "b kept"])
        #expect(Set(events[(place + 2)...]) == ["c runs", "d runs", "c kept", "d kept"])
    }

    @Test("A group ends at 256, so that no answer waits for ever")
    func groupsEnd() async throws {
        await whileHeld(answers: 600) { for number in 0..<600 { enter("l\(number)") } }
        let largest = events.split { $0.hasSuffix("kept") }.map(\.count).max() ?? 0
        #expect(largest > 1 && largest <= 256)
        #expect(try names == (0..<600).map { "l\($0)" })
    }

    @Test("One that throws undoes only what it has written itself")
    func oneUndoesOnlyItself() async throws {
        await whileHeld(answers: 3) {
            enter("a")
            enter("b") { _ in throw StoreError.damagedGeometry }
            enter("c")
        }
        #expect(events == ["a runs", "b runs", "c runs", "a kept", "b \(StoreError.damagedGeometry)", "c kept"])
        #expect(commits.count == 3)
        #expect(try names == ["a", "c"])
    }

    @Test("One whose writing breaks a rule at the commit fails alone; the others are kept")
    func theCulpritFailsAlone() async throws {
        await whileHeld(answers: 3) {
            enter("a")
            enter("b") { transaction in
                try transaction.database.execute(
                    sql: """
                        PRAGMA defer_foreign_keys = ON;
                        INSERT INTO published_theme (theme, feature) VALUES ('x', 999)
                        """)
            }
            enter("c")
        }
        let foreignKey = DatabaseError.SQLITE_CONSTRAINT_FOREIGNKEY.rawValue
        // On a slow machine the three do not come together, and what each runs into stays the same.
        #expect(events.filter { !$0.hasSuffix("runs") } == ["a kept", "b fails \(foreignKey)", "c kept"])
        #expect(try names == ["a", "c"])
    }

    @Test("One that loses the transaction of all fails alone; the others are written again")
    func aLostTransactionIsWrittenAgain() async throws {
        await whileHeld(answers: 4) {
            enter("a")
            enter("b")
            enter("c") { try $0.database.execute(sql: "ROLLBACK") }
            enter("d")
        }
        #expect(events.filter { $0.hasPrefix("a ") } == ["a runs", "a runs", "a kept"])
        #expect(events.filter { $0.hasSuffix("kept") } == ["a kept", "b kept", "d kept"])
        #expect(events.contains { $0.hasPrefix("c fails") })
        #expect(try names == ["a", "b", "d"])
    }

    @Test("A commit that the disk refuses is everybody's error: nothing is kept and nothing shown")
    func aRefusedCommitIsEverybodys() async throws {
        let commits = commits
        await whileHeld(answers: 3) {
            enter("a")
            enter("b") { _ in commits.refuseNext() }
            enter("c") { _ in throw StoreError.damagedGeometry }
        }
        let refusal = "\(CommitCounter.Refusal())"
        #expect(events.suffix(3) == ["a \(refusal)", "b \(refusal)", "c \(StoreError.damagedGeometry)"])
        #expect(try names.isEmpty)
        enter("later")
        await log.answers(6)
        #expect(log.events.last == "later kept")
    }

    @Test("Who loses patience has not run, whoever waits longer beside it is written")
    func patienceEnds() async throws {
        let (begun, signal) = AsyncStream.makeStream(of: Void.self)
        let release = DispatchSemaphore(value: 0)
        enter("first") { _ in
            signal.finish()
            release.wait()
        }
        for await _ in begun {}
        enter("second", alone: true)
        enter("patient")
        enter("hasty", patience: .milliseconds(40))
        enter("hastier", patience: .milliseconds(20))
        await log.answers(2)
        release.signal()
        await log.answers(5)
        let busy = "\(StoreError.busy(seconds: 0))"
        #expect(Set(events.prefix(2)) == ["hastier \(busy)", "hasty \(busy)"])
        #expect(events.dropFirst(2) == ["patient runs", "patient kept"])
    }

    @Test("Where nothing can be written everybody is told so")
    func aReaderRefusesEverybody() async throws {
        let reader = try SpatialStore.openForReading(path: temporary.path)
        for name in ["a", "b"] {
            await #expect(throws: DatabaseError.self) {
                try await reader.write { try $0.create(Layer(identifier: LayerIdentifier(name))) }
            }
        }
        try reader.close()
        await #expect(throws: DatabaseError.self) { try await reader.write { _ in } }
    }
}

/// What happened, in order; answers are all events but the running of bodies.
private final class EventLog: Sendable {
    private let state = Mutex<(events: [String], waiting: (Int, CheckedContinuation<Void, Never>)?)>(([], nil))

    var events: [String] { state.withLock(\.events) }

    func append(_ event: String) {
        state.withLock { state in
            state.events.append(event)
            guard let (count, continuation) = state.waiting, Self.answers(state.events) >= count else { return }
            state.waiting = nil
            continuation.resume()
        }
    }

    /// Waits until so many have been answered.
    func answers(_ count: Int) async {
        await withCheckedContinuation { continuation in
            state.withLock { state in
                if Self.answers(state.events) >= count { return continuation.resume() }
                state.waiting = (count, continuation)
            }
        }
    }

    private static func answers(_ events: [String]) -> Int { events.count { !$0.hasSuffix(" runs") } }
}
