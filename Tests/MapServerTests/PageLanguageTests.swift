import Contributions
import Foundation
import HTTPTypes
import HummingbirdTesting
import MapFormats
import Testing

@testable import MapServer

/// Pages for people in French and in English.
@Suite struct PageLanguageTests {
    private static func hasPage(_ route: Route) -> Bool { route.offers.contains("text/html") }

    @Test("Every resource that is no tile and whose address names no encoding has a page", .server(try Sample.row(60)))
    func everyResourceHasAPage() {
        for route in RouteTable.routes where route.operation != nil && route.isPublicReading {
            let isFree = EveryRoute.isTile(route) || EveryRoute.namesItsEncoding(route)
            #expect(Self.hasPage(route) != isFree, "\(route.template)")
        }
        #expect(ConformanceClass.declared.contains("http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/html"))
        #expect(ConformanceClass.declared.contains("http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/html"))
    }

    @Test("Each page is whole in both languages and leads to itself in the other", .server(try Sample.row(60)))
    func eachPageIsInBothLanguages() async throws {
        let server = try Server.shared
        let pages = try await EveryRoute.addresses(on: server) { Self.hasPage($0) || $0.template == "/map/{layer}" }
        #expect(pages.count > 10)
        for every in pages {
            let address = every.address + (every.route.operation == nil ? "" : "?f=html")
            for (language, other) in [("fr", "en"), ("en", "fr")] {
                let page = try await server.get(address, [.acceptLanguage: language])
                try expectPage(page, in: language, "\(address)")
                let link = try #require(
                    page.text.firstMatch(
                        of: try Regex("<p class=\"tongue\"><a href=\"([^\"]*)\" hreflang=\"\(other)\""))?[1]
                        .substring, "\(address)")
                // Whatever the browser prefers, the link is what counts.
                let turned = try await server.get(
                    String(link).replacing("&amp;", with: "&"), [.acceptLanguage: language])
                try expectPage(turned, in: other, "\(link)")
                #expect(page.headers[.eTag] == nil || turned.headers[.eTag] != page.headers[.eTag])
            }
        }
    }

    private func expectPage(_ page: TestResponse, in language: String, _ address: String) throws {
        #expect(page.status == .ok && page.mediaType == "text/html; charset=utf-8", "\(address)")
        #expect(page.headers[.contentLanguage] == language, "\(address)")
        #expect(page.headers[.vary] == "Accept, Accept-Language, Accept-Encoding", "\(address)")
        #expect(page.text.contains("<html lang=\"\(language)\">"), "\(address)")
        #expect(page.text.matches(of: /<h1/).count == 1, "\(address)")
        #expect(page.text.matches(of: /<main/).count == 1 && page.text.contains("class=\"skip\""), "\(address)")
        #expect(!page.text.contains("{{") && page.text.contains(language == "fr" ? "aucun cookie" : "no cookie"))
        #expect(page.text.firstMatch(of: /<title>[^<]*Lieudit[^<]*<\/title>/) != nil, "\(address)")
    }

    @Test(
        "The language is the one that the reader likes best, and French between equals", .server(try Sample.row(1)),
        .serialized,
        arguments: [
            (nil, "fr"), ("fr", "fr"), ("en", "en"), ("en-GB", "en"), ("EN-us", "en"), ("de", "fr"), ("*", "fr"),
            ("de, en;q=0.5", "en"), ("de, en;q=0.5, fr;q=0.4", "en"), ("fr;q=0.4, en;q=0.5", "en"),
            ("en, fr", "fr"), ("en;q=0.8,fr-FR", "fr"), ("en;q=0", "fr"), ("fr;q=0, *", "en"), ("fr;q=0,en;q=0", "fr"),
            ("", "fr"), ("english", "fr"), ("en;q=x", "fr"), (", ;q=1", "fr"),
        ] as [(String?, String)])
    func theLanguageIsTheOneLikedBest(header: String?, language: String) async throws {
        let page = try await Server.shared.get("/?f=html", header.map { [.acceptLanguage: $0] } ?? [:])
        #expect(page.headers[.contentLanguage] == language, "\(header ?? "none")")
    }

    @Test("The address may name the language, which its links then keep", .server(try Sample.row(130)))
    func theAddressMayNameTheLanguage() async throws {
        let server = try Server.shared
        let page = try await server.get("/?f=html&interface=en", [.acceptLanguage: "fr"])
        #expect(page.headers[.contentLanguage] == "en")
        #expect(page.text.contains("href=\"/map/quartier?interface=en\""))
        #expect(page.text.contains("href=\"/collections?interface=en\""))
        let french = try await server.get("/?f=html", [.acceptLanguage: "en"])
        #expect(!french.text.contains("/map/quartier?interface"))
        let list = try await server.get("/map/quartier?interface=en").text
        #expect(list.contains("<input type=\"hidden\" name=\"interface\" value=\"en\">"))
        #expect(list.contains("/collections/quartier/items/\(Sample.identifier(1))?interface=en\""))
        #expect(list.firstMatch(of: /href="[^"]*interface=en[^"]*" rel="next"/) != nil)
        let slashes = try await server.get("//map//quartier").text
        #expect(slashes.contains("href=\"/map//quartier?interface=en\"") && !slashes.contains("href=\"//"))
        let collection = try await server.get("/collections/quartier?f=html&interface=en").text
        #expect(collection.contains("/collections/quartier/items?interface=en\""))
        #expect(collection.contains("/exports/quartier.geojson\""), "a file has no language")
        for address in ["/?f=html&interface=de", "/collections?interface=", "/map/quartier?interface=de"] {
            #expect(try await server.get(address).status == .badRequest, "\(address)")
        }
        #expect(try await server.get("/xyz/quartier.json?interface=en").status == .badRequest)
    }

    @Test("A page leads on as a page when it was asked for as one", .server(try Sample.row(130)))
    func aPageLeadsOnAsAPage() async throws {
        let page = try await Server.shared.get("\(Server.items)?f=html&limit=50")
        let next = try #require(page.text.firstMatch(of: /<a href="([^"]*)" rel="next">/)?.1)
        let following = try await Server.shared.get(String(next).replacing("&amp;", with: "&"))
        #expect(following.mediaType == "text/html; charset=utf-8")
        #expect(following.text.matches(of: /<article/).count == 50)
    }

    @Test("Both languages have the same words, and templates name none that is not there")
    func bothLanguagesHaveTheSameWords() throws {
        let root = Pages.root
        var names: [String: Set<String>] = [:]
        for language in PageLanguage.allCases {
            let bytes = try Data(contentsOf: root.appendingPathComponent("words/\(language.rawValue).json"))
            let groups = try JSONDecoder().decode([String: [String: String]].self, from: bytes)
            // The definition's own words are English.
            names[language.rawValue] = Set(
                groups.filter { !["operations", "parameters"].contains($0.key) }
                    .flatMap { group in group.value.keys.map { "\(group.key).\($0)" } })
            for (group, words) in groups { for word in words { #expect(!word.value.isEmpty, "\(group).\(word.key)") } }
        }
        #expect(names["fr"] == names["en"])
        let folder = root.appendingPathComponent("pages")
        var named: Set<String> = []
        for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
            for match in try String(contentsOf: file, encoding: .utf8).matches(of: /\{\{((page|kinds)\.\w+)\}\}/) {
                named.insert(String(match.1))
                #expect(names["fr"]?.contains(String(match.1)) == true, "\(match.1) in \(file.lastPathComponent)")
            }
        }
        #expect(named.count > 30)
    }

    @Test("Every operation and every parameter is said in French too")
    func everythingIsSaidInFrench() throws {
        let words = try Pages().words(.french)
        for route in RouteTable.routes {
            guard let operation = route.operation else { continue }
            #expect(words.summary(of: operation).language == .french, "operations: \(operation.identifier)")
            for parameter in route.parameters {
                #expect(words.expectation(of: parameter).language == .french, "parameters: \(parameter.name)")
            }
        }
    }

    @Test("The page of one contribution bears its title once and leads to its layer")
    func thePageOfOneContribution() async throws {
        try await withServer(try Sample.mixed()) { server in
            let address = "\(Server.items)/\(Sample.identifier(2))"
            let page = try await server.get("\(address)?f=html&interface=en")
            #expect(page.text.contains("<title>Le bal · quartier · Lieudit</title>"))
            #expect(page.text.contains(">Le bal</h1>") && !page.text.contains("<h3"))
            #expect(page.text.contains("href=\"/map/quartier?interface=en\""))
            #expect(page.text.contains("Un soir d&#39;été") && page.text.contains("Memory"))
            #expect(
                try await server.get("\(Server.items)/\(Sample.identifier(5))?f=html").text.contains("Sans endroit"))
            #expect(try await server.get("\(Server.items)/\(Sample.identifier(9))?f=html").status == .notFound)
        }
    }
}
