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

    @Test func whatWasMadeBeforeAFailureComesBeforeIt() throws {
        for made in [0, 1, 256, 300] {
            let counter = Self.counter(to: made)
            let ahead = ReadAhead<Int> {
                {
                    guard let number = counter() else { throw Failure() }
                    return number
                }
            }
            for number in 0..<made { #expect(try ahead.next() == number + 1) }
            for _ in 0..<2 { #expect(throws: Failure.self) { try ahead.next() } }
            ahead.stop()
        }
    }

    private struct Failure: Error {}

    private static func counter(to last: Int) -> @Sendable () -> Int? {
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
