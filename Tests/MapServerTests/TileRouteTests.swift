import Contributions
import Curation
import Foundation
import HTTPTypes
import HummingbirdTesting
import MapFormats
import MapGeometry
import Testing

@testable import MapServer

@Suite struct TileRouteTests {
    @Test(
        "Tiles outside the matrix are not there", .server(), .serialized,
        arguments: [
            "0/1/0", "0/0/1", "3/8/0", "23/0/0", "-1/0/0", "0/0/-1", "a/0/0", "0/0/0x0", "1.0/0/0", "0/+0/0",
            "00000000000000000000/0/0", "22/4194304/0",
        ])
    func tilesOutsideTheMatrixAreNotThere(tile: String) async throws {
        let server = try Server.shared
        for ending in ["mvt", "geojson"] {
            let response = try await server.get("/xyz/quartier/\(tile).\(ending)")
            #expect(response.status == .notFound)
        }
        #expect(try await server.get("/xyz/quartier/22/4194303/4194303.mvt").status == .ok)
    }

    @Test func anEmptyTileIsAnEmptyCollection() async throws {
        try await withServer(try Sample.row(1)) { server in
            let geoJSON = try await server.get("/xyz/quartier/5/0/0.geojson")
            #expect(geoJSON.status == .ok && geoJSON.mediaType == "application/geo+json")
            #expect(geoJSON.text == #"{"type":"FeatureCollection","features":[]}"#)
            let vectors = try await server.get("/xyz/quartier/5/0/0.mvt")
            #expect(vectors.status == .ok && vectors.mediaType == "application/vnd.mapbox-vector-tile")
            #expect(vectors.bytes.isEmpty)
        }
    }

    @Test func tilesTakeTheConditionsOfItems() async throws {
        try await withServer(try Sample.mixed()) { server in
            func titles(_ query: String) async throws -> Set<String> {
                let features = try await server.features("/xyz/quartier/17/66402/45086.geojson\(query)")
                return Set(features.compactMap { $0["properties"]?["title"]?.text })
            }
            let all = try await titles("")
            #expect(all.contains("Maison des métallos"))
            #expect(try await titles("?kind=memory").isDisjoint(with: ["Maison des métallos"]))
            #expect(try await titles("?theme=travail") == ["Maison des métallos"])
            #expect(try await titles("?q=introuvable").isEmpty)
            #expect(try await server.get("/xyz/quartier/0/0/0.mvt?kind=chose").status == .badRequest)
        }
    }

    @Test("A tile comes the second time out of the cache, the same, and anew after a change")
    func tilesComeOutOfTheCache() async throws {
        try await withServer(try Sample.row(5)) { server in
            for ending in ["geojson", "mvt"] {
                let address = "/xyz/quartier/8/129/88.\(ending)"
                let (first, second) = (try await server.get(address), try await server.get(address))
                #expect(first.bytes == second.bytes && first.headers[.eTag] == second.headers[.eTag])
                let packed = try await server.get(address, [.acceptEncoding: "gzip"])
                #expect(packed.headers[.contentEncoding] == "gzip")
                #expect(try gunzip(packed.bytes) == first.bytes)
                try await ImportedFile.points(4, titled: "nouveau").bringIn(through: server.layers)
                let changed = try await server.get(address)
                #expect(changed.bytes != first.bytes)
            }
        }
    }

    @Test("T10 An empty tile says that all inside it are empty, out of the cache, anew, narrowed and as 304 alike")
    func t10EmptyTilesSaySo() async throws {
        try await withServer(try Sample.row(1)) { server in
            let far = [
                "/xyz/quartier/5/0/0.mvt", "/xyz/quartier/5/0/0.geojson",
                "/collections/quartier/tiles/WebMercatorQuad/5/0/0?f=mvt",
            ]
            for address in far {
                for _ in 1...2 { #expect(try await server.header("OATiles-hint", of: address) == "empty") }
                let held = try #require(try await server.header("ETag", of: address))
                let unchanged = try await server.get(address, [.ifNoneMatch: held])
                let name = try #require(HTTPField.Name("OATiles-hint"))
                #expect(unchanged.status == .notModified && unchanged.headers[name] == "empty")
                #expect(unchanged.headers[.accessControlExposeHeaders]?.contains("OATiles-hint") == true)
            }
            #expect(try await server.header("OATiles-hint", of: "/xyz/quartier/0/0/0.mvt") == nil)
            // The same ground holds nothing of the kind asked for.
            #expect(try await server.header("OATiles-hint", of: "/xyz/quartier/0/0/0.mvt?kind=memory") == "empty")
            try await ImportedFile(
                text:
                    #"{"type":"Feature","geometry":{"type":"Point","coordinates":[-175,84]},"properties":{"title":"ici"}}"#
            ).bringIn(through: server.layers)
            for address in far { #expect(try await server.header("OATiles-hint", of: address) == nil) }
        }
    }

    @Test func theCacheKeepsItsCapacityAndForgetsLayersReadAnew() async throws {
        let cache = TileCache(capacity: 50_000)
        try await withServer(try Sample.row(1)) { server in
            let layer = try server.layers.require(try LayerIdentifier("quartier"))
            let tile = TileCache.Tile((0..<2_000).map { _ in UInt8.random(in: 0...255) })
            let addresses = try (0..<64).map { try TileAddress(zoom: 6, column: $0, row: 0) }
            for address in addresses {
                cache.keep(tile, .init(address, of: layer, as: .vectorTile), of: layer, version: 0)
            }
            let kept = addresses.filter { cache.tile(.init($0, of: layer, as: .vectorTile), of: layer) != nil }
            #expect((1...13).contains(kept.count))
            #expect(kept.last == addresses.last)
            #expect(cache.tile(.init(addresses[63], of: layer, as: .geoJSON), of: layer) == nil)
            try await ImportedFile.points(1, titled: "nouveau").bringIn(through: server.layers)
            let changed = try server.layers.require(layer.identifier)
            #expect(kept.allSatisfy { cache.tile(.init($0, of: changed, as: .vectorTile), of: changed) == nil })
        }
    }

    @Test func tileJSONDescribesTheTiles() async throws {
        let layer = Layer(
            identifier: try LayerIdentifier("quartier"), title: "Le quartier", description: "Autour du 94")
        try await withServer(try Sample.mixed(), layer: layer) { server in
            let document = try await server.json("/xyz/quartier.json?kind=memory,place&q=a+b")
            #expect(document["tilejson"] == "3.0.0")
            #expect(document["tiles"] == ["http://localhost/xyz/quartier/{z}/{x}/{y}.mvt?kind=memory,place&q=a%20b"])
            #expect(document["minzoom"] == 0 && document["maxzoom"] == 22)
            #expect(document["name"] == "Le quartier" && document["description"] == "Autour du 94")
            #expect(document["vector_layers"]?.array?.first?["id"] == "quartier")
            #expect(document["vector_layers"]?.array?.first?["fields"]?["title"] != nil)
            #expect(document["bounds"] == [2.37, 48.86, 2.381, 48.87])
            #expect(document["center"]?.array?.count == 3)
        }
    }

    @Test("A cluster opens into what it holds, and its leaves come page by page")
    func clustersOpen() async throws {
        try await withServer(try Sample.row(40)) { server in
            let clusters = try await server.features("/xyz/quartier/0/0/0.geojson")
            let cluster = try #require(clusters.first?["properties"])
            #expect(cluster["point_count"] == 40)
            let address = "/xyz/quartier/clusters/\(try #require(cluster["cluster_id"]?.integer))"
            let children = try await server.features(address + "/children")
            #expect(children.reduce(0) { $0 + ($1["properties"]?["point_count"]?.integer ?? 1) } == 40)
            let all = try await server.titlesOfAllPages(address + "/leaves?limit=7")
            #expect(all.count == 40 && Set(all) == Set((0..<40).map(String.init)))
            let page = try await server.json(address + "/leaves?limit=7&offset=35")
            #expect(page["numberMatched"] == 40 && page["numberReturned"] == 5 && page.link("next") == nil)
            #expect(try await server.features(address + "/leaves?offset=40").isEmpty)
            for query in ["limit=0", "offset=-1", "offset=x", "offset=1.5", "bbox=0,0,1,1"] {
                #expect(try await server.get("\(address)/leaves?\(query)").status == .badRequest, "\(query)")
            }
        }
    }

    @Test(
        "A cluster that is not there is not found", .server(try Sample.row(1)), .serialized,
        arguments: ["0", "1", "99999999999999999999999", "-1", "x", "18446744073709551615"])
    func unknownClustersAreNotFound(cluster: String) async throws {
        let server = try Server.shared
        for part in ["children", "leaves"] {
            #expect(try await server.get("/xyz/quartier/clusters/\(cluster)/\(part)").status == .notFound)
        }
    }
}
