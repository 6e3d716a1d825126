import Foundation
import HTTPTypes
import HummingbirdTesting
import MapFormats
import TestSupport
import Testing

@testable import MapServer

/// The ground under the map and its letters, and their absence.
@Suite struct GroundRoutesTests {
    private static let tile = "/basemap/8/129/88.mvt"

    @Test("A tile goes out as it is stored to whoever takes gzip, and inflated to whoever does not", .server())
    func aTileInBothForms() async throws {
        let server = try Server.shared
        let compressed = try await server.get(Self.tile, [.acceptEncoding: "gzip"])
        #expect(compressed.bytes == SampleGround.compressedTile)
        #expect(compressed.headers[.contentEncoding] == "gzip")
        #expect(compressed.mediaType == "application/vnd.mapbox-vector-tile")
        #expect(compressed.headers[.cacheControl] == "public, max-age=3600")
        let plain = try await server.get(Self.tile, [.acceptEncoding: "identity"])
        #expect(plain.bytes == SampleGround.tile && plain.headers[.contentEncoding] == nil)
        #expect(plain.headers[.eTag] != compressed.headers[.eTag])
        #expect(try await server.get("/basemap/0/0/0.mvt").bytes == SampleGround.tile)
        for form in [plain, compressed] {
            let tag = try #require(form.headers[.eTag])
            #expect(try await server.get(Self.tile, [.ifNoneMatch: tag]).status == .notModified)
        }
    }

    @Test(
        "Where there is no tile one without layers is sent; outside the grid or the zooms there is nothing", .server())
    func tilesThatThereAreNot() async throws {
        let server = try Server.shared
        for address in ["/basemap/8/129/89.mvt", "/basemap/3/0/7.mvt"] {
            let empty = try await server.get(address)
            #expect(empty.status == .ok && empty.bytes.isEmpty, "\(address)")
            #expect(empty.mediaType == "application/vnd.mapbox-vector-tile")
        }
        for name in ["9/0/0", "8/256/0", "8/0/256", "8/-1/0", "08/0/0", "8/1e1/0", "x/y/z", "99999999999/0/0"] {
            #expect(try await server.get("/basemap/\(name).mvt").status == .notFound, "\(name)")
        }
    }

    @Test("The TileJSON names the tiles by our address, what they hold, and whom to thank", .server())
    func tileJSON() async throws {
        let document = try await Server.shared.json("/basemap.json")
        #expect(document["tiles"]?.array?.first?.text?.hasSuffix("/basemap/{z}/{x}/{y}.mvt") == true)
        #expect(document["minzoom"] == 0 && document["maxzoom"] == 8)
        #expect(document["bounds"] == [2.3, 48.8, 2.4, 48.9])
        #expect(document["vector_layers"]?.array?.first?["id"] == "street")
        #expect(
            document["attribution"]?.text
                == #"© <a href="https://www.openstreetmap.org/copyright">OpenStreetMap</a> contributors, ODbL"#)
    }

    @Test("What a file says of its origin is text and never markup")
    func attributionIsText() {
        #expect(
            BasemapAttribution.markup(of: #"<img src=x onerror="alert('1')">&"#)
                == "&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;")
        #expect(BasemapAttribution.markup(of: nil).contains("OpenStreetMap</a> contributors, ODbL"))
    }

    @Test("The names are sent as they are", .server())
    func names() async throws {
        let response = try await Server.shared.get("/basemap/names.json")
        #expect(response.text == SampleGround.names && response.mediaType == "application/json")
    }

    @Test("Glyphs are found under the first font that there is, however the address is written", .server())
    func glyphs() async throws {
        let server = try Server.shared
        for font in ["Noto%20Sans%20Regular", "Nobody,Noto%20Sans%20Regular", "Nobody%2C%20Noto%20Sans%20Regular"] {
            let response = try await server.get("/fonts/\(font)/0-255.pbf", [.acceptEncoding: "identity"])
            #expect(response.bytes == SampleGround.glyphs, "\(font)")
            #expect(response.mediaType == "application/x-protobuf")
            #expect(response.headers[.cacheControl] == "public, max-age=86400")
        }
        let missing = try await server.get("/fonts/Noto%20Sans%20Regular/65280-65535.pbf")
        #expect(missing.status == .ok)
        #expect(
            missing.bytes == [0x0A, 32, 0x0A, 17] + Array("Noto Sans Regular".utf8) + [0x12, 11]
                + Array("65280-65535".utf8))
    }

    @Test(
        "Nothing but glyphs of a font comes out of the folder of fonts", .server(),
        arguments: [
            "Nobody/0-255", "..%2Ffonts%2FNoto%20Sans%20Regular/0-255", "../0-255", "%2E%2E/0-255", "./0-255",
            ",/0-255", "%20/0-255", "Noto%20Sans%20Regular%00/0-255", "Noto%20Sans%20Regular/0-256",
            "Noto%20Sans%20Regular/1-256", "Noto%20Sans%20Regular/65536-65791", "Noto%20Sans%20Regular/00-255",
            "Noto%20Sans%20Regular/+0-255", "Noto%20Sans%20Regular/..%2F0-255", "Noto%20Sans%20Regular/0",
            "Noto%20Sans%20Regular/-256--1",
        ])
    func nothingElseComesOut(name: String) async throws {
        let status = try await Server.shared.get("/fonts/\(name).pbf").status
        #expect(status == .notFound || status == .badRequest, "\(status)")
    }

    @Test(
        "A server without a basemap and fonts has neither",
        arguments: [tile, "/basemap.json", "/basemap/names.json", "/fonts/Noto%20Sans%20Regular/0-255.pbf"])
    func withoutGround(address: String) async throws {
        try await withServer { server in
            let status = try await server.get(address).status
            #expect(status == .notFound)
        }
    }

    @Test("A gzip form that is damaged, cut short or far too long once inflated is not inflated")
    func damagedForms() throws {
        let whole = SampleGround.compressedTile
        #expect(Gunzip.decompress(whole) == SampleGround.tile)
        #expect(Gunzip.decompress(whole.dropLast(1)) == nil)
        #expect(Gunzip.decompress([0x1F, 0x8B, 1, 2, 3]) == nil)
        #expect(Gunzip.decompress([]) == nil)
        let bomb = try #require(Gzip.compress([UInt8](repeating: 0, count: 3_000_000)))
        #expect(bomb.count < 10_000)
        #expect(Gunzip.decompress(bomb)?.count == 3_000_000)
        #expect(Gunzip.decompress(bomb, longest: 1_000_000) == nil)
    }
}
