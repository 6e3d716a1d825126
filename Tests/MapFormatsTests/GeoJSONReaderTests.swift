import MapGeometry
import Testing

@testable import MapFormats

@Suite("Reading GeoJSON")
struct GeoJSONReaderTests {
    private func geometry(_ text: String) throws -> Geometry? {
        try GeoJSONReader.geometry(from: text.utf8)
    }

    private static func at(_ longitude: Double, _ latitude: Double) -> Coordinate {
        Coordinate(clampingLongitude: longitude, latitude: latitude)
    }

    @Test("all seven types are read")
    func allTypesAreRead() throws {
        let line = try LineString([Self.at(1, 2), Self.at(3, 4)])
        let ring = try LinearRing([Self.at(0, 0), Self.at(4, 0), Self.at(4, 4), Self.at(0, 0)])
        let hole = try LinearRing([Self.at(3, 1), Self.at(3, 2), Self.at(3.5, 2), Self.at(3, 1)])
        let polygon = Polygon(exterior: ring, holes: [hole])
        let rings = "[[0,0],[4,0],[4,4],[0,0]],[[3,1],[3,2],[3.5,2],[3,1]]"
        let cases: [(String, Geometry)] = [
            (#"{"type":"Point","coordinates":[1,2]}"#, .point(Self.at(1, 2))),
            (#"{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}"#, .multiPoint(line.coordinates)),
            (#"{"coordinates":[[1,2],[3,4]],"type":"LineString"}"#, .lineString(line)),
            (#"{"type":"MultiLineString","coordinates":[[[1,2],[3,4]]]}"#, .multiLineString([line])),
            (#"{"type":"Polygon","coordinates":[\#(rings)]}"#, .polygon(polygon)),
            (#"{"type":"MultiPolygon","coordinates":[[\#(rings)]]}"#, .multiPolygon([polygon])),
            (
                #"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]}]}"#,
                .geometryCollection([.point(Self.at(1, 2))])
            ),
        ]
        for (text, expected) in cases { #expect(try geometry(text) == expected, "\(text)") }
    }

    @Test("heights are dropped and rings are wound")
    func repairs() throws {
        #expect(try geometry(#"{"type":"Point","coordinates":[1,2,300.5,7]}"#) == .point(Self.at(1, 2)))
        let clockwise = try geometry(#"{"type":"Polygon","coordinates":[[[0,0],[4,4],[4,0],[0,0]]]}"#)
        guard case .polygon(let polygon) = clockwise else { return #expect(Bool(false)) }
        #expect(polygon.exterior.doubledSignedArea > 0)
    }

    @Test(
        "a geometry without positions is no geometry",
        arguments: [
            "null", #"{"type":"Point","coordinates":[]}"#, #"{"type":"Polygon","coordinates":[]}"#,
            #"{"type":"MultiPoint","coordinates":[]}"#, #"{"type":"GeometryCollection","geometries":[]}"#,
            #"{"type":"GeometryCollection","geometries":[{"type":"LineString","coordinates":[]},null]}"#,
        ])
    func emptyGeometries(text: String) throws {
        #expect(try geometry(text) == nil)
    }

    @Test(
        "a bad geometry is refused at the member at fault",
        arguments: [
            ("3", "", MemberProblem.wrongType(expected: "a geometry or null", found: "a number")),
            ("{}", "", .missing(name: "type")),
            (#"{"type":1}"#, "/type", .wrongType(expected: "a string", found: "a number")),
            (#"{"type":"point","coordinates":[1,2]}"#, "/type", .unknownGeometryType),
            (#"{"type":"Point"}"#, "", .missing(name: "coordinates")),
            (#"{"type":"GeometryCollection"}"#, "", .missing(name: "geometries")),
            (
                #"{"type":"Point","coordinates":[1]}"#, "/coordinates",
                .wrongType(expected: "a position of two numbers", found: "an array of 1")
            ),
            (
                #"{"type":"Point","coordinates":"1,2"}"#, "/coordinates",
                .wrongType(expected: "a position", found: "a string")
            ),
            (
                #"{"type":"Point","coordinates":[1,"2"]}"#, "/coordinates/1",
                .wrongType(expected: "a number", found: "a string")
            ),
            (
                #"{"type":"Point","coordinates":[1,2,null]}"#, "/coordinates/2",
                .wrongType(expected: "a number", found: "null")
            ),
            (
                #"{"type":"LineString","coordinates":{}}"#, "/coordinates",
                .wrongType(expected: "an array", found: "an object")
            ),
            (
                #"{"type":"LineString","coordinates":[[1,2]]}"#, "/coordinates",
                .geometry(.tooFewPositions(found: 1, needed: 2, shape: "LineString"))
            ),
            (
                #"{"type":"Polygon","coordinates":[[[0,0],[4,0],[4,4],[0,1]]]}"#, "/coordinates/0",
                .geometry(.ringNotClosed)
            ),
            (
                #"{"type":"MultiPolygon","coordinates":[[[[0,0],[4,0],[4,4],[0,0]],[[0,0],[0,0]]]]}"#,
                "/coordinates/0/1",
                .geometry(.tooFewPositions(found: 2, needed: 4, shape: "polygon ring"))
            ),
            (
                #"{"type":"MultiPolygon","coordinates":[[]]}"#, "/coordinates/0",
                .wrongType(expected: "an array of rings", found: "an empty array")
            ),
            (
                #"{"type":"MultiPoint","coordinates":[[1,2],[48.8,100]]}"#, "/coordinates/1",
                .geometry(.swappedAxes(first: 48.8, second: 100))
            ),
            (
                #"{"type":"Point","coordinates":[652381,6862047]}"#, "/coordinates",
                .geometry(.latitudeOutOfRange(6_862_047))
            ),
            (
                #"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[181,0]}]}"#,
                "/geometries/0/coordinates", .geometry(.longitudeOutOfRange(181))
            ),
        ])
    func badGeometries(text: String, pointer: String, problem: MemberProblem) {
        #expect(throws: FormatError.member(pointer: "/geometry" + pointer, problem)) {
            try GeoJSONReader.feature(from: #"{"type":"Feature","geometry":\#(text),"properties":{}}"#.utf8)
        }
    }

    @Test("collections inside collections are limited")
    func nestedCollections() throws {
        func nested(_ depth: Int) -> String {
            depth == 0
                ? #"{"type":"Point","coordinates":[1,2]}"#
                : #"{"type":"GeometryCollection","geometries":[\#(nested(depth - 1))]}"#
        }
        #expect(try geometry(nested(8)) != nil)
        let pointer = String(repeating: "/geometries/0", count: 8)
        #expect(throws: FormatError.member(pointer: pointer, .collectionsTooDeep(limit: 8))) { try geometry(nested(9)) }
    }

    @Test("a feature keeps its id, properties and foreign members")
    func features() throws {
        let text = """
            {"links":[],"id":"k7","type":"Feature","bbox":[1,2,1,2],"consent":true,
             "geometry":{"type":"Point","coordinates":[1,2]},"properties":{"title":"Quai","n":null}}
            """
        let feature = try GeoJSONReader.feature(from: text.utf8)
        let expected = GeoJSONFeature(
            identifier: "k7", geometry: .point(Self.at(1, 2)), properties: ["title": "Quai", "n": nil],
            foreignMembers: ["links": [], "consent": true])
        #expect(feature == expected)
    }

    @Test(
        "an id is a string or a number",
        arguments: [
            ("12", "12"), ("-3", "-3"), ("1.5", "1.5"), ("9007199254740993", "9007199254740993"), ("null", nil),
            (#""""#, ""), ("1e3", "1000"),
        ] as [(String, String?)])
    func identifiers(id: String, expected: String?) throws {
        let text = #"{"type":"Feature","id":\#(id),"geometry":null,"properties":null}"#
        #expect(try GeoJSONReader.feature(from: text.utf8).identifier == expected)
    }

    @Test(
        "what is no feature is refused with the reason",
        arguments: [
            ("[]", "", MemberProblem.wrongType(expected: "a Feature", found: "an array")),
            (#"{"type":"Point","coordinates":[1,2]}"#, "", .geometryForFeature(type: "Point")),
            (#"{"type":"FeatureCollection","features":[]}"#, "", .collectionForFeature),
            (#"{"type":"Topology"}"#, "/type", .notAFeature), (#"{"geometry":null}"#, "", .missing(name: "type")),
            (#"{"type":"Feature","properties":{}}"#, "", .missing(name: "geometry")),
            (
                #"{"type":"Feature","geometry":null,"properties":[]}"#, "/properties",
                .wrongType(expected: "an object or null", found: "an array")
            ),
            (
                #"{"type":"Feature","geometry":null,"id":true}"#, "/id",
                .wrongType(expected: "a string or a number", found: "a boolean")
            ),
            (#"{"type":"Feature","geometry":null,"id":12345678901234567890}"#, "/id", .inexactIdentifier),
        ])
    func badFeatures(text: String, pointer: String, problem: MemberProblem) {
        let expected = FormatError.member(pointer: pointer, problem)
        #expect(throws: expected) { try GeoJSONReader.feature(from: text.utf8) }
        #expect(expected.pointer == pointer)
    }

    @Test("the sentence about swapped axes names the member and the remedy")
    func swappedAxesSentence() throws {
        let text = #"{"type":"Feature","geometry":{"type":"Point","coordinates":[48.85,120.3]},"properties":{}}"#
        let error = #expect(throws: FormatError.self) { try GeoJSONReader.feature(from: text.utf8) }
        #expect(
            error?.description == "/geometry/coordinates: the latitude 120.3 is outside -90…90: latitude and "
                + "longitude look swapped (write longitude first: [120.3, 48.85])")
    }

    @Test("text that is not JSON says where")
    func notJSON() {
        #expect(throws: FormatError.json(JSONError(.notANumber, offset: 12, line: 1))) {
            try GeoJSONReader.feature(from: #"{"geometry":NaN}"#.utf8)
        }
    }
}
