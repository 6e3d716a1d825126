import MapGeometry
import Testing

@testable import MapFormats

@Suite("Writing GeoJSON")
struct GeoJSONWriterTests {
    private static let geometries = [
        #"{"type":"Point","coordinates":[2.3522219,48.856614]}"#,
        #"{"type":"MultiPoint","coordinates":[[1,2],[-3.5,4]]}"#,
        #"{"type":"LineString","coordinates":[[-180,-90],[180,90]]}"#,
        #"{"type":"MultiLineString","coordinates":[[[1,2],[3,4]],[[5,6],[7,8]]]}"#,
        #"{"type":"Polygon","coordinates":[[[0,0],[4,0],[4,4],[0,0]],[[3,1],[3,2],[3.5,2],[3,1]]]}"#,
        #"{"type":"MultiPolygon","coordinates":[[[[0,0],[4,0],[4,4],[0,0]]],[[[9,9],[10,9],[10,10],[9,9]]]]}"#,
        #"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]},"#
            + #"{"type":"LineString","coordinates":[[1,2],[3,4]]}]}"#,
    ]

    @Test("every type comes out as it went in", arguments: geometries)
    func geometriesRoundTrip(text: String) throws {
        let geometry = try #require(try GeoJSONReader.geometry(from: text.utf8))
        #expect(String(decoding: GeoJSONWriter().bytes(of: geometry), as: UTF8.self) == text)
    }

    @Test("features round trip, foreign members included")
    func featuresRoundTrip() throws {
        let text =
            #"{"type":"Feature","id":"a\"b","geometry":null,"properties":{"title":"Été","theme":["x"]},"links":[{}]}"#
        let feature = try GeoJSONReader.feature(from: text.utf8)
        #expect(String(decoding: GeoJSONWriter().bytes(of: feature), as: UTF8.self) == text)
    }

    @Test("the offset of the properties lets a caller splice members in")
    func propertiesOffset() throws {
        let feature = GeoJSONFeature(
            identifier: "7", geometry: .point(Coordinate(clampingLongitude: 1.23456, latitude: 2)), properties: ["a": 1]
        )
        var bytes = Array("[".utf8)
        let offset = GeoJSONWriter(decimals: 2).append(feature, to: &bytes)
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == #"[{"type":"Feature","id":"7","geometry":{"type":"Point","coordinates":[1.23,2]},"properties":{"a":1}}"#
        )
        #expect(String(decoding: bytes[offset...], as: UTF8.self) == #"{"a":1}}"#)
    }

    @Test("a foreign member cannot pose as one of a Feature's own")
    func foreignMembersAreForeign() throws {
        let feature = GeoJSONFeature(geometry: nil, foreignMembers: ["geometry": 1, "type": "x", "distance": 2.5])
        #expect(
            String(decoding: GeoJSONWriter().bytes(of: feature), as: UTF8.self)
                == #"{"type":"Feature","geometry":null,"properties":{},"distance":2.5}"#)
    }

    @Test("positions can be written in another system and order, and its failure comes through")
    func otherSystems() throws {
        struct OutOfArea: Error {}
        let line = Geometry.lineString(
            try LineString([Coordinate(longitude: 1, latitude: 2), Coordinate(longitude: 3, latitude: 4)]))
        let swapped = text { GeoJSONWriter().append(line, to: &$0) { ($0.latitude, $0.longitude * 1_000_000) } }
        #expect(swapped == #"{"type":"LineString","coordinates":[[2,1000000],[4,3000000]]}"#)
        var bytes: [UInt8] = []
        #expect(throws: OutOfArea.self) {
            try GeoJSONWriter().append(line, to: &bytes) { (_) throws(OutOfArea) in throw OutOfArea() }
        }
    }
}
