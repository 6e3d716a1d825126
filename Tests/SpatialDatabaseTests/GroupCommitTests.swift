import Contributions
import GRDB
import Synchronization
import TestSupport
import Testing

@testable import SpatialDatabase

/// Writers at once through the store itself.
@Suite struct GroupCommitTests {
    private struct Unwilling: Error, Equatable {
        let number: Int
    }

    /// Creates layers, one in ten of which it throws away again; returns how many.
    private func write(_ writer: Int, to store: SpatialStore, shown: Ledger, seed: UInt64) async -> Int {
        var generator = SeededGenerator(seed: seed << 8 | UInt64(writer))
        var refused = 0
        for step in 0..<25 {
            let number = writer * 100 + step
            let fails = Int.random(in: 0..<10, using: &generator) == 0
            if fails { refused += 1 }
            do {
                let name = try await store.write { transaction in
                    let layer = Layer(identifier: try LayerIdentifier("l\(number)"))
                    try transaction.create(layer)
                    if fails { throw Unwilling(number: number) }
                    return layer.identifier.text
                } committed: {
                    shown.append($0)
                }
                #expect(!fails && name == "l\(number)", "seed \(seed)")
                #expect(shown.names.contains(name), "answered before it was shown, seed \(seed)")
            } catch {
                #expect(fails && error as? Unwilling == Unwilling(number: number), "\(error), seed \(seed)")
            }
        }
        return refused
    }

    @Test(
        "Writers at once: each gets its own answer, and what is shown comes in the order of the store",
        arguments: 1...3 as ClosedRange<UInt64>)
    func writersAtOnce(seed: UInt64) async throws {
        let temporary = try TemporaryStore()
        let store = temporary.store
        let commits = CommitCounter()
        store.database.add(transactionObserver: commits, extent: .databaseLifetime)
        let shown = Ledger()
        let refused = await withTaskGroup(of: Int.self) { group in
            for writer in 0..<16 {
                group.addTask { await write(writer, to: store, shown: shown, seed: seed) }
            }
            return await group.reduce(0, +)
        }
        let kept = try store.layers().map(\.identifier.text)
        #expect(kept == shown.names, "seed \(seed)")
        #expect(kept.count == 400 - refused && refused > 0, "seed \(seed)")
        #expect(commits.count < 400, "nobody shared a commit, seed \(seed)")
    }

    @Test("What follows the commit may fail for one, and what is written stays")
    func whatFollowsTheCommitMayFail() async throws {
        let temporary = try TemporaryStore()
        await #expect(throws: Unwilling(number: 7)) {
            try await temporary.store.write {
                try $0.create(Layer(identifier: LayerIdentifier("la")))
            } committed: {
                throw Unwilling(number: 7)
            }
        }
        #expect(try temporary.store.layers().count == 1)
    }

    @Test("A writer whose task has ended is written all the same")
    func anEndedTaskIsWritten() async throws {
        let temporary = try TemporaryStore()
        let store = temporary.store
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await store.write { try $0.create(Layer(identifier: LayerIdentifier("la"))) }
        }
        try await task.value
        #expect(try store.layers().count == 1)
    }
}

/// Names in the order in which they came.
private final class Ledger: Sendable {
    private let state = Mutex<[String]>([])

    var names: [String] { state.withLock { $0 } }
    func append(_ name: String) { state.withLock { $0.append(name) } }
}

/// Counts what SQLite commits, and refuses commits when told to.
final class CommitCounter: TransactionObserver, Sendable {
    struct Refusal: Error {}

    private let state = Mutex((count: 0, refusals: 0))

    var count: Int { state.withLock(\.count) }

    func refuseNext() { state.withLock { $0.refusals += 1 } }

    func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { true }
    func databaseDidChange(with event: DatabaseEvent) {}
    func databaseDidRollback(_ database: Database) {}

    func databaseWillCommit() throws {
        let isRefused = state.withLock { state in
            guard state.refusals > 0 else { return false }
            state.refusals -= 1
            return true
        }
        if isRefused { throw Refusal() }
    }

    func databaseDidCommit(_ database: Database) { state.withLock { $0.count += 1 } }
}
