import Synchronization
import Testing

@testable import Curation

/// What is made ahead comes in its order, once, and no more is made than has room.
@Suite struct ReadAheadTests {
    private struct Broken: Error {}

    private func counting(to end: Int, _ made: Counter = Counter()) -> ReadAhead<Int> {
        ReadAhead {
            var next = 0
            return {
                next += 1
                made.set(next)
                return next <= end ? next : nil
            }
        }
    }

    @Test(
        "Everything comes, in order, and then nothing, however often it is asked",
        arguments: [0, 1, 255, 256, 257, 5_000])
    func inOrder(count: Int) throws {
        let ahead = counting(to: count)
        defer { ahead.stop() }
        var found: [Int] = []
        while let next = try ahead.next() { found.append(next) }
        #expect(found == Array((1...max(count, 1)).prefix(count)))
        #expect(try ahead.next() == nil && ahead.next() == nil)
    }

    @Test("What goes wrong is thrown behind what was made before it")
    func failures() throws {
        let opening = ReadAhead<Int> { throw Broken() }
        #expect(throws: Broken.self) { try opening.next() }
        let later = ReadAhead<Int> {
            var next = 0
            return {
                next += 1
                if next > 600 { throw Broken() }
                return next
            }
        }
        defer { later.stop() }
        // The batch in which it happens is lost: what was to be brought in is thrown away then.
        for number in 1...512 { #expect(try later.next() == number) }
        #expect(throws: Broken.self) { try later.next() }
    }

    @Test("Not more is made than some batches, and nothing after the end was called")
    func isBounded() throws {
        let made = Counter()
        let ahead = counting(to: .max - 1, made)
        #expect(try ahead.next() == 1)
        let most = (ReadAhead<Int>.mostBatches + 3) * ReadAhead<Int>.batchSize
        var before = -1
        while made.value != before { before = made.value }
        #expect(made.value <= most)
        ahead.stop()
        #expect(made.value <= most)
    }
}

private final class Counter: Sendable {
    private let number = Atomic(0)

    var value: Int { number.load(ordering: .relaxed) }

    func set(_ value: Int) { number.store(value, ordering: .relaxed) }
}
