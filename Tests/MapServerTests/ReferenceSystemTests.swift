import HTTPTypes
import HummingbirdTesting
import MapFormats
import MapGeometry
import MapServer
import Testing

/// OGC API – Features – Part 2, by the ids of its requirements as the project lists them (X1–X5).
@Suite struct ReferenceSystemTests {
    static let crs84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
    static func epsg(_ code: Int) -> String { "http://www.opengis.net/def/crs/EPSG/0/\(code)" }
    static let codes = [4326, 3857, 2154, 3035, 4258, 4171, 32631]
    private static let contentCRS = HTTPField.Name("Content-Crs")!

    @Test("X1: each layer lists the systems, CRS84 first, and stores CRS84")
    func layersListTheSystems() async throws {
        let configuration = MapServerConfiguration(port: 0, additionalCRS: [2975])
        try await withServer(configuration: configuration) { server in
            let expected = JSONValue.array(
                ([Self.crs84] + (Self.codes + [2975]).map(Self.epsg)).map(JSONValue.string))
            let layer = try await server.json("/collections/quartier")
            #expect(layer["crs"] == expected && layer["storageCrs"]?.text == Self.crs84)
            let list = try await server.json("/collections")
            #expect(list["crs"] == expected && list["collections"]?.array == [layer])
        }
    }

    @Test("A system that PROJ does not know keeps the server from starting")
    func unknownSystemsAreToldAtOnce() async throws {
        await #expect(throws: (any Error).self) {
            try await withServer(configuration: MapServerConfiguration(port: 0, additionalCRS: [99_999])) { _ in }
        }
    }

    /// `echo "2.3795 48.868" | cs2cs -f %.9f OGC:CRS84 EPSG:CODE` of PROJ 9.1.1, rounded to 7 or 3 decimals.
    static let positions: [(code: Int, coordinates: JSONValue)] = [
        (4326, [48.868, 2.3795]), (4258, [48.868, 2.3795]), (4171, [48.868, 2.3795]),
        (3857, [264884.728, 6252493.363]), (2154, [654482.022, 6863286.763]), (3035, [2890539.296, 3762891.751]),
        (32631, [454495.37, 5412967.729]),
    ]

    @Test(
        "X2: coordinates in the system asked for, by its axes, and its name in Content-Crs",
        .server(try Sample.mixed()), .serialized, arguments: positions.map(\.code))
    func coordinatesInTheSystemAskedFor(code: Int) async throws {
        let server = try Server.shared
        let expected = Self.positions.first { $0.code == code }?.coordinates
        let item = "\(Server.items)/\(Sample.identifier(1))"
        let plain = try await server.json(item)
        for address in [item, Server.items] {
            let response = try await server.get("\(address)?crs=\(Self.epsg(code))")
            #expect(response.status == .ok && response.mediaType == "application/geo+json")
            #expect(response.headers[Self.contentCRS] == "<\(Self.epsg(code))>")
            let document = try JSONParser.parse(response.bytes)
            let feature = document["features"]?.array?.first { $0["id"] == plain["id"] } ?? document
            #expect(feature["geometry"]?["type"] == "Point" && feature["geometry"]?["coordinates"] == expected)
            #expect(feature["properties"] == plain["properties"] && feature["id"] == plain["id"])
            let again = try await server.get(
                "\(address)?crs=\(Self.epsg(code))", [.ifNoneMatch: response.headers[.eTag] ?? ""])
            #expect(again.status == .notModified && again.headers[Self.contentCRS] == "<\(Self.epsg(code))>")
            #expect(try await server.get(address).headers[.eTag] != response.headers[.eTag])
        }
    }

    @Test("X2: CRS84 is named in Content-Crs whether asked for or not, and its answers are the same")
    func theDefaultIsNamedToo() async throws {
        try await withServer(try Sample.mixed()) { server in
            for address in [Server.items, "\(Server.items)/\(Sample.identifier(1))"] {
                for query in ["", "?crs=\(Self.crs84)"] {
                    let response = try await server.get(address + query)
                    #expect(response.headers[Self.contentCRS] == "<\(Self.crs84)>")
                }
            }
            let plain = try await server.features(Server.items)
            let asked = try await server.features("\(Server.items)?crs=\(Self.crs84)")
            #expect(plain == asked && plain.count == 5)
        }
    }

    @Test("X2: properties, distances and lines are as they are in CRS84")
    func theRestIsAsInCRS84() async throws {
        try await withServer(try Sample.mixed()) { server in
            let query = "\(Server.items)?near=2.3795,48.868&properties=title"
            let plain = try await server.features(query)
            let placed = try await server.features("\(query)&crs=\(Self.epsg(4326))")
            #expect(placed.map { $0["distance"] } == plain.map { $0["distance"] })
            #expect(placed.map { $0["properties"] } == plain.map { $0["properties"] } && placed.count == 4)
            let walk = placed.first { $0["properties"]?["title"] == "Promenade" }
            #expect(walk?["geometry"]?["coordinates"] == [[48.86, 2.37], [48.87, 2.38]])
        }
    }

    @Test("A geometry that the system cannot express is null in it and never left out")
    func inexpressibleIsNull() async throws {
        let collection = Geometry.geometryCollection([
            Sample.point(2, 48), Sample.point(0, -90),
        ])
        let publications = [
            try Sample.publication(1, Sample.point(0, -90)), try Sample.publication(2, Sample.point(3, 46.5)),
            try Sample.publication(3, collection), try Sample.publication(4, nil),
        ]
        try await withServer(publications) { server in
            let features = try await server.features("\(Server.items)?crs=\(Self.epsg(2154))")
            let geometries = Dictionary(
                uniqueKeysWithValues: features.map { ($0["properties"]?["title"]?.text ?? "", $0["geometry"]) })
            #expect(geometries.count == 4)
            #expect(geometries["1"] == .null && geometries["3"] == .null && geometries["4"] == .null)
            #expect(geometries["2"]??["coordinates"] == [700_000, 6_600_000])
            let item = try await server.json("\(Server.items)/\(Sample.identifier(1))?crs=\(Self.epsg(2154))")
            #expect(item["geometry"] == .null && item["properties"]?["title"] == "1")
        }
    }

    @Test(
        "X3: a box in another system finds what its counterpart in CRS84 finds", .server(try Sample.row(40)),
        .serialized, arguments: codes)
    func boxesInOtherSystems(code: Int) async throws {
        let server = try Server.shared
        let all = try await server.features("\(Server.items)?crs=\(Self.epsg(code))")
        let positions = all.compactMap { $0["geometry"]?["coordinates"]?.array?.compactMap(\.double) }
        #expect(positions.count == 40)
        // From one feature to another, by their coordinates as printed: both are on the edge.
        let (a, b) = (positions[10], positions[25])
        let box = [min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])]
        let inside = Set(
            zip(all, positions).filter { (box[0]...box[2]).contains($1[0]) && (box[1]...box[3]).contains($1[1]) }
                .compactMap { $0.0["id"]?.text })
        let query = "bbox=\(box.map(\.description).joined(separator: ","))&bbox-crs=\(Self.epsg(code))"
        let found = Set(try await server.features("\(Server.items)?\(query)").compactMap { $0["id"]?.text })
        #expect(
            inside.count >= 2 && found.isSuperset(of: inside) && found.count <= 18, "\(found.count) \(inside.count)")
        let six = "bbox=\(box[0]),\(box[1]),-5,\(box[2]),\(box[3]),5&bbox-crs=\(Self.epsg(code))"
        #expect(Set(try await server.features("\(Server.items)?\(six)").compactMap { $0["id"]?.text }) == found)
        let next = try await server.titlesOfAllPages("\(Server.items)?\(query)&crs=\(Self.epsg(code))&limit=3")
        #expect(next.count == found.count && Set(next).count == found.count, "next links keep both systems")
    }

    @Test("X3: the axes of bbox-crs are the authority's, and the extent of the layer holds all")
    func axesOfBoxes() async throws {
        try await withServer(try Sample.row(3)) { server in
            let latitudeFirst = "bbox=48,2,49,3&bbox-crs=\(Self.epsg(4326))"
            let found = try await server.features("\(Server.items)?\(latitudeFirst)")
            #expect(found.count == 3)
            let longitudeFirst = "bbox=2,48,3,49&bbox-crs=\(Self.epsg(4326))"
            #expect(try await server.features("\(Server.items)?\(longitudeFirst)").isEmpty)
            let default84 = "bbox=2,48,3,49&bbox-crs=\(Self.crs84)"
            #expect(try await server.features("\(Server.items)?\(default84)").count == 3)
        }
    }

    @Test("The extent has six decimals at most and is rounded outwards")
    func extentsAreRoundedOutwards() async throws {
        let publications = [
            try Sample.publication(1, Sample.point(2.1234567, 48.1234567)),
            try Sample.publication(2, Sample.point(-2.1234567, -48.1234561)),
        ]
        try await withServer(publications) { server in
            let layer = try await server.json("/collections/quartier")
            #expect(layer["extent"]?["spatial"]?["bbox"] == [[-2.123457, -48.123457, 2.123457, 48.123457]])
        }
    }

    @Test(
        "X4: a system that is not spoken is refused, with those that are", .server(), .serialized,
        arguments: [
            "http://www.opengis.net/def/crs/0/unsupported", "EPSG:2154", "",
            "http://www.opengis.net/def/crs/EPSG/0/27572", "http://www.opengis.net/def/crs/epsg/0/2154",
        ])
    func unknownSystemsAreRefused(uri: String) async throws {
        let server = try Server.shared
        for name in ["crs", "bbox-crs"] {
            let response = try await server.get("\(Server.items)?bbox=2,48,3,49&\(name)=\(uri)")
            #expect(response.status == .badRequest && response.mediaType == "application/problem+json")
            let problem = try JSONParser.parse(response.bytes)
            #expect(problem["parameter"]?.text == name)
            #expect(problem["detail"]?.text?.contains(Self.epsg(2154)) == true)
        }
        let item = try await server.get("\(Server.items)/\(Sample.identifier(1))?crs=\(uri)")
        #expect(item.status == .badRequest)
        #expect(
            try await server.get("\(Server.items)/\(Sample.identifier(1))?bbox-crs=\(Self.crs84)").status == .badRequest
        )
    }

    @Test(
        "A box that is none in its system is refused, with the system", .server(), .serialized,
        arguments: ["", "1,2,3", "2,0,1,1", "nan,0,1,1", "0,0,inf,1", "1,2,3,4,5"])
    func boxesAreReadStrictly(box: String) async throws {
        let server = try Server.shared
        let response = try await server.get("\(Server.items)?bbox=\(box)&bbox-crs=\(Self.epsg(2154))")
        #expect(response.status == .badRequest)
        let problem = try JSONParser.parse(response.bytes)
        #expect(problem["parameter"] == "bbox" && problem["detail"]?.text?.contains(Self.epsg(2154)) == true)
    }
}
