import MapGeometry
import Projections
import TestSupport
import Testing

@Suite struct GeodesicBoundTests {
    @Test("the bound never exceeds the true distance between two places", arguments: [1, 2, 3] as [UInt64])
    func neverExceedsPairs(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<20_000 {
            let a = generator.place()
            let b = Bool.random(using: &generator) ? generator.place() : generator.place(near: a, degrees: 2)
            let truth = Geodesic.wgs84.metres(from: a, to: b)
            #expect(GeodesicBound.metres(from: a, to: b) <= truth, "seed \(seed): \(a) \(b)")
        }
    }

    @Test("the bound never exceeds the true distance to any place of a box", arguments: [4, 5, 6] as [UInt64])
    func neverExceedsBoxes(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<4_000 {
            let corner = generator.place()
            let far = Bool.random(using: &generator) ? generator.place() : generator.place(near: corner, degrees: 20)
            let box = BoundingBox(corner).union(BoundingBox(far))
            let here = Bool.random(using: &generator) ? generator.place() : generator.place(near: corner, degrees: 20)
            let bound = GeodesicBound(from: here).metres(to: box)
            for inside in places(of: box, near: here, &generator) {
                let truth = Geodesic.wgs84.metres(from: here, to: inside)
                #expect(bound <= truth, "seed \(seed): \(here) \(box) \(inside)")
            }
        }
    }

    @Test("the bound without sines never exceeds the true distance near by", arguments: 11...14 as ClosedRange<UInt64>)
    func neverExceedsNearBy(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<20_000 {
            let latitude = Double.random(in: -90...90, using: &generator)
            let here = Bool.random(using: &generator) ? generator.place() : at(2, latitude)
            let there = generator.place(near: here, degrees: 3.2)
            let truth = Geodesic.wgs84.metres(from: here, to: there)
            let bound = GeodesicBound.metres(from: here, to: there)
            #expect(bound <= truth, "seed \(seed): \(here) \(there)")
            #expect(bound >= truth * 0.993 - 1e-3, "seed \(seed): \(here) \(there)")
        }
    }

    @Test("the quick bound never exceeds the distance to any place of a box", arguments: [21, 22] as [UInt64])
    func quickBoundNeverExceeds(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var count = 0
        for _ in 0..<4_000 {
            let corner = generator.place()
            let box = BoundingBox(corner).union(BoundingBox(generator.place(near: corner, degrees: 20)))
            let here = Bool.random(using: &generator) ? generator.place() : generator.place(near: corner, degrees: 20)
            let (bound, isRough) = GeodesicBound(from: here).quickMetres(to: box)
            count += isRough ? 1 : 0
            for inside in places(of: box, near: here, &generator) {
                let truth = Geodesic.wgs84.metres(from: here, to: inside)
                #expect(bound <= truth, "seed \(seed): \(here) \(box) \(inside)")
            }
        }
        #expect(count > 1_000)
    }

    @Test("the quick bound is the other one near by, and is not far below what is far")
    func quickBoundIsWorthHaving() {
        let here = GeodesicBound(from: at(2.35, 48.85))
        let near = BoundingBox(at(2.4, 48.9))
        #expect(here.quickMetres(to: near) == (here.metres(to: near), false))
        for place in [at(139.7, 35.7), at(-74, 40.7), at(18.4, -33.9), at(151.2, -33.9), at(2.35, -48), at(13.4, 52.5)]
        {
            let (rough, isRough) = here.quickMetres(to: BoundingBox(place))
            #expect(isRough && rough >= 0.4 * here.metres(to: place), "\(place)")
        }
    }

    @Test("the bound is no looser than half a percent, and zero inside a box")
    func boundIsTight() {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<20_000 {
            let (a, b) = (generator.place(), generator.place())
            let truth = Geodesic.wgs84.metres(from: a, to: b)
            let bound = GeodesicBound.metres(from: a, to: b)
            #expect(bound >= truth * 0.993 - 1e-3, "\(a) \(b)")
            #expect(GeodesicBound.metres(from: a, to: BoundingBox(a).union(BoundingBox(b))) == 0)
            #expect(abs(GeodesicBound.metres(from: a, to: BoundingBox(b)) - bound) < 0.5)
        }
    }

    @Test("-180 and 180 are one meridian")
    func antimeridianIsOneLine() {
        #expect(GeodesicBound.metres(from: at(180, 12), to: at(-180, 12)) == 0)
        let strip = BoundingBox(at(-180, 10)).union(BoundingBox(at(-179, 20)))
        #expect(GeodesicBound.metres(from: at(180, 12), to: strip) == 0)
    }

    /// Corners, random places, places on the edges, and the place itself drawn into the box.
    private func places(of box: BoundingBox, near here: Coordinate, _ generator: inout SeededGenerator) -> [Coordinate]
    {
        var places = [
            at(box.west, box.south), at(box.west, box.north), at(box.east, box.south), at(box.east, box.north),
        ]
        let latitude = min(max(here.latitude, box.south), box.north)
        places += [
            at(box.west, latitude), at(box.east, latitude), at(min(max(here.longitude, box.west), box.east), latitude),
        ]
        for _ in 0..<12 {
            let longitude = Double.random(in: box.west...box.east, using: &generator)
            let latitude = Double.random(in: box.south...box.north, using: &generator)
            places += [
                at(longitude, latitude), at(box.west, latitude), at(box.east, latitude), at(longitude, box.north),
            ]
        }
        return places
    }
}
