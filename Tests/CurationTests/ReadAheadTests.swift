import Synchronization
import Testing

@testable import Curation

@Suite struct ReadAheadTests {
    @Test func whatIsMadeAheadComesInOrder() throws {
        let ahead = ReadAhead<Int> { Self.counter(to: 10_000) }
        var taken: [Int] = []
        while let number = try ahead.next() { taken.append(number) }
        ahead.stop()
        #expect(taken == Array(1...10_000))
        #expect(try ahead.next() == nil)
    }

    /// A semaphore that is let go of while it is owed something ends the process.
    @Test func itMayBeLeftAtAnyMoment() throws {
        for taken in [0, 1, 255, 256, 257, 3_000] {
            let ahead = ReadAhead<Int> { Self.counter(to: 100_000) }
            for _ in 0..<taken { _ = try ahead.next() }
            ahead.stop()
        }
    }

    private static func counter(to last: Int) -> () -> Int? {
        let count = Mutex(0)
        return {
            count.withLock { count in
                guard count < last else { return nil }
                count += 1
                return count
            }
        }
    }
}
