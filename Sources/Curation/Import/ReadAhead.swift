import Foundation
import Synchronization

/// Makes what comes next in a thread of its own, a few batches ahead of the one who takes it.
///
/// Whoever makes one owes `stop`, after which its thread ends.
final class ReadAhead<Element: Sendable>: Sendable {
    private struct State {
        /// Each from the back.
        var batches: [[Element]] = []
        /// Why there is nothing behind the last batch: the end, or what went wrong.
        var end: Result<Void, any Error>?
        var isStopped = false
    }

    static var batchSize: Int { 256 }
    /// Batches made and not yet taken, at most.
    static var mostBatches: Int { 4 }
    /// A batch ends early with more than that in it.
    static var heaviestBatch: Int { 1 << 20 }

    private let state = Mutex(State())
    private let made = DispatchSemaphore(value: 0)
    /// Begins at nought and is signalled up: one that goes below what it began with must not be let go of.
    private let room = DispatchSemaphore(value: 0)
    private let weight: @Sendable (Element) -> Int
    /// What the taker has in hand, from the back.
    private let inHand = Mutex<[Element]>([])

    /// - Parameter weight: what one takes in memory, in bytes.
    /// - Parameter open: called in the thread; what it gives makes one element after the other, and nil at the end.
    init(
        weight: @escaping @Sendable (Element) -> Int = { _ in 0 },
        _ open: @escaping @Sendable () throws -> (() throws -> Element?)
    ) {
        self.weight = weight
        for _ in 0..<Self.mostBatches { room.signal() }
        Thread.detachNewThread { self.run(open) }
    }

    /// The next one, by one taker at a time; nil behind the last.
    /// - Throws: what making it threw.
    func next() throws -> Element? {
        if let element = inHand.withLock({ $0.popLast() }) { return element }
        made.wait()
        let (batch, end) = state.withLock { state in
            state.batches.isEmpty ? (nil, state.end) : (state.batches.removeFirst(), nil)
        }
        guard let batch else {
            // For who asks again behind the end.
            made.signal()
            try end?.get()
            return nil
        }
        room.signal()
        return inHand.withLock { inHand in
            inHand = batch
            return inHand.popLast()
        }
    }

    /// Nothing more is made.
    func stop() {
        state.withLock { $0.isStopped = true }
        room.signal()
    }

    private func run(_ open: () throws -> (() throws -> Element?)) {
        let end = Result {
            let next = try open()
            var end: Result<Bool, any Error>
            repeat {
                var batch: [Element] = []
                // What was made before something went wrong is taken before that is told.
                end = Result { try fill(&batch, next) }
                if !batch.isEmpty {
                    batch.reverse()
                    room.wait()
                    if state.withLock({ $0.isStopped }) { return }
                    state.withLock { $0.batches.append(batch) }
                    made.signal()
                }
            } while try !end.get()
        }
        state.withLock { $0.end = end }
        made.signal()
    }

    /// Whether there is nothing more.
    private func fill(_ batch: inout [Element], _ next: () throws -> Element?) throws -> Bool {
        batch.reserveCapacity(Self.batchSize)
        var weight = 0
        while batch.count < Self.batchSize, weight < Self.heaviestBatch {
            guard let element = try next() else { return true }
            weight += self.weight(element)
            batch.append(element)
        }
        return false
    }
}
