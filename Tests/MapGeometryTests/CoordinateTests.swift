import MapGeometry
import Testing

@Suite("Coordinates")
struct CoordinateTests {
    @Test("the edges of the world belong to it", arguments: [-180.0, 0, 180], [-90.0, 0, 90])
    func edgesAreTaken(longitude: Double, latitude: Double) throws {
        let place = try Coordinate(longitude: longitude, latitude: latitude)
        #expect(place.longitude == longitude && place.latitude == latitude)
    }

    @Test("a longitude beyond ±180 is refused", arguments: [-180.000_000_1, 180.000_000_1, 1e300])
    func longitudeOutOfRange(value: Double) {
        #expect(throws: GeometryError.longitudeOutOfRange(value)) { try Coordinate(longitude: value, latitude: 90) }
    }

    @Test(
        "a latitude that no exchange would mend is refused as such", arguments: [(100.0, 91.0), (2, 180.1), (-91, -91)])
    func latitudeOutOfRange(longitude: Double, latitude: Double) {
        #expect(throws: GeometryError.latitudeOutOfRange(latitude)) {
            try Coordinate(longitude: longitude, latitude: latitude)
        }
    }

    @Test("two numbers that look swapped are called so", arguments: [(48.85, 102.35), (90, -180), (-90, 90.000_1)])
    func swappedAxes(first: Double, second: Double) {
        #expect(throws: GeometryError.swappedAxes(first: first, second: second)) {
            try Coordinate(longitude: first, latitude: second)
        }
    }

    @Test("the sentence about swapped numbers shows the right order")
    func swappedSentence() {
        #expect(
            GeometryError.swappedAxes(first: 48.5, second: 102.25).description
                == "the latitude 102.25 is outside -90…90: latitude and longitude look swapped "
                + "(write longitude first: [102.25, 48.5])")
    }

    @Test("what is not finite is refused", arguments: [Double.nan, .infinity, -.infinity, .signalingNaN])
    func notFinite(value: Double) {
        for (longitude, latitude) in [(value, 0), (0, value), (value, value)] {
            let error = #expect(throws: GeometryError.self) {
                try Coordinate(longitude: longitude, latitude: latitude)
            }
            guard case .notFinite = error else {
                Issue.record("\(longitude), \(latitude): \(String(describing: error))")
                continue
            }
        }
    }

    @Test("arithmetic that oversteps is held at the edge")
    func clamps() {
        #expect(at(180.000_000_01, -90.1) == at(180, -90))
        #expect(at(-1e9, 1e9) == at(-180, 90))
    }

    @Test("rounding keeps as many decimals as asked and never leaves the world")
    func rounds() {
        #expect(at(2.352_249_96, 48.856_65).rounded(decimals: 3) == at(2.352, 48.857))
        #expect(at(2.352_249_96, 48.856_65).rounded(decimals: 0) == at(2, 49))
        #expect(at(-179.999_999_99, 89.999_999_99).rounded(decimals: 7) == at(-180, 90))
        #expect(at(0.123_456_789, -0.123_456_789).rounded(decimals: 9) == at(0.123_456_789, -0.123_456_789))
    }
}
