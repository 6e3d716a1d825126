import MapGeometry
import TestSupport
import Testing

@testable import Projections

@Suite struct ShortWayTests {
    @Test("a short way is as long as Karney's solution says, to 50 nm", arguments: 31...34 as ClosedRange<UInt64>)
    func shortWaysAreExact(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let ellipsoid = Geodesic.wgs84.ellipsoid
        var count = 0
        for _ in 0..<20_000 {
            let latitude = Double.random(in: -90...90, using: &generator)
            let here = Bool.random(using: &generator) ? generator.place() : at(2.35, latitude)
            let there = generator.place(near: here, degrees: 0.25)
            guard let metres = ellipsoid.shortWay(from: here, to: there) else { continue }
            count += 1
            let truth = ellipsoid.inverse(from: here, to: there).metres
            #expect(abs(metres - truth) < 5e-8, "seed \(seed): \(here) \(there)")
            #expect(ellipsoid.shortWay(from: there, to: here) == metres, "seed \(seed): the way back")
            #expect(GeodesicBound.metres(from: here, to: there) <= metres, "seed \(seed): \(here) \(there)")
            let bound = GeodesicBound(from: here)
            let (least, isRough) = bound.quickMetres(to: BoundingBox(there))
            if isRough { continue }
            let most = (least + GeodesicBound.slack) * bound.greatestStretch + GeodesicBound.slack
            #expect(metres <= most && bound.greatestStretch < 1.03, "seed \(seed): \(here) \(there)")
        }
        #expect(count > 10_000)
    }

    @Test("a start whose parallel is known measures to the last bit the same", arguments: [35, 36] as [UInt64])
    func startsAreExact(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<5_000 {
            let here = generator.place()
            let there = Bool.random(using: &generator) ? generator.place() : generator.place(near: here, degrees: 0.25)
            let metres = GeodesicStart(at: here).metres(to: .point(there))
            #expect(metres == Geodesic.wgs84.metres(from: here, to: there), "seed \(seed): \(here) \(there)")
        }
    }

    @Test("a place is at no distance from itself, by whichever name of its meridian")
    func nowhereIsZero() {
        let ellipsoid = Geodesic.wgs84.ellipsoid
        #expect(ellipsoid.shortWay(from: at(2.35, 48.85), to: at(2.35, 48.85)) == 0)
        #expect(ellipsoid.shortWay(from: at(180, -17), to: at(-180, -17)) == 0)
        #expect((ellipsoid.shortWay(from: at(179.999, -17), to: at(-179.999, -17)) ?? 0) > 200)
        #expect(ellipsoid.shortWay(from: at(0, 90), to: at(0.1, 90)).map { $0 < 1e-8 } == true)
    }

    @Test("a longer way is left to Karney's solution")
    func longWaysAreLeft() {
        let ellipsoid = Geodesic.wgs84.ellipsoid
        #expect(ellipsoid.shortWay(from: at(2.35, 48.85), to: at(2.35, 49.04)) == nil)
        #expect(ellipsoid.shortWay(from: at(2.35, 0), to: at(2.54, 0)) == nil)
        #expect(ellipsoid.shortWay(from: at(2.35, 48.85), to: at(182.35, 48.85)) == nil)
    }
}
