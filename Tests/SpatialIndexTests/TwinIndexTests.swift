import MapGeometry
import SpatialIndex
import Testing

/// What has been there and is gone leaves no trace in any answer, whatever segments the others sit in.
@Suite struct TwinIndexTests {
    /// The same features by a detour: some moved, others beside them that are gone in the end.
    private struct Detour {
        let index = FeatureIndex(rebuildThreshold: .max)
        private(set) var gone: [IndexedFeature] = []

        /// - Parameter staying: what is there at the end, and nothing else.
        init(to staying: [IndexedFeature], _ random: inout RandomFeatures) {
            var waiting = staying
            var others: [IndexedFeature] = []
            while !waiting.isEmpty || !others.isEmpty {
                let coming = Array(waiting.suffix(random.number(60)))
                waiting.removeLast(coming.count)
                let new = waiting.isEmpty ? [] : random.features(random.number(60))
                // Some come somewhere else first, with another time, other themes and of another dimension.
                let astray = waiting.filter { _ in random.number(8) == 0 }.map { random.feature($0.identifier) }
                let going = waiting.isEmpty ? others : others.filter { _ in random.number(3) == 0 }
                index.apply(insert: coming + new + astray, remove: going.map(\.identifier))
                gone += going
                let left = Set(going.map(\.identifier))
                others = others.filter { !left.contains($0.identifier) } + new
                if random.number(6) == 0 { index.rebuildNow() }
            }
        }
    }

    @Test(
        "A layer with features put in and taken out again answers as one that never had them",
        arguments: 1...6 as ClosedRange<UInt64>)
    func goneIsGone(seed: UInt64) {
        var random = RandomFeatures(seed: 700 + seed)
        let staying = random.features(100 + random.number(150))
        let detour = Detour(to: staying, &random)
        var builder = PackedIndexBuilder()
        for feature in staying.shuffled(using: &random.generator) { builder.append(feature) }
        let questions = Questions(&random, about: staying + detour.gone)
        let expected = questions.answers(of: IndexSnapshot(builder.build()))
        let found = questions.answers(of: detour.index.snapshot)
        #expect(found == expected, "seed \(700 + seed)")
        #expect(detour.gone.count > 20, "seed \(700 + seed)")
        detour.index.rebuildNow()
        #expect(questions.answers(of: detour.index.snapshot) == expected, "seed \(700 + seed), rebuilt")
    }

    @Test(
        "Extents, dimension and themes are those of what is there, after every write",
        arguments: 1...10 as ClosedRange<UInt64>)
    func summariesAreExact(seed: UInt64) {
        var random = RandomFeatures(seed: 800 + seed)
        var model = BruteForce()
        let index = FeatureIndex(rebuildThreshold: .max)
        for round in 0..<40 {
            let known = model.features.keys.sorted()
            let insert =
                random.features(round % 3 == 0 ? random.number(80) : 0)
                + known.filter { _ in random.number(20) == 0 }.map { random.feature($0) }
            // The outermost of all go often.
            let remove =
                known.filter { _ in random.number(9) == 0 } + model.outermost.filter { _ in random.number(2) == 0 }
            index.apply(insert: insert, remove: remove)
            model.apply(insert: insert, remove: remove)
            if round % 13 == 12 { index.rebuildNow() }
            model.expectSummaries(of: index.snapshot, "seed \(800 + seed), round \(round)")
        }
        index.apply(remove: Array(model.features.keys))
        BruteForce().expectSummaries(of: index.snapshot, "seed \(800 + seed), empty")
    }

    @Test("Of several with one id in one batch only the last counts")
    func replacedBeforePacking() {
        let index = FeatureIndex()
        index.apply(insert: [
            .plain(1, .multiPoint([at(-170, -80), at(170, 80)]), time: .min ... .max),
            .plain(1, .lineString(try! LineString([at(1, 1), at(2, 2)])), time: 5...6),  // two positions make a line
        ])
        #expect(index.snapshot.extent == BoundingBox(uncheckedWest: 1, south: 1, east: 2, north: 2))
        #expect(index.snapshot.timeExtent == 5...6)
        #expect(index.snapshot.geometryDimension == 1)
    }

    @Test("An extent at zero bears no sign, in whatever order its features came", arguments: [[0, -0.0], [-0.0, 0]])
    func zeroBearsNoSign(longitudes: [Double]) {
        let index = FeatureIndex(rebuildThreshold: .max)
        for (number, longitude) in longitudes.enumerated() {
            index.apply(insert: [.plain(UInt128(number), .point(at(longitude, longitude)))])
        }
        #expect("\(String(describing: index.snapshot.extent))".contains("-") == false)
    }
}

extension BruteForce {
    /// Ids of what goes farthest in some direction of space or time.
    fileprivate var outermost: [UInt128] {
        let boxes = features.values.compactMap { feature in
            feature.geometry?.boundingBox.map { (feature.identifier, $0) }
        }
        let times = features.values.compactMap { feature in feature.time.map { (feature.identifier, $0) } }
        let ids = [
            boxes.min { $0.1.west < $1.1.west }?.0, boxes.min { $0.1.south < $1.1.south }?.0,
            boxes.max { $0.1.east < $1.1.east }?.0, boxes.max { $0.1.north < $1.1.north }?.0,
            times.min { $0.1.lowerBound < $1.1.lowerBound }?.0, times.max { $0.1.upperBound < $1.1.upperBound }?.0,
        ]
        return Set(ids.compactMap { $0 }).sorted()
    }

    fileprivate func expectSummaries(of snapshot: IndexSnapshot, _ label: String) {
        let boxes = features.values.compactMap { $0.geometry?.boundingBox }
        #expect(snapshot.extent == boxes.dropFirst().reduce(boxes.first) { $0?.union($1) }, "\(label)")
        let times = features.values.compactMap(\.time)
        let start = times.map(\.lowerBound).min()
        #expect(snapshot.timeExtent == start.map { $0...(times.map(\.upperBound).max() ?? $0) }, "\(label)")
        #expect(snapshot.themes == Set(features.values.flatMap(\.themes)).sorted(), "\(label)")
        let dimensions = Set(features.values.filter { $0.geometry?.boundingBox != nil }.map(\.dimension))
        #expect(snapshot.geometryDimension == (dimensions.count == 1 ? dimensions.first : nil), "\(label)")
    }
}

extension IndexedFeature {
    fileprivate var dimension: Int {
        switch geometry {
        case .lineString, .multiLineString: 1
        case .polygon, .multiPolygon: 2
        default: 0
        }
    }
}
