import Contributions
import Curation
import HTTPTypes
import HummingbirdTesting
import MapFormats
import Testing

@testable import MapServer

/// Tiles with several layers at once.
@Suite struct DatasetTileTests {
    private static let tile = "/tiles/WebMercatorQuad/17/45086/66402"

    @Test("T11 A vector tile has one source layer a collection, in the order asked, with the layer's own bytes")
    func t11LayersInTheOrderAsked() async throws {
        try await withTwoLayers { server in
            let (first, second) = (
                try await server.get("/xyz/quartier/17/66402/45086.mvt").bytes,
                try await server.get("/xyz/bancs/17/66402/45086.mvt").bytes
            )
            #expect(!first.isEmpty && !second.isEmpty && first != second)
            func tile(_ query: String) async throws -> [UInt8] {
                try await server.get("\(Self.tile)?f=mvt\(query)").bytes
            }
            #expect(try await tile("") == first + second)
            #expect(try await tile("&collections=quartier,bancs") == first + second)
            #expect(try await tile("&collections=bancs,quartier") == second + first)
            #expect(try await tile("&collections=bancs") == second)
            #expect(try await tile("&collections=bancs,bancs") == second)
        }
    }

    @Test("T11 A GeoJSON tile is one FeatureCollection with the features of all, each with the name of its layer")
    func t11OneFeatureCollection() async throws {
        try await withTwoLayers { server in
            func named(_ layer: String) async throws -> [JSONValue] {
                try await server.features("/xyz/\(layer)/17/66402/45086.geojson").map { feature in
                    var members = feature.object ?? JSONObject()
                    members["collection"] = .string(layer)
                    return .object(members)
                }
            }
            let (first, second) = (try await named("quartier"), try await named("bancs"))
            func sorted(_ features: [JSONValue]) -> [[String]] {
                features.map { ($0.object?.members ?? []).map { "\($0.name): \($0.value)" }.sorted() }
            }
            for (query, expected) in [
                ("", first + second), ("&collections=bancs,quartier", second + first), ("&collections=bancs", second),
            ] {
                let found = try await server.features("\(Self.tile)?f=geojson\(query)")
                #expect(sorted(found) == sorted(expected))
            }
            let narrowed = try await server.features("\(Self.tile)?f=geojson&q=metallos")
            #expect(narrowed.map { $0["properties"]?["title"]?.text } == ["Maison des métallos"])
            #expect(try await server.features("/tiles/WebMercatorQuad/17/0/0?f=geojson").isEmpty)
        }
    }

    @Test(
        "T11 An unknown collection is refused by the name of the parameter", .server(try Sample.row(1)), .serialized,
        arguments: ["ailleurs", "quartier,ailleurs", "", "quartier,", "Quartier", "..%2Fquartier"])
    func t11UnknownCollectionsAreRefused(names: String) async throws {
        let response = try await Server.shared.get("\(Self.tile)?collections=\(names)")
        #expect(response.status == .badRequest)
        #expect(try JSONParser.parse(response.bytes)["parameter"] == "collections")
    }

    @Test("T11 Clusters of two layers with one number have two ids, and lead to the layer that they name")
    func t11ClustersLeadToTheirLayer() async throws {
        try await withServer(try Sample.row(40)) { server in
            try await ImportedFile.points(3, titled: "banc").bringIn(through: server.layers, layer: "bancs")
            let features = try await server.features("/tiles/WebMercatorQuad/0/0/0?f=geojson")
            #expect(features.count == 2 && features[0]["id"] != features[1]["id"])
            for (feature, expected) in zip(features, [("quartier", 40), ("bancs", 3)]) {
                let number = try #require(feature["properties"]?["cluster_id"]?.integer)
                #expect(feature["id"] == .string("\(expected.0)/\(number)"))
                #expect(feature["collection"] == .string(expected.0))
                #expect(feature["properties"]?.object?.members.count == 5)
                let leaves = try await server.json("/xyz/\(expected.0)/clusters/\(number)/leaves")
                #expect(leaves["numberMatched"] == .integer(Int64(expected.1)))
            }
            #expect(features[0]["properties"]?["cluster_id"] == features[1]["properties"]?["cluster_id"])
            let alone = try await server.features("/xyz/quartier/0/0/0.geojson")
            #expect(alone.first?["id"] == alone.first?["properties"]?["cluster_id"])
            #expect(alone.first?["collection"] == nil)
        }
    }

    @Test("T11 The tileset of some layers names them in the order asked, and so do the addresses of its tiles")
    func t11TilesetOfSomeLayers() async throws {
        try await withTwoLayers { server in
            for (names, query) in [
                (["quartier", "bancs"], ""), (["bancs", "quartier"], "collections=bancs,quartier"),
                (["bancs"], "collections=bancs"), (["bancs"], "collections=bancs,bancs"),
            ] {
                let document = try await server.json("/tiles/WebMercatorQuad?f=json&\(query)")
                #expect(document["layers"]?.array?.compactMap { $0["id"]?.text } == names)
                let tile = try #require(document.link("item")).replacing("{tileMatrix}", with: "17")
                    .replacing("{tileRow}", with: "45086").replacing("{tileCol}", with: "66402")
                let found = try await server.features(tile)
                let bare = try await server.features("\(Self.tile)?f=geojson&\(query)")
                #expect(!found.isEmpty && found == bare)
                #expect(Set(found.compactMap { $0["collection"]?.text }) == Set(names))
                let tileJSON = try await server.json(try #require(document.link("alternate")))
                #expect(tileJSON["vector_layers"]?.array?.compactMap { $0["id"]?.text } == names)
                let address = try #require(tileJSON["tiles"]?.array?.first?.text)
                #expect(
                    address.hasSuffix(query.isEmpty ? "?f=mvt" : "?f=mvt&collections=\(names.joined(separator: ","))"))
                #expect(document["boundingBox"] != nil && tileJSON["bounds"] != nil)
            }
            let unknown = try await server.get("/tiles/WebMercatorQuad?collections=bancs,ailleurs")
            #expect(unknown.status == .badRequest)
            #expect(
                try await server.get("/collections/bancs/tiles/WebMercatorQuad?collections=bancs").status == .badRequest
            )
        }
    }

    @Test("T10 A tile of several layers tells of its descendants what all its layers tell")
    func t10HintsOfSeveralLayers() async throws {
        try await withTwoLayers { server async throws in
            let far = "/tiles/WebMercatorQuad/5/0/0"
            #expect(try await server.header("OATiles-hint", of: far) == "empty")
            #expect(try await server.header("OATiles-hint", of: Self.tile) == nil)
            // Nothing of the benches is there, but something of the other layer.
            let walk = "/tiles/WebMercatorQuad/17/45090/66400"
            #expect(try await server.header("OATiles-hint", of: walk + "?collections=bancs") == "empty")
            #expect(try await server.header("OATiles-hint", of: walk) == nil)
        }
    }

    @Test("A service without a layer has tiles, and they are empty")
    func noLayerIsAnEmptyTile() async throws {
        try await withServer { server in
            _ = try await server.layers.delete(try LayerIdentifier("quartier"))
            #expect(try await server.get("/tiles/WebMercatorQuad/0/0/0?f=mvt").bytes.isEmpty)
            #expect(try await server.features("/tiles/WebMercatorQuad/0/0/0?f=geojson").isEmpty)
            let metadata = try await server.json("/tiles/WebMercatorQuad")
            #expect(metadata["layers"] == nil)
            #expect(try await server.json("/tiles/WebMercatorQuad?f=tilejson")["vector_layers"] == [])
        }
    }

    /// The mixed sample as `quartier`, and a place of its own as `bancs`.
    private func withTwoLayers(_ body: @Sendable (Server) async throws -> Void) async throws {
        try await withServer(try Sample.mixed()) { server in
            let bench = ImportedFile(
                text:
                    #"{"type":"Feature","geometry":{"type":"Point","coordinates":[2.3796,48.8681]},"properties":{"title":"Un banc"}}"#
            )
            try await bench.bringIn(through: server.layers, layer: "bancs")
            try await body(server)
        }
    }
}
