import MapGeometry
import TestSupport
import Testing

@testable import MapFormats

@Suite("Writing tables")
struct CSVWriterTests {
    private func table(_ writer: CSVWriter, _ features: [GeoJSONFeature]) -> String {
        text { bytes in
            writer.appendHeader(to: &bytes)
            for feature in features { writer.append(feature, to: &bytes) }
        }
    }

    @Test("a table is asserted whole")
    func wholeTable() throws {
        let line = try LineString([Coordinate(longitude: 1, latitude: 2), Coordinate(longitude: 3, latitude: 4)])
        let features = [
            GeoJSONFeature(
                identifier: "k7", geometry: .point(try Coordinate(longitude: 2.35222191, latitude: -48)),
                properties: ["title": "Le \"quai\", là", "n": -5, "theme": ["eau", "nuit"], "x": ["a": nil]]),
            GeoJSONFeature(geometry: .lineString(line), properties: ["title": nil, "n": 1.5]),
            GeoJSONFeature(identifier: "-1", geometry: nil, properties: ["title": "a\r\nb", "x": true]),
        ]
        #expect(
            table(CSVWriter(properties: ["title", "n", "theme", "x", "lon"]), features) == """
                id,lon,lat,geometry,title,n,theme,x,lon_2\r
                k7,2.3522219,-48,,"Le ""quai"", là",-5,"eau,nuit","{""a"":null}",\r
                ,,,"LINESTRING (1 2,3 4)",,1.5,,,\r
                '-1,,,,"a\r\nb",,,true,\r

                """)
        #expect(
            table(CSVWriter(properties: [], hasGeometryColumn: false, decimals: 1), features)
                == "id,lon,lat\r\nk7,2.4,-48\r\n,,\r\n'-1,,\r\n")
    }

    @Test(
        "text that a spreadsheet would run gets an apostrophe, numbers do not",
        arguments: [
            ("=1+1", "'=1+1"), ("+33 1", "'+33 1"), ("-2", "'-2"), ("@SUM(A1)", "'@SUM(A1)"), ("\tx", "\"'\tx\""),
            ("\rx", "\"'\rx\""), ("=a,\"b\"", "\"'=a,\"\"b\"\"\""), ("a=1", "a=1"), ("", ""), (-2, "-2"),
            (-0.5, "-0.5"),
        ] as [(JSONValue, String)])
    func formulaGuard(value: JSONValue, expected: String) {
        let feature = GeoJSONFeature(geometry: nil, properties: ["t": value])
        let row = text { CSVWriter(properties: ["t"], hasGeometryColumn: false).append(feature, to: &$0) }
        #expect(row == ",,,\(expected)\r\n")
    }

    @Test("points and their text round trip")
    func roundTrip() throws {
        let seed: UInt64 = 3
        var random = SeededGenerator(seed: seed)
        let alphabet = Array("ab,;\t\"\n\r é🌳'=")
        let features = try (0..<300).map { _ in
            // The letter in front keeps the formula guard out of the way.
            let text =
                "t"
                + String(
                    (0..<Int.random(in: 0...9, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? "x"
                    })
            let place = try Coordinate(
                longitude: .random(in: -180...180, using: &random), latitude: .random(in: -90...90, using: &random))
            return GeoJSONFeature(geometry: .point(place.rounded(decimals: 7)), properties: ["title": .string(text)])
        }
        let written = table(CSVWriter(properties: ["title"], hasGeometryColumn: false), features)
        let reading = Reading(written, as: .csv, chunkSize: 17)
        #expect(reading.failure == nil)
        #expect(reading.features == features, "seed \(seed)")
    }

    @Test(
        "every geometry type has its well-known text",
        arguments: [
            (#"{"type":"Point","coordinates":[2.5,48]}"#, "POINT (2.5 48)"),
            (#"{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}"#, "MULTIPOINT ((1 2),(3 4))"),
            (#"{"type":"MultiLineString","coordinates":[[[1,2],[3,4]]]}"#, "MULTILINESTRING ((1 2,3 4))"),
            (#"{"type":"Polygon","coordinates":[[[0,0],[4,0],[4,4],[0,0]]]}"#, "POLYGON ((0 0,4 0,4 4,0 0))"),
            (
                #"{"type":"MultiPolygon","coordinates":[[[[0,0],[4,0],[4,4],[0,0]]]]}"#,
                "MULTIPOLYGON (((0 0,4 0,4 4,0 0)))"
            ),
            (
                #"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]},{"type":"LineString","coordinates":[[1,2],[3,4]]}]}"#,
                "GEOMETRYCOLLECTION (POINT (1 2),LINESTRING (1 2,3 4))"
            ),
        ])
    func wellKnownText(geoJSON: String, expected: String) throws {
        let geometry = try #require(try GeoJSONReader.geometry(from: geoJSON.utf8))
        #expect(text { WKTWriter.append(geometry, to: &$0) } == expected)
        #expect(text { WKTWriter.append(.multiPoint([]), to: &$0) } == "MULTIPOINT EMPTY")
    }
}
