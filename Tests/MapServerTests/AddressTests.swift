import Contributions
import Curation
import HTTPTypes
import HummingbirdTesting
import MapFormats
import NIOCore
import Testing

@testable import MapServer

/// Addresses, as browsers write them and as others do.
@Suite struct AddressTests {
    @Test(
        "An address is decoded as the URL standard says", .server(try Sample.row(2)), .serialized,
        arguments: [
            "/collections/%71uartier/items", "/c%6Fllections/quartier/items", "/collections/quartier/items/",
            "//collections///quartier/items",
            "/collections/quartier/items?", "/collections/quartier/items?&", "/collections/quartier/items?%6Cimit=5",
        ])
    func addressesAreDecoded(address: String) async throws {
        let server = try Server.shared
        #expect(try await server.features(address).count == 2)
    }

    @Test("In a query + is a space and %2B a plus; in a path + is itself")
    func plusIsASpaceInQueriesOnly() async throws {
        try await withServer(try Sample.mixed()) { server async throws in
            #expect(try await server.features("\(Server.items)?theme=a+b").count == 1)
            #expect(try await server.features("\(Server.items)?theme=a%20b").count == 1)
            #expect(try await server.features("\(Server.items)?theme=c%2Bc").count == 1)
            #expect(try await server.features("\(Server.items)?theme=c+c").isEmpty)
            #expect(try await server.features("\(Server.items)?theme=a%2Bb").isEmpty)
            #expect(try await server.get("/collections/quar+tier").status == .notFound)
        }
    }

    @Test(
        "A stray percent sign or what is not UTF-8 is refused", .server(), .serialized,
        arguments: [
            "/%", "/collections/%G1/items", "/collections/quartier%4", "\(Server.items)?q=%", "\(Server.items)?q=%zz",
            "/%FF", "\(Server.items)?q=%C3",
            "\(Server.items)?%=1", "/%C0%AF", "/%ED%A0%80",
        ])
    func malformedAddressesAreRefused(address: String) async throws {
        let server = try Server.shared
        let response = try await server.get(address)
        #expect(response.status == .badRequest)
        #expect(try JSONParser.parse(response.bytes)["code"] == "MalformedAddress")
    }

    @Test func addressesAreEightKilobytesAtMost() async throws {
        try await withServer { server in
            let longest = "\(Server.items)?q=".utf8.count
            let fits = "\(Server.items)?q=" + String(repeating: "a", count: 8_192 - longest)
            #expect(try await server.get(fits).status == .ok)
            for address in [fits + "a", "/" + String(repeating: "x/", count: 10_000)] {
                let response = try await server.get(address)
                #expect(response.status == .uriTooLong)
                #expect(response.mediaType == "application/problem+json")
            }
            #expect(try await server.get("/health").status == .ok)
        }
    }

    @Test("What is not there answers alike, whatever its shape")
    func whatIsNotThereAnswersAlike() async throws {
        try await withServer(try Sample.row(1)) { server in
            func refusal(_ address: String) async throws -> JSONObject {
                let response = try await server.get(address)
                #expect(response.status == .notFound, "\(address)")
                #expect(response.mediaType == "application/problem+json", "\(address)")
                return try #require(try JSONParser.parse(response.bytes).object)
            }
            let unknown = try await refusal("\(Server.items)/\(Sample.identifier(77))")
            for shape in [
                "x", "0", "K7Q3", Sample.identifier(0).description.uppercased(), "..%2F..", "%00", "-1",
                "1%27%20OR%201=1",
            ] {
                #expect(try await refusal("\(Server.items)/\(shape)") == unknown, "\(shape)")
            }
            for form in [
                "/collections/@", "/collections/@/items", "/collections/@/items/\(Sample.identifier(0))", "/xyz/@.json",
                "/xyz/@/0/0/0.mvt", "/exports/@.csv", "/map/@", "/xyz/@/clusters/1/leaves",
            ] {
                for name in [
                    "ailleurs", "Quartier", "a_b", "%C3%A9", "..", "%2E%2E%2Fetc", String(repeating: "a", count: 65),
                ] {
                    let problem = try await refusal(form.replacing("@", with: name))
                    #expect(problem["code"] == "NotFound" && problem["title"] == "Not Found", "\(form) \(name)")
                    #expect(problem["parameter"] == nil)
                }
            }
            for address in [
                "/nulle/part", "/collections/quartier/item", "/xyz", "/xyz/quartier", "/exports/quartier",
                "/exports/quartier.shp",
                "/exports/.geojson", "/assets/../lieudit.css", "/assets/pages", "/assets/%2E%2E%2Fpages%2Fmap.mustache",
                "/styles/..",
                "/styles/%2E%2E%2FPackage", "/.git/config",
            ] {
                _ = try await refusal(address)
            }
        }
    }

    @Test("A configured address stands in every link, whatever the client calls us")
    func theConfiguredAddressStandsInLinks() async throws {
        let configuration = MapServerConfiguration(port: 0, publicURL: "https://cartes.exemple.fr/lieux/")
        try await withServer(try Sample.row(3), configuration: configuration) { server in
            let text = try await raw(server, "\(Server.items)?limit=1", host: "pirate.example")
            #expect(text.contains(#""https://cartes.exemple.fr/lieux/collections/quartier/items?limit=1&cursor="#))
            #expect(!text.contains("pirate"))
        }
    }

    @Test(
        "Without one, links lead where the client has asked", .server(try Sample.row(3)), .serialized,
        arguments: ["localhost:9000", "carte.local", "[::1]:8080", "192.168.0.7"])
    func linksLeadWhereTheClientHasAsked(host: String) async throws {
        let server = try Server.shared
        let text = try await raw(server, "\(Server.items)?limit=1", host: host)
        #expect(text.contains("\"http://\(host)/collections/quartier/items?limit=1&cursor="), "\(text.prefix(300))")
    }

    @Test(
        "A hostile name for us is not repeated", .server(try Sample.row(3)), .serialized,
        arguments: [
            "pirate.example/\"><script>", "a b", "é.example", "a@b", "x?y", String(repeating: "a", count: 300), "",
        ])
    func aHostileHostIsNotRepeated(host: String) async throws {
        let server = try Server.shared
        for address in ["\(Server.items)?limit=1", "/map/quartier", "/xyz/quartier.json", "/collections"] {
            let text = try await raw(server, address, host: host)
            #expect(host.isEmpty || !text.contains(host))
            #expect(!text.contains("<script>"))
            #expect(address == "/map/quartier" || text.contains("\"http://127.0.0.1:"), "\(text.prefix(200))")
        }
    }

    /// What is answered to a client that calls us by a name of its own.
    private func raw(_ server: Server, _ address: String, host: String) async throws -> String {
        let port = try #require(server.client.port)
        return try await TestClient.withClient(host: "localhost", port: port) { client in
            let response = try await client.execute(.init(address, method: .get, authority: host))
            return response.body.map { String(buffer: $0) } ?? ""
        }
    }
}
