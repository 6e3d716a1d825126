import MapGeometry
import Testing

@testable import SpatialIndex

/// A part of an index answers as one that never held anything else, however it has come about.
@Suite struct PartTests {
    @Test(
        "A part, changed and packed anew, answers as an index of only its features",
        arguments: 1...6 as ClosedRange<UInt64>)
    func partsAnswerAsTheirOwn(seed: UInt64) {
        var random = RandomFeatures(seed: 700 + seed)
        let whole = FeatureIndex(rebuildThreshold: .max)
        whole.apply(insert: random.features(1_500))
        whole.rebuildNow()
        whole.apply(insert: random.features(200), remove: whole.snapshot.ids(40))
        let chosen = Set(whole.snapshot.ids(.max).filter { _ in random.number(3) == 0 })
        let part = FeatureIndex(partOf: whole, rebuildThreshold: .max) { chosen.contains($0.identifier) }
        var expected = Dictionary(
            uniqueKeysWithValues: chosen.compactMap { whole.snapshot.feature(identifier: $0) }
                .map { ($0.identifier, $0.feature) })
        for step in 0..<12 {
            let changed = part.snapshot.ids(6).map { random.feature($0) }
            let new = random.features(random.number(30))
            let gone = Array(part.snapshot.ids(20).suffix(9))
            whole.apply(insert: changed + new, remove: gone)
            part.apply(insert: changed + new.prefix(10), remove: gone)
            for identifier in gone { expected[identifier] = nil }
            for feature in changed + new.prefix(10) { expected[feature.identifier] = feature }
            if step % 3 == 1 { whole.rebuildNow() }
            if step % 4 == 2 { part.rebuildNow() }
            let own = FeatureIndex()
            own.apply(insert: Array(expected.values))
            own.rebuildNow()
            part.snapshot.expectSame(as: own.snapshot, "seed \(700 + seed), step \(step)", &random)
        }
        whole.rebuildNow()
        part.rebuildNow()
        #expect(part.snapshot.segments.count == 1, "all of it is in the whole, byte for byte")
        #expect(part.snapshot.segments[0].index.texts.byteCount == whole.snapshot.segments[0].index.texts.byteCount)
    }

    @Test("A part keeps what it shows when its whole shows otherwise by now")
    func aPartKeepsItsOwn() {
        let whole = FeatureIndex()
        whole.apply(insert: [.plain(1, .point(at(1, 1))), .plain(2, .point(at(2, 2)))])
        whole.rebuildNow()
        let part = FeatureIndex(partOf: whole) { _ in true }
        whole.apply(insert: [.plain(1, .point(at(9, 9)))], remove: [2])
        whole.rebuildNow()
        part.rebuildNow()
        #expect(part.snapshot.feature(identifier: 1)?.geometry == .point(at(1, 1)))
        #expect(part.snapshot.feature(identifier: 2)?.geometry == .point(at(2, 2)))
    }
}

extension IndexSnapshot {
    fileprivate func ids(_ limit: Int) -> [UInt128] { features(limit: limit).features.map(\.identifier) }

    fileprivate func expectSame(as other: IndexSnapshot, _ comment: Comment, _ random: inout RandomFeatures) {
        #expect(count == other.count && extent == other.extent && timeExtent == other.timeExtent, comment)
        #expect(themes == other.themes && geometryDimension == other.geometryDimension, comment)
        for filter in [FeatureFilter.all, FeatureFilter(kinds: [1, 3]), FeatureFilter(anyOfThemes: [2])] {
            #expect(texts(matching: filter) == other.texts(matching: filter), comment)
            for zoom in [0, 3, 8, 13] {
                let (x, y) = WebMercator.project(random.place())
                let side = Double(1 << zoom)
                guard 0..<1 ~= x, 0..<1 ~= y,
                    let tile = try? TileAddress(zoom: zoom, column: Int(x * side), row: Int(y * side))
                else { continue }
                let found = tileEntries(of: tile, buffer: 0.02, matching: filter)
                let wanted = other.tileEntries(of: tile, buffer: 0.02, matching: filter)
                #expect("\(found.map(described))" == "\(wanted.map(described))", comment)
            }
            let here = random.place()
            let near = nearest(to: here, limit: 9, matching: filter) { roughMetres(from: here, to: $0) }
            let wanted = other.nearest(to: here, limit: 9, matching: filter) { roughMetres(from: here, to: $0) }
            #expect(near.entries.map(\.feature.identifier) == wanted.entries.map(\.feature.identifier), comment)
        }
    }

    private func texts(matching filter: FeatureFilter) -> [[UInt8]] {
        features(matching: filter, limit: .max).features.map(\.feature.text)
    }
}

private func described(_ entry: TileEntry) -> String {
    switch entry {
    case .feature(let feature): "\(feature.identifier)"
    case .shapeAsPoint(let feature, let x, let y): "\(feature.identifier) at \(x) \(y)"
    case .cluster(let cluster): "\(cluster)"
    }
}
