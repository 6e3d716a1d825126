import MapGeometry
import TestSupport
import Testing

@testable import SpatialIndex

@Suite struct PackingTests {
    @Test("a tree meets the same leaves as a look at each", arguments: [0, 1, 2, 15, 16, 17, 255, 256, 257, 5_000])
    func treeMeetsTheSameLeaves(count: Int) {
        var random = RandomFeatures(seed: UInt64(count))
        let leaves = (0..<count).map { number in
            number % 7 == 0 ? PackedTree.nowhere : BoundingBox(at(Double(number % 100), random.real(0...10)))
        }
        let tree = PackedTree(leaves: leaves)
        #expect(tree.boxes.count == PackedTree.nodeCount(leaves: count))
        for _ in 0..<20 {
            let west = random.real(0...100)
            let box = BoundingBox(uncheckedWest: west, south: 2, east: west + random.real(0...20), north: 8)
            let start = random.number(count + 1)
            var found: [Int] = []
            while let next = tree.firstLeaf(from: found.last.map { $0 + 1 } ?? start, touching: [box]) {
                found.append(next)
            }
            #expect(found == (start..<max(start, count)).filter { leaves[$0].intersectsPlanar(box) }, "seed \(count)")
        }
    }

    @Test("radix and comparison sort alike", arguments: [0, 1, 500, 1_023, 1_024, 4_000])
    func sortsByKeyThenTieBreak(count: Int) {
        var generator = SeededGenerator(seed: UInt64(count))
        for bits in [3, 20, 64] as [UInt64] {
            let keys = (0..<count).map { _ in generator.next() >> (64 - bits) }
            let ties = (0..<count).map { _ in generator.next() }
            let expected = (0..<count).sorted { (keys[$0], ties[$0]) < (keys[$1], ties[$1]) }
            #expect(
                sortedOrder(of: keys) { ties[$0] < ties[$1] }.map(Int.init) == expected, "seed \(count), \(bits) bits")
        }
    }

    @Test("themes are a set: their order and repetition do not matter")
    func themesAreSets() {
        var sets = ThemeSets()
        #expect(sets.number(of: []) == 0)
        let first = sets.number(of: [5, 2, 5])
        #expect(sets.number(of: [2, 5]) == first)
        #expect(sets.numbers(ofSet: first) == [2, 5])
        #expect(sets.set(first, hasAnyOf: [9, 5]) && !sets.set(first, hasAnyOf: [9]) && !sets.set(0, hasAnyOf: [5]))
    }
}
