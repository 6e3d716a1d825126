import MapGeometry
import Projections
import TestSupport
import Testing

/// Segments against dense sampling, refined around its best sample.
@Suite struct NearestOnLineTests {
    @Test("the distance to a segment is the least of its points'", arguments: 11...16 as ClosedRange<UInt64>)
    func agreesWithDenseSampling(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<60 {
            let start = generator.place()
            let end = Bool.random(using: &generator) ? generator.place() : generator.place(near: start, degrees: 30)
            let place = Bool.random(using: &generator) ? generator.place() : generator.place(near: start, degrees: 30)
            try expectAgreement(place, start, end, "seed \(seed)")
        }
    }

    @Test("parallels and meridians of thousands of kilometres, near poles, antipodes and the antimeridian")
    func longStraightLines() throws {
        let places = [
            at(0, 89.9), at(0, 90), at(180, 0), at(179.7, 0.4), at(-179.999, 84), at(12.5, -89.99), at(0.3, -0.2),
        ]
        let lines = [
            (at(-180, 60), at(180, 60)), (at(-180, 89.95), at(180, 89.95)), (at(-180, -90), at(180, 90)),
            (at(-0.5, -0.5), at(0.5, 0.5)), (at(-0.2, 0.3), at(0.4, 0.3)), (at(10, -90), at(10, 90)),
            (at(-180, 80), at(180, -80)), (at(-10, 89.5), at(170, 89.999)), (at(-1, -0.6), at(1.5, 0.7)),
        ]
        for place in places {
            for (start, end) in lines { try expectAgreement(place, start, end, "fixed") }
        }
    }

    @Test("a chain of segments is as near as its nearest segment")
    func chainIsAsNearAsItsNearestSegment() throws {
        var generator = SeededGenerator(seed: 17)
        for _ in 0..<40 {
            var chain = [generator.place()]
            for _ in 0..<40 { chain.append(generator.place(near: chain[chain.count - 1], degrees: 3)) }
            let place = generator.place(near: chain[20], degrees: 8)
            let whole = Geodesic.wgs84.metres(from: place, to: .lineString(try LineString(chain)))
            let parts = try zip(chain, chain.dropFirst()).map {
                Geodesic.wgs84.metres(from: place, to: .lineString(try LineString([$0, $1])))
            }
            #expect(abs(whole - parts.min()!) < 0.01)
        }
    }

    private func expectAgreement(_ place: Coordinate, _ start: Coordinate, _ end: Coordinate, _ label: String) throws {
        let found = Geodesic.wgs84.metres(from: place, to: .lineString(try LineString([start, end])))
        let sampled = sample(place, start, end)
        #expect(found <= sampled + 0.01, "\(label): \(place) \(start) \(end)")
        // Every sample is a point of the segment, so only the sampling's own step can explain less.
        #expect(found >= sampled - 0.05, "\(label): \(place) \(start) \(end)")
    }

    /// The least of 2,000 samples, each dip among them sampled again and again in finer steps.
    private func sample(_ place: Coordinate, _ start: Coordinate, _ end: Coordinate) -> Double {
        func metres(_ share: Double) -> Double {
            Geodesic.wgs84.metres(
                from: place,
                to: at(
                    start.longitude + share * (end.longitude - start.longitude),
                    start.latitude + share * (end.latitude - start.latitude)
                ))
        }
        let count = 2_000
        let samples = (0...count).map { metres(Double($0) / Double(count)) }
        let dips = samples.indices.filter {
            samples[$0] <= samples[max($0 - 1, 0)] && samples[$0] <= samples[min($0 + 1, count)]
        }
        // Where everything is equally far, as from a pole to a parallel, every sample is a dip.
        return dips.sorted { samples[$0] < samples[$1] }.prefix(5).map { dip in
            var (centre, step, best) = (Double(dip) / Double(count), 1 / Double(count), samples[dip])
            while step > 1e-13 {
                let around = (-20...20).map { min(max(centre + Double($0) * step / 20, 0), 1) }.map { ($0, metres($0)) }
                (centre, best) = around.reduce((centre, best)) { $1.1 < $0.1 ? $1 : $0 }
                step /= 10
            }
            return best
        }.min() ?? samples[0]
    }
}
