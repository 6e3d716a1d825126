import Foundation
import MapGeometry
import TestSupport
import Testing

@Suite("The mercator square")
struct WebMercatorTests {
    @Test("the example of EPSG Guidance Note 7-2 for method 1024 comes out")
    func guidanceNoteExample() {
        // 100°20′00.000″ W, 24°22′54.433″ N ↔ E −11 169 055.58 m, N 2 800 000.00 m.
        let place = at(-(100 + 20 / 60.0), 24 + 22 / 60.0 + 54.433 / 3600)
        let (x, y) = WebMercator.project(place)
        let circumference = 2 * Double.pi * 6_378_137
        #expect(abs((x - 0.5) * circumference - -11_169_055.58) < 0.01)
        #expect(abs((0.5 - y) * circumference - 2_800_000.00) < 0.01)
    }

    @Test("the middle is the middle and the corners are the corners")
    func cornersOfTheSquare() {
        #expect(WebMercator.project(at(0, 0)) == (0.5, 0.5))
        let northWest = WebMercator.project(at(-180, WebMercator.maximumLatitude))
        let southEast = WebMercator.project(at(180, -WebMercator.maximumLatitude))
        #expect(northWest.x == 0 && abs(northWest.y) < 1e-13)
        #expect(southEast.x == 1 && abs(southEast.y - 1) < 1e-13)
        #expect(abs(WebMercator.maximumLatitude - atan(sinh(.pi)) * 180 / .pi) < 1e-12)
    }

    @Test("there and back is the same place", arguments: 0..<2 as Range<UInt64>)
    func roundTrip(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<1_000 {
            let place = at(random.real(-180...180), random.real(-85.05...85.05))
            let (x, y) = WebMercator.project(place)
            let back = WebMercator.unproject(x: x, y: y)
            #expect(
                abs(back.longitude - place.longitude) < 1e-12 && abs(back.latitude - place.latitude) < 1e-12,
                "seed \(seed): \(place)")
        }
    }

    @Test("x grows eastwards and y southwards")
    func directions() {
        #expect(WebMercator.project(at(1, 0)).x > 0.5 && WebMercator.project(at(0, -1)).y > 0.5)
    }

    @Test("the poles are infinitely far")
    func poles() {
        #expect(WebMercator.project(at(0, 90)).y == -.infinity)
        #expect(WebMercator.project(at(0, -90)).y == .infinity)
    }

    @Test("places that no tile shows have the key behind all others", arguments: [90, -90, 85.051_13, -85.051_13])
    func keyOutside(latitude: Double) {
        #expect(WebMercator.finestCell(of: at(2, latitude)) == nil)
        #expect(WebMercator.hilbertKey(of: at(2, latitude)) == WebMercator.keyOutside)
        #expect(WebMercator.keyOutside <= UInt64(Int64.max), "it fits a signed integer")
    }

    @Test(
        "places of the square have a key before the one outside", arguments: [-180.0, 0, 180],
        [-85.051_128, 0, 85.051_128])
    func keyInside(longitude: Double, latitude: Double) throws {
        let place = at(longitude, latitude)
        let cell = try #require(WebMercator.finestCell(of: place))
        #expect(cell.x < 1 << 31 && cell.y < 1 << 31)
        let key = WebMercator.hilbertKey(of: place)
        #expect(key < WebMercator.keyOutside && key == HilbertCurve.key(x: cell.x, y: cell.y))
    }

    @Test("a place's key lies in the run of the tile that shows it", arguments: TileAddress.zooms)
    func keysFollowTiles(zoom: Int) throws {
        var random = SeededGenerator(seed: UInt64(zoom))
        for _ in 0..<50 {
            let place = at(random.real(-180...180), random.real(-85...85))
            let (x, y) = WebMercator.project(place)
            let side = Double(1 << zoom)
            let cell = HilbertCurve.key(x: UInt32(x * side), y: UInt32(y * side), level: zoom)
            let run = HilbertCurve.finestKeys(in: cell, level: zoom)
            #expect(run.contains(WebMercator.hilbertKey(of: place)), "seed \(zoom): \(place)")
        }
    }
}
