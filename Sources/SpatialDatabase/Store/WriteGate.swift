import GRDB
import Synchronization

/// Lets writers in, in the order of arrival, and sends away who has waited too long.
///
/// Whoever waits while others write goes in the next transaction with all who wait then: a disk that syncs
/// a few hundred times a second keeps thousands of contributions. The first of them waits for nobody.
final class WriteGate: Sendable {
    fileprivate struct Line {
        var waiting: [WriteRequest] = []
        var isWriting = false
        /// When those who have waited too long are looked for next.
        var nextLook: ContinuousClock.Instant?
    }

    private let line = Mutex(Line())
    private let span: Duration
    private let tombstones: TombstoneFile?
    private let slowQueries: SlowQueries?
    /// Odd from before a commit until all that came of it is shown.
    private let round = Atomic(0)

    /// - Parameter span: how long those who come meanwhile are taken into a transaction.
    init(
        span: Duration = WriteGroup.longest, tombstones: TombstoneFile? = nil, slowQueries: SlowQueries? = nil
    ) {
        self.span = span
        self.tombstones = tombstones
        self.slowQueries = slowQueries
    }

    /// How many wait.
    var length: Int { line.withLock { $0.waiting.count } }

    var showing: ShowingRound { ShowingRound(number: round.load(ordering: .acquiring)) }

    /// Takes a request in; it is answered by its own closures.
    func enter(_ request: WriteRequest, to database: any DatabaseWriter) {
        let (mustWrite, look) = line.withLock { line in
            line.waiting.append(request)
            defer { line.isWriting = true }
            return (!line.isWriting, line.isWriting ? line.plannedLook(at: request.deadline) : nil)
        }
        if mustWrite { write(to: database) }
        if let look { sendAwayTheLate(at: look) }
    }

    /// Writes until nobody waits. Not a part of any writer's own task, whose end must not end others.
    private func write(to database: any DatabaseWriter) {
        Task {
            while let first = line.withLock({ $0.leader() }) {
                await write(first, to: database)
            }
        }
    }

    private func write(_ first: WriteRequest, to database: any DatabaseWriter) async {
        do {
            let conclusions = try await database.writeWithoutTransaction { database in
                var group = WriteGroup(
                    database: database, tombstones: self.tombstones, slowQueries: self.slowQueries, span: self.span)
                group.willCommit = { self.round.bitwiseOr(1, ordering: .releasing) }
                return group.write(first) { self.line.withLock { $0.companion() } }
            }
            for conclude in conclusions { conclude() }
            if showing.isCommitted { round.add(1, ordering: .releasing) }
        } catch {
            first.fail(error)
        }
    }

    private func sendAwayTheLate(at look: ContinuousClock.Instant) {
        Task {
            try? await Task.sleep(until: look, clock: .continuous)
            let (late, next) = line.withLock { ($0.removeLate(), $0.plannedLook(after: look)) }
            for request in late { request.fail(StoreError.busy(seconds: Int(request.patience.components.seconds))) }
            if let next { sendAwayTheLate(at: next) }
        }
    }
}

extension WriteGate.Line {
    /// The first of the next transaction; nil, and nobody writes, when there is none.
    fileprivate mutating func leader() -> WriteRequest? {
        isWriting = !waiting.isEmpty
        return isWriting ? waiting.removeFirst() : nil
    }

    /// The next one that may share a transaction.
    fileprivate mutating func companion() -> WriteRequest? {
        guard let first = waiting.first, !first.isAlone else { return nil }
        return waiting.removeFirst()
    }

    fileprivate mutating func removeLate() -> [WriteRequest] {
        let now = ContinuousClock.now
        let late = waiting.filter { $0.deadline <= now }
        waiting.removeAll { $0.deadline <= now }
        return late
    }

    /// Nil when an earlier look will plan this one.
    fileprivate mutating func plannedLook(at moment: ContinuousClock.Instant) -> ContinuousClock.Instant? {
        if let nextLook, nextLook <= moment { return nil }
        nextLook = moment
        return moment
    }

    /// One look at a time plans the next, so that there are few of them however many wait.
    fileprivate mutating func plannedLook(after look: ContinuousClock.Instant) -> ContinuousClock.Instant? {
        guard nextLook == look else { return nil }
        nextLook = waiting.map(\.deadline).min()
        return nextLook
    }
}
