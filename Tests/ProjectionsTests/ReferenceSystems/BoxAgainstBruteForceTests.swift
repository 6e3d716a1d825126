import Foundation
import MapGeometry
import TestSupport
import Testing

@testable import Projections

/// Boxes of other systems, compared with what lies in them place by place.
@Suite struct BoxAgainstBruteForceTests {
    /// Polar (3995), in grads from Paris (4807), south of the equator (2975) and oblique (2056) too.
    static let codes = [4326, 3857, 2154, 3035, 4258, 4171, 32631, 3995, 4807, 2975, 2056]

    @Test("a box holds every place whose printed position lies in it", arguments: codes)
    func holdsEveryPlace(code: Int) throws {
        let seed = UInt64(code)
        var generator = SeededGenerator(seed: seed)
        try ReferenceSystems(adding: [code]).transforming(to: .epsg(code)) { transform in
            let area = transform.areaOfUse ?? .world
            var held = 0
            for _ in 0..<60 {
                let places = (0..<40).map { _ in generator.place(in: area).rounded(decimals: 7) }
                let positions = places.map { transform.position(of: $0).map { printed($0, transform.decimals) } }
                guard let first = positions[0], let second = positions[1] else { continue }
                let (lower, upper) = (pointwiseMin(first, second), pointwiseMax(first, second))
                guard let box = transform.box(from: lower, to: upper) else {
                    Issue.record("seed \(seed): \(lower) \(upper) is a box")
                    continue
                }
                for (place, position) in zip(places, positions) {
                    guard let position, all(position .>= lower), all(position .<= upper) else { continue }
                    held += 1
                    #expect(box.contains(place), "seed \(seed): \(lower) \(upper) \(place) \(box)")
                }
            }
            #expect(held >= 120, "the two corners at least")
        }
    }

    @Test("no edge of a box is further out than it must be", arguments: [2154, 3035, 32631, 3857])
    func isTight(code: Int) throws {
        let seed = UInt64(code)
        var generator = SeededGenerator(seed: seed)
        try ReferenceSystems().transforming(to: .epsg(code)) { transform in
            let area = transform.areaOfUse ?? .world
            for _ in 0..<10 {
                guard let first = transform.position(of: generator.place(in: area)),
                    let second = transform.position(of: generator.place(in: area))
                else { continue }
                let (lower, upper) = (pointwiseMin(first, second), pointwiseMax(first, second))
                guard let box = transform.box(from: lower, to: upper) else { continue }
                let edge = (0...4_000).flatMap { step -> [SIMD2<Double>] in
                    let along = lower + (upper - lower) * (Double(step) / 4_000)
                    return [[along.x, lower.y], [along.x, upper.y], [lower.x, along.y], [upper.x, along.y]]
                }.compactMap { transform.place(at: $0) }
                guard !box.crossesAntimeridian, box.east - box.west < 180 else { continue }
                let told = Comment(rawValue: "seed \(seed): \(lower) \(upper) \(box)")
                #expect(abs((edge.map(\.x).min() ?? 0) - box.west) < 1e-5, told)
                #expect(abs((edge.map(\.y).min() ?? 0) - box.south) < 1e-5, told)
                #expect(abs((edge.map(\.x).max() ?? 0) - box.east) < 1e-5, told)
                #expect(abs((edge.map(\.y).max() ?? 0) - box.north) < 1e-5, told)
            }
        }
    }

    @Test("the north edge of a wide box of Lambert-93 bulges beyond its corners")
    func edgesAreDensified() throws {
        let (box, corner, middle) = try ReferenceSystems().transforming(to: .epsg(2154)) { transform in
            (
                transform.box(from: [100_000, 6_500_000], to: [1_200_000, 7_000_000]),
                transform.place(at: [1_200_000, 7_000_000]), transform.place(at: [700_000, 7_000_000])
            )
        }
        let north = try #require(box).north
        let (cornersNorth, middlesNorth) = (try #require(corner).y, try #require(middle).y)
        #expect(middlesNorth > cornersNorth + 0.1)
        #expect(abs(north - middlesNorth) < 1e-7)
    }

    @Test("a box that crosses the antimeridian does so in any system")
    func crossesTheAntimeridian() throws {
        let systems = try ReferenceSystems()
        let degrees = try systems.transforming(to: .epsg(4326)) { $0.box(from: [-20, 177], to: [-10, -178]) }
        let metres = try systems.transforming(to: .epsg(3857)) { transform in
            transform.box(from: [20_000_000, -2_000_000], to: [20_100_000, -1_000_000])
        }
        for box in [degrees, metres] {
            let box = try #require(box)
            #expect(box.crossesAntimeridian)
            #expect(box.contains(at(179.9, -15)) && box.contains(at(-179.9, -15)) && !box.contains(at(0, -15)))
        }
    }

    @Test("a box around a pole has all longitudes, and reaches the pole")
    func aroundAPole() throws {
        let polar = try ReferenceSystems(adding: [3995]).transforming(to: .epsg(3995)) { transform in
            transform.box(from: [-1_000_000, -500_000], to: [100, 2_000_000])
        }
        let box = try #require(polar)
        #expect(box.west == -180 && box.east == 180 && box.north == 90)
        #expect(box.south > 60 && box.south < 75)
    }

    @Test("a box that leaves what the system can express holds everything")
    func beyondTheSystem() throws {
        let systems = try ReferenceSystems()
        for code in [3035, 3857, 32631] {
            let box = try systems.transforming(to: .epsg(code)) { $0.box(from: [-9e9, -9e9], to: [9e9, 9e9]) }
            #expect(box?.contains(at(2, 48)) == true && box?.contains(at(-170, -80)) == true, "\(code)")
        }
    }

    @Test("a whole world is a whole world in degrees")
    func wholeWorld() throws {
        let box = try ReferenceSystems().transforming(to: .epsg(4326)) { $0.box(from: [-90, -180], to: [90, 180]) }
        #expect(box == .world)
    }

    @Test("numbers that are no box of the system are refused")
    func refusals() throws {
        let systems = try ReferenceSystems(adding: [4807])
        #expect(try systems.transforming(to: .epsg(2154)) { $0.box(from: [2, 0], to: [1, 1]) } == nil)
        #expect(try systems.transforming(to: .epsg(2154)) { $0.box(from: [0, 2], to: [1, 1]) } == nil)
        #expect(try systems.transforming(to: .epsg(4326)) { $0.box(from: [49, 2], to: [48, 3]) } == nil)
        #expect(try systems.transforming(to: .epsg(4326)) { $0.box(from: [2, 100], to: [91, 120]) } == nil)
        // 54 grads north are 48.6 degrees, and 101 grads are beyond the pole.
        #expect(try systems.transforming(to: .epsg(4807)) { $0.box(from: [54, 0], to: [55, 1]) } != nil)
        #expect(try systems.transforming(to: .epsg(4807)) { $0.box(from: [54, 0], to: [101, 1]) } == nil)
    }

    private func printed(_ position: SIMD2<Double>, _ decimals: Int) -> SIMD2<Double> {
        let scale = pow(10, Double(decimals))
        return [(position.x * scale).rounded() / scale, (position.y * scale).rounded() / scale]
    }
}
