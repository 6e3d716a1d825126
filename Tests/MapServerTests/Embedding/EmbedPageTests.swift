import Contributions
import Curation
import HTTPTypes
import HummingbirdTesting
import MapFormats
import Testing

@testable import MapServer

/// The page for a frame on another site: who may frame it, and what its contract pins.
@Suite struct EmbedPageTests {
    private static let page = "/embed/fabrique"

    private func page(_ theatre: Theatre, _ more: String = "", _ headers: HTTPFields = [:]) async throws -> TestResponse
    {
        try await theatre.fabrique.server.get("\(Self.page)?embed=\(theatre.key)\(more)", headers)
    }

    @Test("The origins of the contract, to the letter, and ourselves are all that may frame the page")
    func framing() async throws {
        try await withFabrique(layer: { $0.review = .after }) { fabrique in
            let theatre = try await Theatre(fabrique)
            let reply = try await page(theatre)
            let policy = reply.headers[.contentSecurityPolicy] ?? ""
            #expect(policy.hasSuffix("; frame-ancestors 'self' \(Theatre.origin)"))
            #expect(!policy.contains("unsafe-inline") && policy.hasPrefix("default-src 'none'"))
            #expect(reply.header("X-Robots-Tag") == "noindex" && reply.header("Set-Cookie") == nil)
            let own = try await fabrique.server.get(Self.page)
            #expect(own.headers[.contentSecurityPolicy]?.hasSuffix("; frame-ancestors 'self'") == true)
            #expect(own.header("X-Robots-Tag") == "noindex")
            for address in ["/map/fabrique?embed=\(theatre.key)", "/mine", "/contribute/fabrique?embed=\(theatre.key)"]
            {
                let other = try await fabrique.server.get(address).headers[.contentSecurityPolicy]
                #expect(other?.hasSuffix("; frame-ancestors 'none'") == true, "\(address)")
            }
        }
    }

    @Test("A key that is unknown, closed or of another layer has a kind page of its own, which nobody may frame")
    func unknownKeys() async throws {
        try await withFabrique(layer: { $0.review = .after }) { fabrique in
            try await fabrique.server.layers.create(Layer(identifier: try LayerIdentifier("autre")))
            let theatre = try await Theatre(fabrique)
            let browser: HTTPFields = [.accept: "text/html,application/xhtml+xml,*/*;q=0.8"]
            #expect(try await page(theatre, "", browser).status == .ok)
            #expect(try await theatre.send(.delete, "", nil, by: theatre.operator).status == .noContent)
            let closed = try await page(theatre, "", browser)
            #expect(closed.status == .notFound && closed.mediaType == "text/html; charset=utf-8")
            #expect(closed.text.contains("Il n’y a rien ici"))
            #expect(closed.headers[.contentSecurityPolicy]?.contains("frame-ancestors 'none'") == true)
            for address in [
                "\(Self.page)?embed=x", "/embed/autre?embed=\(theatre.key)", "\(Self.page)?embed=", "/embed/rien",
            ] {
                #expect(try await fabrique.server.get(address, browser).status == .notFound, "\(address)")
                #expect(try await fabrique.server.get(address).status == .notFound, "\(address)")
            }
            let colours = try await fabrique.server.get("\(Self.page)/colours.css?embed=\(theatre.key)")
            #expect(colours.status == .notFound)
        }
    }

    @Test("What the partner has cleared is on the page, and nothing else")
    func onlyTheCleared() async throws {
        try await withFabrique(layer: { $0.review = .after }) { fabrique in
            let theatre = try await Theatre(fabrique)
            _ = try await fabrique.contribute(consenting("Bal"))
            try await theatre.answer(#"{"clear":"all"}"#)
            _ = try await fabrique.contribute(consenting("Lavoir"))
            let shown = try await page(theatre).text
            #expect(shown.contains(">Bal</a>") && !shown.contains("Lavoir") && shown.contains(">1</span>"))
            let whole = try await fabrique.server.get(Self.page).text
            #expect(whole.contains(">Bal</a>") && whole.contains(">Lavoir</a>"))
        }
    }

    @Test("What the contract pins wins over the address, and what it leaves open is the address's")
    func theContractWins() async throws {
        try await withFabrique(layer: { $0.review = .after }) { fabrique in
            let theatre = try await Theatre(fabrique)
            for (title, more) in [("Bal", #","kind":"memory","theme":["fête"]"#), ("Cour", #","kind":"place""#)] {
                _ = try await fabrique.contribute(consenting(title, more: more))
            }
            try await theatre.answer(#"{"clear":"all"}"#)
            let asking = "&kind=place&list=none&lang=en&style=lieudit-nuit&contribute=yes&bbox=2,48,2.1,48.1"
            let open = try await page(theatre, asking).text
            #expect(!open.contains(">Bal</a>") && open.contains("<html lang=\"en\">"))
            #expect(open.contains("list-both") && !open.contains("class=\"give\""), "both are always the contract's")
            _ = try await theatre.send(
                .put, "",
                ##"{"kinds":["memory"],"themes":["fête"],"region":[2.3,48.8,2.45,48.95],"language":"fr","list":"none","style":"lieudit","contribute":true,"title":"Chez nous","colours":{"background":"#10243a"}}"##,
                by: theatre.operator)
            for address in [asking, "&kind=place,", "&theme=&bbox=nowhere&style=none&lang=de&unknown=1"] {
                let reply = try await page(theatre, address)
                let text = reply.text
                #expect(reply.status == .ok && text.contains(">Bal</a>") && !text.contains(">Cour</a>"), "\(address)")
                #expect(text.contains("<html lang=\"fr\">") && text.contains(">Chez nous</h1>"), "\(address)")
                #expect(text.contains("list-none") && text.contains("on-dark"), "\(address)")
                #expect(text.contains("data-here=\"/contribute/fabrique?embed=\(theatre.key)&amp;interface=fr\""))
            }
            let list = try await page(theatre).text
            let words = try #require(
                list.firstRange(of: "Voir la liste</summary>") ?? list.firstRange(of: "<summary>Voir la liste"))
            if let map = list.firstRange(of: "id=\"carte\"") { #expect(words.lowerBound < map.lowerBound) }
        }
    }

    @Test("Without a contract the options of the address count, and what cannot be read is named")
    func optionsWithoutAContract() async throws {
        try await withServer(try Sample.mixed()) { server in
            let only = try await server.get("/embed/quartier?list=only&kind=memory&lang=en-GB&nothing=1").text
            #expect(only.contains("list-only") && only.contains("<html lang=\"en\">") && only.contains("Le bal"))
            #expect(!only.contains("id=\"carte\"") && !only.contains("Promenade"))
            let box = try await server.get("/embed/quartier?bbox=2.3799,48.8689,2.3801,48.8691").text
            #expect(box.contains("Le bal") && !box.contains("Maison des métallos"))
            for (query, name) in [
                ("list=all", "list"), ("style=none", "style"), ("kind=tree", "kind"), ("bbox=1,2", "bbox"),
            ] {
                let reply = try await server.get("/embed/quartier?\(query)")
                #expect(reply.status == .badRequest, "\(query)")
                #expect(try JSONParser.parse(reply.bytes)["parameter"]?.text == name)
            }
        }
    }

    @Test("The next page keeps the options, and what the script asks for is what items take")
    func nextPages() async throws {
        try await withServer(try Sample.row(130)) { server in
            let page = try await server.get("/embed/quartier?list=only&lang=en&kind=place").text
            let next = try #require(
                page.firstMatch(of: /href="([^"]*)" target="_self" rel="next" data-items="([^"]*)"/))
            let following = try await server.get(String(next.1).replacing("&amp;", with: "&"))
            #expect(following.status == .ok && following.text.contains("list-only"))
            #expect(following.text.contains("<html lang=\"en\">") && following.text.matches(of: /<article/).count == 30)
            #expect(try await server.features(String(next.2).replacing("&amp;", with: "&")).count == 30)
        }
    }

    @Test("The element's script is cached for a minute, read by every site, and small")
    func theScript() async throws {
        try await withServer { server in
            let script = try await server.get("/embed.js", [.acceptEncoding: "gzip"])
            #expect(script.status == .ok && script.mediaType == "text/javascript; charset=utf-8")
            #expect(script.headers[.cacheControl] == "public, max-age=60")
            #expect(script.headers[.accessControlAllowOrigin] == "*" && script.headers[.contentEncoding] == "gzip")
            #expect(script.bytes.count <= 12 * 1024)
            let plain = try await server.get("/embed.js").text
            #expect(
                !plain.contains("import {") && !plain.contains("document.cookie") && !plain.contains("localStorage"))
        }
    }
}
