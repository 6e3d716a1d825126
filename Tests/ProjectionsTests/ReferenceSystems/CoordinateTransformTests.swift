import MapGeometry
import TestSupport
import Testing

@testable import Projections

@Suite struct CoordinateTransformTests {
    struct Reference: Sendable {
        let code: Int
        let place: Coordinate
        let position: SIMD2<Double>

        init(_ code: Int, _ longitude: Double, _ latitude: Double, _ first: Double, _ second: Double) {
            self.code = code
            place = at(longitude, latitude)
            position = [first, second]
        }
    }

    /// Made with PROJ 9.1.1: `echo "LON LAT" | cs2cs -f %.9f OGC:CRS84 EPSG:CODE`, whose numbers stand in the
    /// order of axes of the authority.
    static let references = [
        Reference(4326, 2.3795, 48.868, 48.868, 2.3795),
        Reference(4258, 2.3795, 48.868, 48.868, 2.3795),
        Reference(4171, 2.3795, 48.868, 48.868, 2.3795),
        Reference(3857, 2.3795, 48.868, 264884.728342595, 6252493.363465942),
        Reference(2154, 2.3795, 48.868, 654482.022414364, 6863286.763142413),
        Reference(3035, 2.3795, 48.868, 2890539.295523454, 3762891.751138679),
        Reference(32631, 2.3795, 48.868, 454495.369755824, 5412967.729069257),
        Reference(2154, 3, 46.5, 700000, 6_600_000),
        Reference(2154, -5, 41.5, 31324.091413780, 6078172.128863692),
        Reference(3035, 24.94, 60.17, 4206177.504041370, 5145382.161704160),
        Reference(3857, 179.999, -16.5, 20037397.023298446, -1862698.872150687),
        Reference(32631, 0.0001, 0.0001, 166032.585950740, 11.068274580),
        Reference(2975, 55.5, -21.1, 344197.575409796, 7666050.711042009),
    ]

    @Test("positions agree with cs2cs, axes in the authority's order", arguments: references)
    func agreesWithCs2cs(reference: Reference) throws {
        let systems = try ReferenceSystems(adding: [reference.code])
        let position = try systems.transforming(to: .epsg(reference.code)) { $0.position(of: reference.place) }
        let gap = try #require(position) - reference.position
        #expect(abs(gap.x) < 1e-6 && abs(gap.y) < 1e-6, "\(gap)")
    }

    @Test(
        "degrees have seven decimals and metres three, northing first where the authority says so",
        arguments: zip(
            CoordinateReferenceSystem.standard,
            [(7, false), (7, true), (3, false), (3, false), (3, true), (7, true), (7, true), (3, false)]))
    func axesAreTheAuthoritys(system: CoordinateReferenceSystem, expected: (Int, Bool)) throws {
        let axes = try ReferenceSystems().transforming(to: system) { ($0.decimals, $0.axes.isNorthingFirst) }
        #expect(axes == expected)
    }

    @Test(
        "a position leads back to its place everywhere in the area of use",
        arguments: CoordinateReferenceSystem.standard)
    func leadsBack(system: CoordinateReferenceSystem) throws {
        let seed: UInt64 = 31
        var generator = SeededGenerator(seed: seed)
        try ReferenceSystems().transforming(to: system) { transform in
            let area = transform.areaOfUse ?? .world
            for _ in 0..<2_000 {
                let place = generator.place(in: area)
                guard let position = transform.position(of: place), let back = transform.place(at: position) else {
                    Issue.record("seed \(seed): \(place) has no position")
                    continue
                }
                let gap = (back.x - place.longitude).remainder(dividingBy: 360)
                #expect(abs(gap) < 3e-8 && abs(back.y - place.latitude) < 3e-8, "seed \(seed): \(place)")
            }
        }
    }

    @Test("the areas of use are those of the registry")
    func areasOfUse() throws {
        // `projinfo EPSG:2154` and `projinfo EPSG:3035`.
        let systems = try ReferenceSystems()
        let lambert93 = try systems.transforming(to: .epsg(2154)) { $0.areaOfUse }
        let expected = try BoundingBox(west: -9.86, south: 41.15, east: 10.38, north: 51.56)
        #expect(lambert93 == expected)
        #expect(try systems.transforming(to: .epsg(3857)) { $0.areaOfUse?.north } == 85.06)
    }

    @Test("what a system cannot express has no position in it")
    func inexpressible() throws {
        let systems = try ReferenceSystems()
        // The south pole is infinitely far on Lambert's cone.
        #expect(try systems.transforming(to: .epsg(2154)) { $0.position(of: at(0, -90)) } == nil)
        // 90° of longitude from its meridian the transverse Mercator grows without bounds.
        #expect(try systems.transforming(to: .epsg(32631)) { $0.position(of: at(93, 0)) } == nil)
        #expect(try systems.transforming(to: .epsg(2154)) { $0.position(of: at(0, 90)) } != nil)
        #expect(try systems.transforming(to: .epsg(4326)) { $0.position(of: at(180, -90)) } == [-90, 180])
    }

    @Test("the systems of the operator follow the standard ones, each once")
    func operatorsSystems() throws {
        let systems = try ReferenceSystems(adding: [2975, 4326, 2975])
        #expect(systems.all == CoordinateReferenceSystem.standard + [.epsg(2975)])
        #expect(systems.all.first == .crs84)
        #expect(systems.named("http://www.opengis.net/def/crs/EPSG/0/2975") == .epsg(2975))
        for foreign in ["EPSG:2154", "http://www.opengis.net/def/crs/EPSG/0/4559", "", "CRS84"] {
            #expect(systems.named(foreign) == nil)
        }
    }

    @Test(
        "what is no system of two axes is refused with a sentence that names it",
        arguments: [
            (0, ProjectionError.unknownSystem(.epsg(0))), (7030, .unknownSystem(.epsg(7030))),
            (-1, .unknownSystem(.epsg(-1))), (4978, .notTwoDimensional(.epsg(4978))),
            (4979, .notTwoDimensional(.epsg(4979))), (5773, .notTwoDimensional(.epsg(5773))),
        ])
    func refusals(code: Int, expected: ProjectionError) {
        #expect(throws: expected) { try ReferenceSystems(adding: [code]) }
        #expect(expected.description.contains("EPSG:\(code) "))
    }

    @Test("PROJ asks nobody")
    func networkIsOff() throws {
        #expect(try ProjectionContext().isNetworkEnabled == false)
    }

    @Test("many tasks at once get the answers that one gets")
    func manyTasks() async throws {
        let systems = try ReferenceSystems()
        let places = (0..<200).map { at(-4 + Double($0) / 20, 42 + Double($0) / 25) }
        let expected = try systems.all.map { system in
            try systems.transforming(to: system) { transform in places.map { transform.position(of: $0) } }
        }
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for task in 0..<200 {
                group.addTask {
                    let number = task % systems.all.count
                    return try systems.transforming(to: systems.all[number]) { transform in
                        places.map { transform.position(of: $0) } == expected[number]
                    }
                }
            }
            for try await isSame in group { #expect(isSame) }
        }
    }
}

extension SeededGenerator {
    mutating func place(in box: BoundingBox) -> Coordinate {
        let part = box.parts[0]
        return at(
            Double.random(in: part.west...part.east, using: &self),
            Double.random(in: part.south...part.north, using: &self))
    }
}
