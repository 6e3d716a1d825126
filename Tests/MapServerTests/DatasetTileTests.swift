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

    @Test("T11 A GeoJSON tile is one FeatureCollection with the features of all, and nothing added")
    func t11OneFeatureCollection() async throws {
        try await withTwoLayers { server in
            let first = try await server.features("/xyz/quartier/17/66402/45086.geojson")
            let second = try await server.features("/xyz/bancs/17/66402/45086.geojson")
            #expect(try await server.features("\(Self.tile)?f=geojson") == first + second)
            #expect(try await server.features("\(Self.tile)?f=geojson&collections=bancs,quartier") == second + first)
            #expect(try await server.features("\(Self.tile)?f=geojson&collections=bancs") == second)
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
