import TestSupport
import Testing

@testable import SpatialIndex

@Suite struct SufficientDistanceTests {
    @Test("it is the distance of the last of those that are enough", arguments: 1...5 as ClosedRange<UInt64>)
    func agreesWithSorting(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let wanted = Int.random(in: 1...40, using: &generator)
        var enough = SufficientDistance(for: wanted)
        var seen: [Double] = []
        for _ in 0..<200 {
            seen.append(Double(Int.random(in: 0..<100, using: &generator)))
            enough.note(atMost: seen[seen.count - 1])
            let expected = seen.count < wanted ? Double.infinity : seen.sorted()[wanted - 1]
            #expect(enough.metres == expected, "seed \(seed), \(seen.count) of \(wanted)")
        }
    }

    @Test("nothing is too far away when none or very many are wanted")
    func neverEnough() {
        for wanted in [-1, 0, 513, Int.max] {
            var enough = SufficientDistance(for: wanted)
            for _ in 0..<600 { enough.note(atMost: 1) }
            #expect(enough.metres == .infinity)
        }
    }
}
