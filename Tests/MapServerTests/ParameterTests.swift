import HTTPTypes
import HummingbirdTesting
import MapFormats
import Testing

/// Parameters are read strictly: what is unknown or cannot be read is named, with what was expected.
@Suite struct ParameterTests {
    static let unreadable: [(name: String, values: [String])] = [
        (
            "bbox",
            [
                "", "1,2,3", "1,2,3,4,5", "a,b,c,d", "NaN,0,1,1", "0,0,inf,1", "0,1,2,0", "181,0,182,1", "0,-91,1,0",
                "0x1,0,1,1", "1,2,3,4,", "1;2;3;4", "1,+2,3,4", "0,0,1,1,1,1,1",
            ]
        ),
        ("near", ["", "2.3", "2.3,48.8,3", "35.6,139.7", "lon,lat", "nan,0", "2.3;48.8", "181,0"]),
        (
            "datetime",
            ["", "hier", "../..", "/", "2020/1987", "1987-13", "1987-02-30", "1987/1988/1989", "1987-06-21T25:00:00Z"]
        ),
        ("kind", ["", "chose", "place,", "Place", "place,chose"]),
        ("theme", ["", ",", "a,,b"]),
        ("q", ["", "%20", "!!!", "%2B", "%00"]),
        ("limit", ["0", "-1", "1.5", "unlimited", "", "+5", "1e3", "%EF%BC%91", "10%20000", "0x10"]),
        (
            "cursor",
            ["", "x", "AAAA", "BQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "AvAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "!!!!"]
        ),
        ("properties", ["", "a,,b"]),
        ("f", ["", "HTML", "GeoJSON", "xml"]),
    ]

    @Test(
        "What cannot be read is refused with its name and what was expected", .server(), .serialized,
        arguments: unreadable.map(\.name))
    func whatCannotBeReadIsNamed(name: String) async throws {
        let values = Self.unreadable.first { $0.name == name }?.values ?? []
        #expect(!values.isEmpty)
        let server = try Server.shared
        for value in values {
            let response = try await server.get("\(Server.items)?\(name)=\(value)")
            try Self.expectRefusal(response, of: name, asked: "\(name)=\(value)")
        }
    }

    @Test(
        "A radius is from 0 to 1,000,000 metres", .server(), .serialized,
        arguments: ["-1", "1000001", "", "abc", "nan", "1e7", "inf"])
    func radiusIsInItsRange(value: String) async throws {
        let server = try Server.shared
        let response = try await server.get("\(Server.items)?near=2.38,48.86&radius=\(value)")
        try Self.expectRefusal(response, of: "radius", asked: value)
        for sound in ["0", "1000000", "12.5"] {
            #expect(try await server.get("\(Server.items)?near=2.38,48.86&radius=\(sound)").status == .ok)
        }
    }

    @Test func aRadiusAloneMeansNothing() async throws {
        try await withServer { server in
            let response = try await server.get("\(Server.items)?radius=100")
            try Self.expectRefusal(response, of: "radius", asked: "radius alone")
            #expect(response.text.contains("near"))
        }
    }

    @Test(
        "An unknown parameter is named, and those that are known", .server(), .serialized,
        arguments: [
            Server.items, "/", "/collections", "/collections/quartier", "/xyz/quartier.json", "/xyz/quartier/0/0/0.mvt",
            "/exports/quartier.csv", "/styles", "/health", "/tileMatrixSets", "/tileMatrixSets/WebMercatorQuad",
            "/tiles",
            "/tiles/WebMercatorQuad", "/collections/quartier/tiles", "/collections/quartier/tiles/WebMercatorQuad",
            "/collections/quartier/tiles/WebMercatorQuad/0/0/0", "/tiles/WebMercatorQuad/0/0/0",
        ])
    func anUnknownParameterIsNamed(address: String) async throws {
        let server = try Server.shared
        let response = try await server.get("\(address)?limite=5")
        try Self.expectRefusal(response, of: "limite", asked: address)
    }

    @Test func aRepeatedParameterIsNamed() async throws {
        try await withServer { server in
            for query in ["limit=5&limit=5", "kind=place&kind=memory", "limit=5&%6Cimit=6"] {
                let response = try await server.get("\(Server.items)?\(query)")
                try Self.expectRefusal(response, of: query.hasPrefix("kind") ? "kind" : "limit", asked: query)
            }
        }
    }

    @Test("A parameter of another route is unknown on this one")
    func parametersBelongToRoutes() async throws {
        try await withServer { server in
            try Self.expectRefusal(
                try await server.get("/exports/quartier.geojson?limit=5"), of: "limit", asked: "export")
            try Self.expectRefusal(
                try await server.get("/xyz/quartier/0/0/0.mvt?bbox=0,0,1,1"), of: "bbox", asked: "tile")
        }
    }

    @Test(
        "A limit above the most is the most", .server(try Sample.row(3)), .serialized,
        arguments: ["10000", "10001", "999999999999", "99999999999999999999999999"])
    func aLimitAboveTheMostIsTheMost(limit: String) async throws {
        let server = try Server.shared
        #expect(try await server.features("\(Server.items)?limit=\(limit)").count == 3)
    }

    @Test func aPageHoldsAHundredUnlessToldOtherwiseAndTenThousandAtMost() async throws {
        try await withServer(try Sample.row(120)) { server in
            let page = try await server.json(Server.items)
            #expect(page["numberReturned"] == 100)
            #expect(page["features"]?.array?.count == 100)
            #expect(page["numberMatched"] == 120)
            #expect(page.link("next") != nil)
        }
    }

    private static func expectRefusal(_ response: TestResponse, of name: String, asked: String) throws {
        let asked = Comment(rawValue: asked)
        #expect(response.status == .badRequest, asked)
        #expect(response.mediaType == "application/problem+json", asked)
        #expect(response.headers[.accessControlAllowOrigin] == "*", asked)
        let problem = try JSONParser.parse(response.bytes)
        #expect(problem["parameter"]?.text == name, asked)
        #expect(problem["status"] == 400 && problem["title"] == "Bad Request", asked)
        #expect(problem["code"] == "InvalidParameterValue" && problem["detail"] == problem["description"], asked)
        #expect(problem["detail"]?.text?.contains("“\(name)”") == true, asked)
    }
}
