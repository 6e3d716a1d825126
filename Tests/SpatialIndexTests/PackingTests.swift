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

    @Test(
        "a walk meets the leaves of its range, in order, until it is told to stop",
        arguments: [0, 1, 16, 17, 300, 5_000])
    func aWalkMeetsItsRange(count: Int) {
        var random = RandomFeatures(seed: UInt64(count) + 1)
        let leaves = (0..<count).map { number in
            number % 7 == 0 ? PackedTree.nowhere : BoundingBox(at(Double(number % 100), random.real(0...10)))
        }
        let tree = PackedTree(leaves: leaves)
        for _ in 0..<40 {
            let west = random.real(0...100)
            let box = BoundingBox(uncheckedWest: west, south: 2, east: west + random.real(0...20), north: 8)
            let other = BoundingBox(uncheckedWest: 3, south: 0, east: 4, north: 10)
            let parts = random.number(2) == 0 ? [box] : [box, other]
            let start = random.number(count + 1)
            let range = start..<(start + random.number(count + 2))
            let stop = random.number(4) == 0 ? random.number(count + 1) : .max
            var found: [Int] = []
            let isAtEnd = tree.forEachLeaf(in: range, touching: parts) { leaf in
                found.append(leaf)
                return leaf < stop
            }
            let expected = range.clamped(to: 0..<count).filter { leaves[$0].touches(parts) }
            let upToStop = expected.firstIndex { $0 >= stop }.map { Array(expected[...$0]) } ?? expected
            #expect(found == upToStop, "seed \(count + 1)")
            #expect(isAtEnd == !(expected.contains { $0 >= stop }), "seed \(count + 1)")
        }
    }

    @Test(
        "an identifier is found, and what is none is not, wherever identifiers stand",
        arguments: [0, 1, 2, 7, 8, 9, 1_000, 4_096])
    func identifiersAreFound(count: Int) {
        var random = RandomFeatures(seed: UInt64(count) + 5)
        let ways: [(Int) -> UInt128] = [
            { _ in UInt128(random.number(.max)) << 65 | UInt128(random.number(.max)) },
            // All with the same first bits; from one end to the other; and only the last bits differ at the very end.
            { UInt128(7) << 125 | UInt128($0 * 3) },
            { $0 == 0 ? 0 : $0 == 1 ? .max : UInt128.max / UInt128($0) },
            { UInt128.max - UInt128($0 * 2) },
        ]
        for way in ways {
            let identifiers = Array(Set((0..<count).map(way)))
            let numbers = identifiers.indices.sorted { identifiers[$0] < identifiers[$1] }.map { UInt32($0) }
            let order = IdentifierOrder(numbers, of: identifiers)
            for (number, identifier) in identifiers.enumerated() {
                #expect(order.number(of: identifier, among: identifiers) == number)
            }
            let known = Set(identifiers)
            for other in identifiers.flatMap({ [$0 &+ 1, $0 &- 1] }) + [0, .max] where !known.contains(other) {
                #expect(order.number(of: other, among: identifiers) == nil)
            }
        }
    }

    @Test("texts lie in the order of pages, however the features came, and a page is written as they are")
    func textsLieInOrder() {
        var random = RandomFeatures(seed: 77)
        let index = FeatureIndex(rebuildThreshold: .max)
        index.apply(insert: random.features(900))
        index.rebuildNow()
        index.apply(insert: random.features(60), remove: index.snapshot.features(limit: 5).features.map(\.identifier))
        for isPacked in [false, true] {
            if isPacked { index.rebuildNow() }
            let page = index.snapshot.features(limit: 700)
            let expected = page.features.map { $0.withText { text, _ in Array(text) } }.joined(separator: [0x2C])
            var bytes = [UInt8](repeating: 0, count: page.features.textLength)
            bytes.withUnsafeMutableBytes { page.features.copyTexts(to: $0) }
            #expect(bytes == Array(expected))
        }
        let packed = index.snapshot.segments[0].index
        let starts = (0..<packed.count).map { number in
            packed.texts.withText(number) { text, _ in text.baseAddress.map { UInt(bitPattern: $0) } ?? 0 }
        }
        #expect(starts == starts.sorted() && Set(starts).count == starts.count)
        #expect(FeatureList().textLength == 0)
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
