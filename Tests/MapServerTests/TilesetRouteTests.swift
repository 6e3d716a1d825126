import Contributions
import Curation
import HTTPTypes
import HummingbirdTesting
import MapFormats
import Testing

@testable import MapServer

/// OGC API Tiles; the names begin with the requirement that each case proves.
@Suite struct TilesetRouteTests {
    private static let tilesets = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector"
    private static let scheme = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme"
    private static let set = "/collections/quartier/tiles/WebMercatorQuad"
    /// What a browser, and Java's own client, ask for when nobody tells them what to.
    private static let browsers = [
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2",
    ]

    @Test(
        "T1 Row before column, and the same bytes as column before row", .server(try Sample.mixed()), .serialized,
        arguments: ["0/0/0", "14/8300/5635", "17/66402/45086", "5/3/9", "22/4194303/0"])
    func t1RowBeforeColumn(tile: String) async throws {
        let server = try Server.shared
        let parts = tile.split(separator: "/")
        for format in ["geojson", "mvt"] {
            for query in ["", "&kind=place", "&theme=f%C3%AAte&datetime=1987", "&q=bal"] {
                let expected = try await server.get("/xyz/quartier/\(tile).\(format)?\(query.dropFirst())")
                let turned = try await server.get(
                    "\(Self.set)/\(parts[0])/\(parts[2])/\(parts[1])?f=\(format)\(query)")
                #expect(turned.status == .ok && expected.status == .ok)
                #expect(turned.bytes == expected.bytes && turned.mediaType == expected.mediaType)
                #expect(turned.headers[.eTag] == expected.headers[.eTag])
            }
        }
    }

    @Test("T2 Landing page and layers lead to their tiles")
    func t2LinksLeadToTiles() async throws {
        try await withServer(try Sample.row(1)) { server in
            #expect(try await server.json("/").link(Self.tilesets) == "/tiles")
            let one = try await server.json("/collections/quartier")
            #expect(one.link(Self.tilesets) == "/collections/quartier/tiles")
            let listed = try await server.json("/collections")["collections"]?.array?.first
            #expect(listed?.link(Self.tilesets) == "/collections/quartier/tiles")
        }
    }

    @Test(
        "T3 The list of tilesets says enough to ask for tiles", .server(try Sample.row(2)), .serialized,
        arguments: ["/tiles", "/collections/quartier/tiles"])
    func t3ListsSayEnough(address: String) async throws {
        let document = try await Server.shared.json(address)
        #expect(document.link("self") == address)
        let sets = try #require(document["tilesets"]?.array)
        #expect(sets.count == 1)
        let set = try #require(sets.first)
        #expect(set["title"]?.text?.isEmpty == false && set["dataType"] == "vector")
        #expect(set["crs"] == "http://www.opengis.net/def/crs/EPSG/0/3857")
        #expect(set["tileMatrixSetId"] == "WebMercatorQuad")
        #expect(set["tileMatrixSetURI"] == "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad")
        #expect(set.link("self") == "\(address)/WebMercatorQuad")
        #expect(set.link(Self.scheme) == "/tileMatrixSets/WebMercatorQuad")
        let first = set["tileMatrixSetLimits"]?.array?.first
        #expect(first?["tileMatrix"] == "0" && first?["maxTileRow"] == 0 && first?["minTileCol"] == 0)
        #expect(templates(set).count == 2)
    }

    @Test("T4 Metadata of a tileset: templates, limits, layers and box")
    func t4MetadataOfATileset() async throws {
        try await withServer(try Sample.row(2)) { server in
            let document = try await server.json(Self.set)
            #expect(document["dataType"] == "vector" && document["crs"] != nil)
            #expect(
                templates(document) == [
                    "application/geo+json": "\(Self.set)/{tileMatrix}/{tileRow}/{tileCol}?f=geojson",
                    "application/vnd.mapbox-vector-tile": "\(Self.set)/{tileMatrix}/{tileRow}/{tileCol}?f=mvt",
                ])
            #expect(document.link("alternate") == "/xyz/quartier.json")
            #expect(document["boundingBox"]?["lowerLeft"] == [2.3795, 48.868])
            #expect(document["boundingBox"]?["upperRight"] == [2.3895, 48.868])
            let limits = try #require(document["tileMatrixSetLimits"]?.array)
            #expect(limits.map { $0["tileMatrix"]?.text } == (0...22).map(String.init))
            for (zoom, limit) in limits.enumerated() {
                let last = JSONValue.integer((1 << Int64(zoom)) - 1)
                #expect(limit["minTileRow"] == 0 && limit["maxTileRow"] == last)
                #expect(limit["minTileCol"] == 0 && limit["maxTileCol"] == last)
            }
            let layer = try #require(document["layers"]?.array?.first)
            #expect(layer["id"] == "quartier" && layer["dataType"] == "vector" && layer["geometryDimension"] == 0)
            #expect(layer["propertiesSchema"]?["type"] == "object")
            #expect(layer["propertiesSchema"]?["properties"]?["title"]?["type"] == "string")
            #expect(layer.link("http://www.opengis.net/def/rel/ogc/1.0/geodata") == "/collections/quartier")
        }
    }

    @Test("T4 A layer of points and lines claims no one dimension; an empty one no box")
    func t4WhatIsNotKnownIsNotSaid() async throws {
        try await withServer(try Sample.mixed()) { server in
            let layer = try #require(try await server.json(Self.set)["layers"]?.array?.first)
            #expect(layer["id"] == "quartier" && layer["geometryDimension"] == nil)
        }
        try await withServer { server in
            let document = try await server.json(Self.set)
            #expect(document["boundingBox"] == nil && document["layers"]?.array?.count == 1)
        }
    }

    @Test("T4 The tiles' addresses stand in the header too, as RFC 9652 writes them")
    func t4AddressesStandInTheHeader() async throws {
        let configuration = MapServerConfiguration(port: 0, publicURL: "https://carte.exemple")
        try await withServer(configuration: configuration) { server in
            for (path, query) in [("/collections/quartier", ""), ("", ""), ("", "&collections=quartier")] {
                let set = "\(path)/tiles/WebMercatorQuad"
                let header = try await server.header("Link-Template", of: set + "?f=json" + query)
                let start = "\"https://carte.exemple\(set)/{tileMatrix}/{tileRow}/{tileCol}?f="
                #expect(
                    header == start + "geojson\(query)\"; rel=\"item\"; type=\"application/geo+json\", " + start
                        + "mvt\(query)\"; rel=\"item\"; type=\"application/vnd.mapbox-vector-tile\"")
                #expect(try await server.header("Link-Template", of: set + "/0/0/0") == nil)
            }
        }
        #expect(Link.templateHeader([Link("item", "https://carte.exemple/é/{x}", type: "a")]) == nil)
        #expect(Link.templateHeader([Link("item", "https://carte.exemple/\"{x}", type: "a")]) == nil)
    }

    @Test("T5 WebMercatorQuad is the registry's")
    func t5WebMercatorQuadIsTheRegistrys() async throws {
        try await withServer { server in
            let landing = try await server.json("/")
            #expect(landing.link("http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes") == "/tileMatrixSets")
            let listed = try #require(try await server.json("/tileMatrixSets")["tileMatrixSets"]?.array?.first)
            #expect(listed["id"] == "WebMercatorQuad" && listed["title"] != nil && listed["uri"] != nil)
            #expect(listed.link("item") == listed.link("self"))
            let document = try await server.json(try #require(listed.link("self")))
            #expect(document["uri"] == listed["uri"] && document["orderedAxes"] == ["X", "Y"])
            let matrices = try #require(document["tileMatrices"]?.array)
            #expect(matrices.count == 25)
            let corner: JSONValue = [-20037508.3427892, 20037508.3427892]
            #expect(
                matrices[0] == [
                    "id": "0", "scaleDenominator": 559082264.028717, "cellSize": 156543.033928041,
                    "pointOfOrigin": corner, "tileWidth": 256, "tileHeight": 256, "matrixWidth": 1, "matrixHeight": 1,
                ])
            #expect(
                matrices[24] == [
                    "id": "24", "scaleDenominator": 33.3238997476528, "cellSize": 0.0093306919293428,
                    "pointOfOrigin": corner, "tileWidth": 256, "tileHeight": 256, "matrixWidth": 16_777_216,
                    "matrixHeight": 16_777_216,
                ])
            #expect(matrices[9]["cellSize"] == 305.748113140704)
            #expect(try await server.get("/tileMatrixSets/WorldCRS84Quad").status == .notFound)
        }
    }

    @Test(
        "T6 A browser's Accept gets a tile and never a page", .server(try Sample.row(3)), .serialized,
        arguments: [set, "/tiles/WebMercatorQuad"])
    func t6BrowsersGetTiles(set: String) async throws {
        let server = try Server.shared
        func type(_ query: String, _ accept: String?) async throws -> String? {
            let response = try await server.get("\(set)/0/0/0\(query)", accept.map { [.accept: $0] } ?? [:])
            return response.status == .ok ? response.mediaType : nil
        }
        let (geoJSON, vectors) = ("application/geo+json", "application/vnd.mapbox-vector-tile")
        for browser in Self.browsers {
            #expect(try await type("", browser) == geoJSON)
            #expect(try await type("?f=mvt", browser) == vectors)
        }
        #expect(try await type("", nil) == geoJSON)
        #expect(try await type("", vectors) == vectors)
        #expect(try await type("?f=geojson", vectors) == geoJSON)
        #expect(try await server.get("\(set)/0/0/0", [.accept: "image/png"]).status == .notAcceptable)
        #expect(try await server.get("\(set)/0/0/0?f=png").status == .badRequest)
        #expect(try await server.get("\(set)/0/0/0?x=1").status == .badRequest)
    }

    @Test(
        "T7 Outside the matrix there is nothing; inside it is at least an empty tile",
        .server(try Sample.row(1)), .serialized, arguments: [set, "/tiles/WebMercatorQuad"])
    func t7OutsideTheMatrixIsNothing(set: String) async throws {
        let server = try Server.shared
        for tile in [
            "0/1/0", "0/0/1", "3/8/0", "3/0/8", "23/0/0", "-1/0/0", "0/2147483647/0", "a/0/0", "0/0.0/0", "0/0/+0",
            "0/99999999999999999999/0",
        ] {
            let response = try await server.get("\(set)/\(tile)?f=mvt")
            #expect(response.status == .notFound && response.mediaType == "application/problem+json", "\(tile)")
            let problem = try JSONParser.parse(response.bytes)
            #expect(problem["code"] == "NotFound" && problem["description"]?.text?.isEmpty == false, "\(tile)")
        }
        for zoom in 0...22 {
            let side = 1 << zoom
            for inside in ["\(zoom)/0/\(side - 1)", "\(zoom)/\(side - 1)/0"] {
                #expect(try await server.get("\(set)/\(inside)?f=mvt").status == .ok, "\(inside)")
            }
            for outside in ["\(zoom)/\(side)/0", "\(zoom)/0/\(side)"] {
                #expect(try await server.get("\(set)/\(outside)?f=mvt").status == .notFound, "\(outside)")
            }
        }
        let unknown = set.replacing("WebMercatorQuad", with: "WorldCRS84Quad")
        #expect(try await server.get(unknown).status == .notFound)
        #expect(try await server.get("\(unknown)/0/0/0").status == .notFound)
        let empty = try await server.get("\(set)/5/0/0?f=geojson")
        #expect(empty.status == .ok && empty.text == #"{"type":"FeatureCollection","features":[]}"#)
        let vectors = try await server.get("\(set)/5/0/0?f=mvt")
        #expect(vectors.status == .ok && vectors.bytes.isEmpty)
        #expect(try await server.get("/collections/ailleurs/tiles").status == .notFound)
    }

    @Test("J1 TileJSON of all layers: absolute addresses, row before column, every layer")
    func j1TileJSONOfAllLayers() async throws {
        try await withServer(try Sample.row(2)) { server in
            try await server.layers.create(Layer(identifier: try LayerIdentifier("bancs")))
            let metadata = try await server.json("/tiles/WebMercatorQuad")
            let address = try #require(metadata.link("alternate"))
            let response = try await server.get(address)
            #expect(response.mediaType == "application/vnd.mapbox.tile+json")
            #expect(response.headers[.accessControlAllowOrigin] == "*" && response.headers[.eTag] != nil)
            let document = try JSONParser.parse(response.bytes)
            #expect(document["tilejson"] == "3.0.0")
            let tiles = document["tiles"]?.array?.compactMap(\.text)
            #expect(tiles?.first?.hasSuffix("/tiles/WebMercatorQuad/{z}/{y}/{x}?f=mvt") == true)
            #expect(tiles?.first?.hasPrefix("http://") == true)
            #expect(document["bounds"] == [2.3795, 48.868, 2.3895, 48.868])
            #expect(document["vector_layers"]?.array?.compactMap { $0["id"]?.text } == ["quartier", "bancs"])
        }
    }

    /// The addresses of tiles without our own origin, by media type.
    private func templates(_ document: JSONValue) -> [String: String] {
        let items = (document["links"]?.array ?? []).filter { $0["rel"] == "item" && $0["templated"] == true }
        return Dictionary(
            uniqueKeysWithValues: items.map { link in
                let path = JSONValue.object(["links": .array([link])]).link("item")
                return (link["type"]?.text ?? "", path ?? "")
            })
    }
}
