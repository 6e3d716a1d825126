import Foundation
import MapGeometry
import TestSupport
import Testing

@Suite("Boxes around a place")
struct BoundingBoxAroundTests {
    @Test("the box holds every place within the radius", arguments: 0..<8 as Range<UInt64>)
    func holdsAllWithinReach(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            let place = random.place()
            let metres = pow(10, random.real(0...7.3))
            let box = BoundingBox.around(place, metres: metres)
            #expect(box.contains(place), "seed \(seed)")
            for _ in 0..<20 {
                // Often as far as the radius goes: that is where a box would be too small.
                let share = Bool.random(using: &random) ? 1 : random.real(0...1)
                let other = destination(from: place, metres: metres * share, bearing: random.real(0...(2 * .pi)))
                #expect(box.contains(other), "seed \(seed): \(metres) m from \(place) to \(other), in \(box)")
            }
        }
    }

    @Test("the box of a neighbourhood is hardly larger than it must be", arguments: [0.0, 48.85, -60, 75])
    func hardlyLarger(latitude: Double) {
        let box = BoundingBox.around(at(2.35, latitude), metres: 1_000)
        // A degree of latitude has 110 574 to 111 694 m on WGS 84.
        let height = box.north - box.south
        #expect(height > 2_000 / 111_694 && height < 2_000 / 110_574 * 1.02)
        let width = (box.east - box.west) * cos(latitude * .pi / 180)
        #expect(width > 2_000 / 111_694 && width < 2_000 / 110_574 * 1.02)
    }

    @Test("a box near ±180 crosses the antimeridian", arguments: [180.0, -180, 179.999, -179.999])
    func crosses(longitude: Double) {
        let box = BoundingBox.around(at(longitude, -17), metres: 5_000)
        #expect(box.crossesAntimeridian && box.contains(at(179.99, -17)) && box.contains(at(-179.99, -17)))
        #expect(!box.contains(at(0, -17)))
    }

    @Test("within reach of a pole the box spans all longitudes", arguments: [(90.0, 1.0), (-90, 1), (89.99, 5_000)])
    func poles(latitude: Double, metres: Double) {
        let box = BoundingBox.around(at(10, latitude), metres: metres)
        #expect(box.west == -180 && box.east == 180 && box.contains(at(-170, latitude)))
        #expect(latitude > 0 ? box.north == 90 && box.south > 89 : box.south == -90 && box.north < -89)
    }

    @Test("a radius of half the Earth is the world, a radius of nothing is the place")
    func extremes() {
        #expect(BoundingBox.around(at(10, 20), metres: 21_000_000) == .world)
        #expect(BoundingBox.around(at(10, 20), metres: 0) == BoundingBox(at(10, 20)))
    }

    /// Where one arrives on a sphere of reduced latitudes with WGS 84's minor radius. Angles are nowhere smaller
    /// on the ellipsoid's geodesics (`GeodesicBound`), so these places reach farther than the true ones.
    private func destination(from place: Coordinate, metres: Double, bearing: Double) -> Coordinate {
        let angle = metres / GeodesicBound.minorRadius
        let latitude = atan(GeodesicBound.axisRatio * tan(place.latitude * .pi / 180))
        let sine = sin(latitude) * cos(angle) + cos(latitude) * sin(angle) * cos(bearing)
        let turn = atan2(
            sin(bearing) * sin(angle) * cos(latitude), cos(angle) - sin(latitude) * sine)
        let arrival = atan(tan(asin(min(max(sine, -1), 1))) / GeodesicBound.axisRatio)
        let longitude = (place.longitude + turn * 180 / .pi).remainder(dividingBy: 360)
        return at(longitude, arrival * 180 / .pi)
    }
}
