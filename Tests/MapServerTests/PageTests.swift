import Contributions
import Curation
import Foundation
import HTTPTypes
import HummingbirdTesting
import MapFormats
import SpatialDatabase
import Testing

@testable import MapServer

/// Pages for people, and the styles of their maps.
@Suite struct PageTests {
    private static let payloads = [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)", "{{title}}",
        "</title><svg/onload=alert(1)>",
        "&lt;b&gt;", "javascript:alert(1)",
        // One Character with what follows: a template library that compares Characters lets it through.
        "<\u{0301}img src=x onerror=alert(1)>", "\u{0600}<img src=x onerror=alert(1)>",
    ]

    @Test("What people write is text on our pages and never markup")
    func whatPeopleWriteIsNeverMarkup() async throws {
        let publications = try Self.payloads.enumerated().map { number, payload in
            try Sample.publication(number, Sample.point(2.38, 48.86), title: payload, text: payload, themes: [payload])
        }
        let layer = Layer(
            identifier: try LayerIdentifier("quartier"), title: Self.payloads[0], description: Self.payloads[1],
            prompt: Self.payloads[4])
        try await withServer(publications, layer: layer) { server in
            for address in [
                "/map/quartier", "/?f=html", "/collections?f=html", "/collections/quartier?f=html",
                "/collections/quartier/items?f=html", "/map/quartier?q=%22%3E%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E",
            ] {
                let response = try await server.get(address)
                #expect(response.status == .ok && response.mediaType == "text/html; charset=utf-8")
                for markup in ["<script>", "<img src=x", "<\u{0301}img", "<svg", "' onmouseover='"] {
                    // Byte by byte, as a browser reads: Swift's own comparison is of Characters.
                    #expect(response.text.range(of: markup, options: .literal) == nil, "\(address): \(markup)")
                }
            }
            let page = try await server.get("/map/quartier").text
            for payload in Self.payloads {
                #expect(page.range(of: Self.escaped(payload), options: .literal) != nil, "\(payload)")
            }
        }
    }

    private static func escaped(_ text: String) -> String {
        let names: [Unicode.Scalar: String] = ["&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;", "'": "&#39;"]
        return text.unicodeScalars.map { names[$0] ?? String($0) }.joined()
    }

    @Test("Every resource that declares HTML answers people with a page and programs with the same as before")
    func everyDeclaredResourceHasItsPage() async throws {
        try await withServer(try Sample.row(60)) { server in
            for every in try await EveryRoute.addresses(on: server, where: { $0.page != nil }) {
                let address = every.address
                let plain = try await server.get(address)
                #expect(plain.mediaType?.contains("json") == true, "\(address)")
                for page in [
                    try await server.get(address, [.accept: "text/html,application/xhtml+xml,*/*;q=0.8"]),
                    try await server.get(address + "?f=html"),
                ] {
                    #expect(page.status == .ok && page.mediaType == "text/html; charset=utf-8", "\(address)")
                    #expect(page.text.contains("<h1"), "\(address)")
                    #expect(address == "/health" || page.headers[.eTag] != plain.headers[.eTag])
                }
                #expect(try await server.get(address + "?f=json").mediaType == plain.mediaType, "\(address)")
                #expect(try await server.get(address, [.accept: "image/png"]).status == .notAcceptable, "\(address)")
            }
        }
    }

    @Test func thePageOfALayerIsItsList() async throws {
        try await withServer(try Sample.mixed()) { server in
            let page = try await server.get("/map/quartier").text
            for title in ["Maison des métallos", "Le bal", "Le banc", "Promenade", "Nulle part"] {
                #expect(page.contains(">\(title)<"))
            }
            #expect(page.contains("/exports/quartier.geojson"))
            #expect(!page.contains("{{"))
            let found = try await server.get("/map/quartier?q=bal&utm_source=lettre").text
            #expect(found.contains("Le bal") && !found.contains(">Promenade<"))
            #expect(try await server.get("/map/quartier?q=bal&limit=x").status == .badRequest)
        }
    }

    @Test func aLongListGoesOnBehindALink() async throws {
        try await withServer(try Sample.row(130)) { server in
            var seen = 0
            var next: String? = "/map/quartier?kind=place"
            while let address = next {
                let page = try await server.get(address).text
                seen += page.matches(of: /data-kind="place" tabindex/).count
                next = page.firstMatch(of: /<a href="([^"]*)" rel="next">/).map {
                    String($0.1).replacing("&amp;", with: "&")
                }
            }
            #expect(seen == 130)
        }
    }

    @Test("Scripts and styles are our own, and the map library is there when it is installed")
    func assetsAreServed() async throws {
        try await withServer { server async throws in
            #expect(try await server.get("/assets/lieudit.css").mediaType == "text/css; charset=utf-8")
            #expect(try await server.get("/assets/map.js").mediaType == "text/javascript; charset=utf-8")
            #expect(try await server.get("/favicon.ico").mediaType == "image/svg+xml")
            #expect(try await server.get("/assets/maplibre-gl.js").status == .notFound)
            #expect(!(try await server.get("/map/quartier").text.contains("id=\"carte\"")))
        }
        let folder = try Folder(["maplibre-gl.js": "export {}", "maplibre-gl.css": "", "secret.txt": "non"])
        let configuration = MapServerConfiguration(port: 0, mapLibrePath: folder.path)
        try await withServer(configuration: configuration) { server async throws in
            #expect(try await server.get("/assets/maplibre-gl.js").text == "export {}")
            #expect(try await server.get("/assets/secret.txt").status == .notFound)
            #expect(try await server.get("/map/quartier").text.contains("id=\"carte\""))
        }
    }

    @Test func theLandingPageIsForProgramsAndForPeople() async throws {
        try await withServer { server in
            let table: [(String, String?, String)] = [
                ("/", nil, "application/json"), ("/", "*/*", "application/json"),
                ("/", "text/html", "text/html; charset=utf-8"),
                ("/", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html; charset=utf-8"),
                ("/", "application/json;q=0.5, text/html;q=0.2", "application/json"),
                ("/?f=html", "application/json", "text/html; charset=utf-8"),
                ("/?f=json", "text/html", "application/json"), ("/", "text/*", "text/html; charset=utf-8"),
                ("/", "application/json;q=0, */*", "text/html; charset=utf-8"),
            ]
            for (address, accept, mediaType) in table {
                let response = try await server.get(address, accept.map { [.accept: $0] } ?? [:])
                #expect(response.mediaType == mediaType, "\(address) \(accept ?? "")")
            }
            #expect(try await server.get("/", [.accept: "image/png"]).status == .notAcceptable)
            #expect(try await server.get("/?f=csv").status == .badRequest)
        }
    }

    @Test("Styles bear our address and the layer asked for")
    func stylesBearOurAddress() async throws {
        let folder = try Folder(["papier.json": #"{"url":"{publicURL}/xyz/{layer}.json"}"#, "LISEZ-MOI.md": "non"])
        let configuration = MapServerConfiguration(port: 0, publicURL: "https://carte.exemple", stylesPath: folder.path)
        try await withServer(configuration: configuration) { server in
            let style = try await server.get("/styles/papier?layer=quartier")
            #expect(style.text == #"{"url":"https://carte.exemple/xyz/quartier.json"}"#)
            #expect(style.mediaType == "application/vnd.mapbox.style+json")
            #expect(try await server.get("/styles/papier").text == style.text)
            let list = try await server.json("/styles")["styles"]?.array
            #expect(list?.compactMap { $0["id"]?.text } == ["papier"])
            for layer in ["ailleurs", "%7Blayer%7D", "", "..", "%22"] {
                #expect(try await server.get("/styles/papier?layer=\(layer)").status == .badRequest, "\(layer)")
            }
            for name in ["LISEZ-MOI", "papier.json", "..%2Fpapier", "", "encre"] {
                #expect(
                    try await server.get("/styles/\(name)" + (name.isEmpty ? "x" : "")).status == .notFound, "\(name)")
            }
        }
    }

    @Test func healthIsWellOnlyWithStoreAndIndex() async throws {
        try await withServer { server in
            let response = try await server.get("/health")
            #expect(response.status == .ok && response.text == #"{"status":"ok","writing":"ok"}"#)
            #expect(response.headers[.cacheControl] == "no-store")
            // A layer that the index does not have.
            try await server.layers.store.write { try $0.create(Layer(identifier: try LayerIdentifier("inconnu"))) }
            #expect(try await server.get("/health").status == .serviceUnavailable)
        }
    }
}

/// A folder with some files, which goes with it.
final class Folder: Sendable {
    let path: String

    init(_ files: [String: String]) throws {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("lieudit-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        for (name, text) in files { try Data(text.utf8).write(to: url.appendingPathComponent(name)) }
        path = url.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
