import Contributions
import HTTPTypes
import HummingbirdTesting
import MapFormats
import Testing

@testable import MapServer

/// Who may do what from where: receipts, tokens, origins, search engines.
@Suite struct RightsTests {
    private static let own = "https://lieu.example"
    private static let foreign = [
        "https://ailleurs.example", "null", "https://lieu.example.evil.org", "http://lieu.example",
        "https://lieu.example:8443", "https://lieu.example/", "https://evil.org?https://lieu.example", "",
    ]
    private var configuration: MapServerConfiguration {
        MapServerConfiguration(port: 0, publicURL: Self.own)
    }

    @Test func everyPageReadsAndOnlyOurOwnWrite() async throws {
        try await withFabrique(configuration: configuration) { fabrique in
            #expect(try await fabrique.post(Fabrique.body(), [.origin: Self.own]).status == .created)
            #expect(try await fabrique.post().status == .created)
            let given = try await fabrique.contribute()
            for origin in Self.foreign {
                let refused = try await fabrique.post(Fabrique.body(), [.origin: origin])
                #expect(refused.status == .forbidden && refused.code == "ForeignOrigin", "\(origin)")
                var headers = given.bearer
                headers[.origin] = origin
                for method in [HTTPRequest.Method.put, .patch, .delete] {
                    #expect(
                        try await fabrique.send(method, given.address, "{}", headers).status == .forbidden, "\(origin)")
                }
                #expect(
                    try await fabrique.send(.post, "/receipts", #"{"code":"\#(given.code)"}"#, headers).status
                        == .forbidden)
                let read = try await fabrique.server.get(Fabrique.items, [.origin: origin])
                #expect(read.status == .ok && read.headers[.accessControlAllowOrigin] == "*", "\(origin)")
            }
            #expect(try fabrique.count() == 3)
        }
    }

    @Test func whatABrowserAsksBeforeItSendsIsAnsweredByOrigin() async throws {
        try await withFabrique(configuration: configuration) { fabrique in
            for address in [Fabrique.items, "\(Fabrique.items)/x", "/receipts"] {
                let own = try await fabrique.send(.options, address, nil, [.origin: Self.own])
                #expect(own.status == .noContent && own.headers[.accessControlAllowOrigin] == Self.own)
                let methods = own.header("Access-Control-Allow-Methods") ?? ""
                #expect(methods.contains(address.hasSuffix("/x") ? "DELETE" : "POST"), "\(address): \(methods)")
                #expect(own.header("Access-Control-Allow-Headers")?.contains("Authorization") == true)
                for origin in Self.foreign {
                    let other = try await fabrique.send(.options, address, nil, [.origin: origin])
                    let methods = other.header("Access-Control-Allow-Methods") ?? ""
                    for method in ["POST", "PUT", "PATCH", "DELETE"] {
                        #expect(!methods.contains(method), "\(origin) \(address): \(methods)")
                    }
                    #expect(other.header("Access-Control-Allow-Headers")?.contains("Authorization") != true)
                }
            }
        }
    }

    @Test func whatIsAskedWithASecretInHandIsKeptByNobody() async throws {
        try await withFabrique(configuration: configuration) { fabrique in
            let given = try await fabrique.published()
            var replies = [try await fabrique.post(), try await fabrique.post("{")]
            for address in [given.address, given.address + "/mine", Fabrique.items, "/", "/nulle-part"] {
                replies.append(try await fabrique.server.get(address, given.bearer))
            }
            replies.append(try await fabrique.send(.patch, given.address, "{}", given.bearer))
            replies.append(try await fabrique.send(.patch, given.address, "{}"))
            replies.append(try await fabrique.send(.post, "/receipts", #"{"code":"\#(given.code)"}"#))
            replies.append(try await fabrique.send(.delete, given.address, nil, given.bearer))
            for reply in replies {
                #expect(reply.headers[.cacheControl] == "private, no-store", "\(reply.text)")
                #expect(reply.headers[.vary]?.contains("Authorization") == true)
                #expect(reply.headers[.accessControlAllowOrigin] == Self.own)
            }
            let open = try await fabrique.server.get(Fabrique.items)
            #expect(open.headers[.cacheControl]?.hasPrefix("public") == true)
        }
    }

    @Test func aReceiptOpensItsOwnAndNothingTellsWhetherThereIsMore() async throws {
        try await withFabrique { fabrique in
            let (mine, theirs) = (try await fabrique.published(), try await fabrique.contribute())
            let strangers = [
                mine.bearer, [.authorization: "Bearer \(fabrique.curator.text)"], [.authorization: "Bearer x"],
                [.authorization: "bearer \(String(repeating: "0", count: 26))"],
            ]
            let never = "\(Fabrique.items)/\(Sample.identifier(7))"
            for headers in strangers {
                for address in [theirs.address, never] {
                    for (method, body) in [
                        (HTTPRequest.Method.get, nil), (.patch, "{}"), (.put, Fabrique.body()), (.delete, nil),
                    ] as [(HTTPRequest.Method, String?)] {
                        let response = try await fabrique.send(method, address, body, headers)
                        #expect(response.status == .notFound, "\(method) \(headers)")
                    }
                    #expect(try await fabrique.server.get(address + "/mine", headers).status == .notFound)
                }
            }
            for address in [mine.address, never] {
                #expect(try await fabrique.server.get(address + "/mine").status == .unauthorized)
                for method in [HTTPRequest.Method.patch, .put, .delete] {
                    for headers in [[:], [.authorization: "Basic YTpi"]] as [HTTPFields] {
                        let response = try await fabrique.send(method, address, "{}", headers)
                        #expect(response.status == .unauthorized, "\(method)")
                        #expect(response.header("WWW-Authenticate") == "Bearer")
                    }
                }
            }
            // Who says to be a curator and is none contributes nothing.
            #expect(try await fabrique.post(Fabrique.body(), mine.bearer).status == .unauthorized)
            #expect(try fabrique.count() == 2)
        }
    }

    @Test func searchEnginesKeepWhatTheLayerSaysTheyMay() async throws {
        for isIndexable in [false, true] {
            try await withFabrique(layer: { $0.isIndexable = isIndexable }) { fabrique in
                let given = try await fabrique.published()
                for address in [
                    Fabrique.items, given.address, "/xyz/fabrique/0/0/0.mvt", "/exports/fabrique.csv", "/map/fabrique",
                    "/collections/fabrique",
                ] {
                    let robots = try await fabrique.server.header("X-Robots-Tag", of: address)
                    #expect(robots == (isIndexable ? nil : "noindex"), "\(address)")
                }
                let own = try await fabrique.server.get(given.address + "/mine", given.bearer)
                #expect(own.header("X-Robots-Tag") == "noindex", "one's own is nobody's to keep")
            }
        }
    }

    @Test func aLayerIsSilentBeforeItsDayAndReadForEverAfter() async throws {
        let (opens, closed) = (1_806_188_400, 1_806_271_200) as (Int64, Int64)
        try await withFabrique(layer: {
            $0.opens = try ExtendedDate("2027-03-28")
            $0.closes = try ExtendedDate("2027-03-28")
        }) { fabrique in
            fabrique.clock.set(opens - 1)
            #expect(try await !fabrique.server.get("/collections").text.contains("fabrique"))
            for address in ["/collections/fabrique", Fabrique.items, "/exports/fabrique.csv"] {
                let unopened = try await fabrique.server.get(address, [.acceptLanguage: "fr"])
                #expect(unopened.status == .forbidden && unopened.code == "NotOpenYet", "\(address)")
                #expect(unopened.text.contains("2027-03-27T23:00:00Z") && unopened.text.contains("pas encore ouverte"))
            }
            #expect(try await fabrique.post().code == "NotOpenYet")
            fabrique.clock.set(opens)
            #expect(try await fabrique.server.get("/collections").text.contains("fabrique"))
            fabrique.clock.set(closed - 1)
            let given = try await fabrique.published()
            fabrique.clock.set(closed)
            let late = try await fabrique.post(Fabrique.body(), [.acceptLanguage: "fr"])
            #expect(late.status == .forbidden && late.code == "Closed" && late.text.contains("terminée"))
            #expect(try await fabrique.server.features(Fabrique.items).count == 1)
            #expect(try await fabrique.server.get("/exports/fabrique.geojson").text.contains("Le bal"))
            // One's own stays one's own.
            let patched = try await fabrique.send(
                .patch, given.address, #"{"properties":{"precision":"none"}}"#, given.bearer)
            #expect(patched.status == .ok)
            #expect(try await fabrique.send(.delete, given.address, nil, given.bearer).status == .noContent)
        }
    }
}
