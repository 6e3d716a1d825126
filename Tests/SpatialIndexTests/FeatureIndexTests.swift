import Foundation
import MapGeometry
import SpatialIndex
import Testing

@Suite struct FeatureIndexTests {
    @Test("pages hold every feature that stays exactly once, while others come, move and go")
    func pagesAreStableUnderWrites() {
        var random = RandomFeatures(seed: 51)
        let staying = random.features(300)
        var others = random.features(300)
        let index = FeatureIndex(rebuildThreshold: .max)
        index.apply(insert: staying + others)
        var seen: [UInt128] = []
        var key: PageKey?
        repeat {
            let page = index.snapshot.features(after: key, limit: 7)
            seen += page.features.map(\.identifier)
            key = page.next
            let moving = others.prefix(20).map { random.feature($0.identifier) }
            let new = random.features(10)
            index.apply(insert: moving + new, remove: others.suffix(5).map(\.identifier))
            others = Array(others.dropLast(5)).shuffled(using: &random.generator) + new
            if random.number(10) == 0 { index.rebuildNow() }
        } while key != nil
        let kept = Set(staying.map(\.identifier))
        #expect(seen.filter(kept.contains).sorted() == kept.sorted(), "seed 51")
    }

    @Test("writers and background rebuilds at once lose nothing and bring nothing back")
    func concurrentWritesAreKept() async {
        let index = FeatureIndex(rebuildThreshold: 40)
        await withTaskGroup(of: Void.self) { group in
            for writer in 0..<4 {
                group.addTask {
                    for step in 0..<300 {
                        let identifier = UInt128(writer * 1_000 + step)
                        index.apply(
                            insert: [.plain(identifier, .point(at(Double(step) / 2, Double(writer))))],
                            remove: step % 3 == 2 ? [identifier - 1] : []
                        )
                        let isThere = index.snapshot.feature(identifier: identifier) != nil
                        #expect(isThere, "\(identifier) was not seen right after its write")
                    }
                }
            }
        }
        index.rebuildNow()
        let expected = (0..<4).flatMap { writer in
            (0..<300).filter { $0 % 3 != 1 }.map { UInt128(writer * 1_000 + $0) }
        }
        let found = index.snapshot.features(limit: .max).features.map(\.identifier)
        #expect(found.sorted() == expected.sorted())
        #expect(index.snapshot.count == expected.count)
    }

    @Test("a snapshot does not change")
    func snapshotsDoNotChange() {
        let index = FeatureIndex()
        index.apply(insert: [.plain(1, .point(at(1, 1)))])
        let before = index.snapshot
        index.apply(insert: [.plain(2, .point(at(2, 2)))], remove: [1])
        #expect(before.features(limit: 10).features.map(\.identifier) == [1])
        #expect(index.snapshot.features(limit: 10).features.map(\.identifier) == [2])
    }

    @Test("extents are the smallest that hold everything, before a rebuild and after it")
    func extentsAreTight() {
        let index = FeatureIndex(rebuildThreshold: .max)
        #expect(index.snapshot.extent == nil && index.snapshot.timeExtent == nil)
        index.apply(insert: [
            .plain(1, .point(at(-170, 80)), time: .min...5), .plain(2, .point(at(2, 48)), time: 7...9), .plain(3, nil),
        ])
        #expect(index.snapshot.extent == BoundingBox(uncheckedWest: -170, south: 48, east: 2, north: 80))
        #expect(index.snapshot.timeExtent == .min...9)
        index.apply(remove: [1])
        for snapshot in [index.snapshot, rebuilt(index)] {
            #expect(snapshot.extent == BoundingBox(at(2, 48)))
            #expect(snapshot.timeExtent == 7...9)
        }
    }

    private func rebuilt(_ index: FeatureIndex) -> IndexSnapshot {
        index.rebuildNow()
        return index.snapshot
    }

    @Test("of several features with one identifier the last is kept")
    func lastOfEqualIdentifiersIsKept() {
        var builder = PackedIndexBuilder()
        for longitude in [1.0, 2, 3] { builder.append(.plain(9, .point(at(longitude, 0)))) }
        builder.append(.plain(8, .point(at(4, 0))))
        let snapshot = IndexSnapshot(builder.build())
        #expect(snapshot.count == 2)
        #expect(snapshot.feature(identifier: 9)?.geometry == .point(at(3, 0)))
        #expect(snapshot.features(limit: 10).features.map(\.identifier).sorted() == [8, 9])
    }

    @Test("a feature without time matches every interval, one without theme no theme")
    func missingProperties() {
        let index = FeatureIndex()
        index.apply(insert: [.plain(1, nil), .plain(2, nil, time: 10...20)])
        let count = { index.snapshot.count(matching: $0) }
        #expect(count(FeatureFilter(time: 20...30)) == 2)
        #expect(count(FeatureFilter(time: 21...30)) == 1)
        #expect(count(FeatureFilter(anyOfThemes: [3])) == 0)
        #expect(count(FeatureFilter(anyOfThemes: [])) == 0)
        #expect(count(FeatureFilter(identifiers: [])) == 0)
        #expect(count(FeatureFilter(identifiers: [2, 77])) == 1)
    }

    @Test("many named identifiers are asked about one by one and give the same answer")
    func manyIdentifiers() {
        var random = RandomFeatures(seed: 52)
        let features = random.features(3_000)
        let index = FeatureIndex()
        index.apply(insert: features)
        let named = Set(features.prefix(2_500).map(\.identifier))
        let page = index.snapshot.features(matching: FeatureFilter(identifiers: named), limit: .max)
        #expect(Set(page.features.map(\.identifier)) == named)
    }

    @Test("a limit of nothing gives nothing")
    func limitOfNothing() {
        let index = FeatureIndex()
        index.apply(insert: [.plain(1, .point(at(0, 0)))])
        for limit in [0, -1] {
            #expect(index.snapshot.features(limit: limit).features.isEmpty)
            #expect(index.snapshot.nearest(to: at(0, 0), limit: limit) { _ in 0 }.entries.isEmpty)
        }
    }

    @Test("distances are measured only for features that may come next")
    func measuresFew() {
        var random = RandomFeatures(seed: 53)
        var builder = PackedIndexBuilder()
        for number in 0..<5_000 {
            builder.append(.plain(UInt128(number), .point(at(random.real(-180...180), random.real(-80...80)))))
        }
        var measured = 0
        let here = at(180, 10)
        _ = IndexSnapshot(builder.build()).nearest(to: here, limit: 10) {
            measured += 1
            return roughMetres(from: here, to: $0)
        }
        #expect(measured < 20)
    }
}
