import MapGeometry
import SpatialIndex
import Testing

/// Random writes, and after each the same questions to the index, to the same features packed anew, and
/// to brute force.
@Suite struct IndexAgainstBruteForceTests {
    @Test(
        "every query agrees with brute force after random writes and rebuilds", arguments: 1...8 as ClosedRange<UInt64>)
    func agreesAfterRandomWrites(seed: UInt64) {
        expectAgreement(RandomFeatures(seed: seed), "seed \(seed)")
    }

    @Test("so does every query of a layer of points alone", arguments: 11...16 as ClosedRange<UInt64>)
    func pointsAgreeAfterRandomWrites(seed: UInt64) {
        expectAgreement(RandomFeatures(seed: seed, onlyPoints: true), "points, seed \(seed)")
    }

    private func expectAgreement(_ features: RandomFeatures, _ label: String) {
        var random = features
        var model = BruteForce()
        let index = FeatureIndex(rebuildThreshold: .max)
        for round in 0..<12 {
            let known = model.features.keys.sorted()
            let insert =
                random.features(random.number(60))
                + known.filter { _ in random.number(12) == 0 }.map { random.feature($0) }
            let remove = known.filter { _ in random.number(9) == 0 }
            index.apply(insert: insert, remove: remove)
            model.apply(insert: insert, remove: remove)
            if round % 5 == 4 { index.rebuildNow() }
            var builder = PackedIndexBuilder()
            for feature in model.features.values { builder.append(feature) }
            for snapshot in [index.snapshot, IndexSnapshot(builder.build())] {
                expectAgreement(snapshot, model, &random, "\(label), round \(round)")
            }
        }
    }

    private func expectAgreement(
        _ snapshot: IndexSnapshot, _ model: BruteForce, _ random: inout RandomFeatures, _ label: String
    ) {
        let known = model.features.keys.sorted()
        #expect(snapshot.count == known.count, "\(label)")
        for _ in 0..<4 {
            let filter = random.number(2) == 0 ? .all : random.filter(knowing: known)
            #expect(snapshot.count(matching: filter) == model.matching(filter).count, "\(label)")
            expectBox(snapshot, model, filter, &random, label)
            expectNearest(snapshot, model, filter, &random, label)
            expectTiles(snapshot, model, filter, &random, label)
            expectGround(snapshot, model, filter, &random, label)
        }
        expectProperties(snapshot, model, label)
    }

    private func expectBox(
        _ snapshot: IndexSnapshot, _ model: BruteForce, _ filter: FeatureFilter,
        _ random: inout RandomFeatures, _ label: String
    ) {
        let box = random.number(4) == 0 ? nil : random.box()
        let expected = model.identifiers(in: box, filter)
        let limit = 1 + random.number(30)
        var found: [UInt128] = []
        var key: PageKey?
        while true {
            let page = snapshot.features(in: box, matching: filter, after: key, limit: limit)
            found += page.features.map(\.identifier)
            #expect(page.hasMore == (found.count < expected.count), "\(label)")
            key = page.next
            if key == nil { break }
        }
        #expect(found == expected, "\(label), box \(String(describing: box)), \(filter)")
    }

    private func expectNearest(
        _ snapshot: IndexSnapshot, _ model: BruteForce, _ filter: FeatureFilter,
        _ random: inout RandomFeatures, _ label: String
    ) {
        let place = random.place()
        let all = model.nearest(to: place, radius: nil, filter)
        // Exactly the distance of one of them, which must be inside.
        let radius = random.number(2) == 0 || all.isEmpty ? nil : all[random.number(all.count)].metres
        let expected = model.nearest(to: place, radius: radius, filter)
        let limit = 1 + random.number(40)
        var found: [DistanceKey] = []
        var key: DistanceKey?
        while true {
            let page = snapshot.nearest(to: place, limit: limit, radius: radius, matching: filter, after: key) {
                roughMetres(from: place, to: $0)
            }
            found += page.entries.map { DistanceKey(metres: $0.metres, identifier: $0.feature.identifier) }
            #expect(page.hasMore == (found.count < expected.count), "\(label)")
            key = page.next
            if key == nil { break }
        }
        #expect(found == expected, "\(label), \(place), \(filter)")
    }

    private func expectTiles(
        _ snapshot: IndexSnapshot, _ model: BruteForce, _ filter: FeatureFilter,
        _ random: inout RandomFeatures, _ label: String
    ) {
        for zoom in [0, 1, random.number(23), random.number(23)] {
            let (x, y) = WebMercator.project(random.place())
            let side = 1 << zoom
            func cell(_ share: Double) -> Int { Int(min(max(share, 0) * Double(side), Double(side - 1))) }
            guard let tile = try? TileAddress(zoom: zoom, column: cell(x), row: cell(y)) else { continue }
            let buffer = [0, 1.0 / 64, 0.3][random.number(3)]
            let found = snapshot.tileEntries(of: tile, buffer: buffer, matching: filter).map(\.sentence).sorted()
            #expect(found == model.tile(tile, buffer: buffer, filter), "\(label), \(tile), \(buffer), \(filter)")
        }
    }

    private func expectGround(
        _ snapshot: IndexSnapshot, _ model: BruteForce, _ filter: FeatureFilter,
        _ random: inout RandomFeatures, _ label: String
    ) {
        for box in random.box().parts {
            let expected = model.matching(filter).filter { $0.geometry?.boundingBox?.intersectsPlanar(box) == true }
            var found: Set<UInt128> = []
            #expect(snapshot.everyFeature(meeting: box, matching: filter) { found.insert($0.identifier).inserted })
            #expect(found == Set(expected.map(\.identifier)), "\(label), box \(box), \(filter)")
            let last = expected.last?.identifier
            let isEvery = snapshot.everyFeature(meeting: box, matching: filter) { $0.identifier != last }
            #expect(isEvery == expected.isEmpty, "\(label), box \(box), \(filter)")
        }
    }

    private func expectProperties(_ snapshot: IndexSnapshot, _ model: BruteForce, _ label: String) {
        for (identifier, expected) in model.features {
            guard let found = snapshot.feature(identifier: identifier) else {
                Issue.record("\(label): \(identifier) is missing")
                continue
            }
            var text: [UInt8] = []
            found.appendText(to: &text)
            #expect(text == expected.text && found.identifier == identifier, "\(label)")
            #expect(found.withText { bytes, offset in Array(bytes[offset..<(bytes.count - 1)]) } == Array("{}".utf8))
            #expect(found.kind == expected.kind && found.themes == Set(expected.themes).sorted(), "\(label)")
            #expect(found.time == expected.time && found.geometry == expected.geometry, "\(label)")
            #expect(found.box == expected.geometry?.boundingBox && found.hilbertKey == expected.hilbertKey, "\(label)")
        }
        let boxes = model.features.values.compactMap { $0.geometry?.boundingBox }
        #expect(boxes.allSatisfy { snapshot.extent?.containsPlanar($0) == true }, "\(label)")
        let times = model.features.values.compactMap(\.time)
        #expect(times.allSatisfy { snapshot.timeExtent?.contains($0.lowerBound) == true }, "\(label)")
        #expect(times.allSatisfy { snapshot.timeExtent?.contains($0.upperBound) == true }, "\(label)")
    }
}
