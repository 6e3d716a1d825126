import MapGeometry
import Testing

@testable import Projections

@Suite struct GeodesicTests {
    struct Pair: Sendable {
        let from: Coordinate
        let to: Coordinate
        let metres: Double

        init(_ west: Double, _ south: Double, _ east: Double, _ north: Double, metres: Double) {
            from = Coordinate(clampingLongitude: west, latitude: south)
            to = Coordinate(clampingLongitude: east, latitude: north)
            self.metres = metres
        }
    }

    /// Made with PyPI's geographiclib 2.1: `Geodesic.WGS84.Inverse(lat1, lon1, lat2, lon2)["s12"]`; the
    /// last ten pairs are drawn by Python's `random.Random(20)`.
    static let references = [
        Pair(2.35222, 48.85661, -73.98566, 40.74844, metres: 5849209.839580),
        Pair(0, 0, 0, 0.0001, metres: 11.057428),
        Pair(180, 10, -180, 10, metres: 0.000000),
        Pair(179.9, -16.5, -179.9, -16.5, metres: 21352.830101),
        Pair(0, 90, 120, -90, metres: 20003931.458625),
        Pair(0, 0, 180, 0, metres: 20003931.458625),
        Pair(0, 0, 179.5, 0.3, metres: 19955728.940307),
        Pair(10, 89.9999, -170, 89.9999, metres: 22.338796),
        Pair(30, -90, -75, -89.5, metres: 55846.975448),
        Pair(7.589, 47.5596, 7.5891, 47.5597, metres: 13.425787),
        Pair(146.03028, 33.52575, 95.94333, 72.83092, metres: 5202164.507058),
        Pair(-86.46212, 24.43066, 145.78045, 66.98347, metres: 8982021.554666),
        Pair(26.25864, -59.51194, -31.8517, 88.89084, metres: 16534784.651157),
        Pair(-142.83079, -32.55495, 162.01408, -9.10786, metres: 6218816.211460),
        Pair(-104.88507, -32.95728, 147.1089, -29.59761, metres: 9751414.893665),
        Pair(-26.14615, 22.98309, 110.01063, -1.41955, metres: 14728685.374127),
        Pair(-150.67225, 13.17779, -167.36502, -72.9855, metres: 9636570.784044),
        Pair(-111.47849, 34.81888, -77.94993, 34.24497, metres: 3064289.663248),
        Pair(-121.1942, -68.81456, -171.5959, 37.04107, metres: 12447329.377834),
        Pair(129.28055, -50.46019, -94.47503, -87.66358, metres: 4601380.359972),
    ]

    @Test("distances agree with GeographicLib to a micrometre", arguments: references)
    func agreesWithGeographicLib(pair: Pair) {
        #expect(abs(Geodesic.wgs84.metres(from: pair.from, to: pair.to) - pair.metres) < 1e-6)
        #expect(abs(Geodesic.wgs84.metres(from: pair.to, to: pair.from) - pair.metres) < 1e-6)
    }

    @Test("a place on, inside or at the corner of a polygon is at distance 0, one in a hole is not")
    func insideIsZero() throws {
        let polygon = Polygon(exterior: try ring(0, 0, 10, 10), holes: [try ring(4, 4, 6, 6)])
        for place in [at(2, 2), at(0, 5), at(10, 10), at(4, 5)] {
            #expect(Geodesic.wgs84.metres(from: place, to: .polygon(polygon)) == 0)
        }
        let fromHole = Geodesic.wgs84.metres(from: at(5, 5), to: .polygon(polygon))
        #expect(fromHole > 110_000 && fromHole < 111_000)
    }

    @Test("an empty geometry is infinitely far")
    func emptyIsInfinitelyFar() {
        #expect(Geodesic.wgs84.metres(from: at(0, 0), to: .multiPoint([])) == .infinity)
        #expect(Geodesic.wgs84.metres(from: at(0, 0), to: .geometryCollection([])) == .infinity)
    }

    @Test("a collection is as near as its nearest member")
    func collectionIsAsNearAsItsNearestMember() throws {
        let line = try LineString([at(10, 0), at(10, 5)])
        let collection = Geometry.geometryCollection([
            .point(at(3, 0)), .lineString(line), .multiPoint([at(1, 0), at(2, 0)]),
        ])
        let expected = Geodesic.wgs84.metres(from: at(0, 0), to: at(1, 0))
        #expect(Geodesic.wgs84.metres(from: at(0, 0), to: collection) == expected)
    }

    @Test("a line beyond the antimeridian is near")
    func seesAcrossTheAntimeridian() throws {
        let line = try LineString([at(-179.9, -20), at(-179.9, -10)])
        let metres = Geodesic.wgs84.metres(from: at(179.9, -16.5), to: .lineString(line))
        #expect(metres > 21_350 && metres < 21_353)
    }

    @Test("a place on the antimeridian is inside a polygon that is written with the other sign")
    func antimeridianHasTwoNames() throws {
        let polygon = Geometry.polygon(Polygon(exterior: try ring(-180, -20, -170, -10)))
        #expect(Geodesic.wgs84.metres(from: at(180, -15), to: polygon) == 0)
    }

    @Test("a polygon around the pole covers it for every longitude")
    func poleIsCovered() throws {
        let cap = Geometry.polygon(Polygon(exterior: try ring(-180, -90, 180, -60)))
        for longitude in [-180.0, -33, 0, 90, 180] {
            #expect(Geodesic.wgs84.metres(from: at(longitude, -90), to: cap) == 0)
        }
    }

    private func ring(_ west: Double, _ south: Double, _ east: Double, _ north: Double) throws -> LinearRing {
        try LinearRing([at(west, south), at(east, south), at(east, north), at(west, north), at(west, south)])
    }
}

func at(_ longitude: Double, _ latitude: Double) -> Coordinate {
    Coordinate(clampingLongitude: longitude, latitude: latitude)
}
