import Contributions
import Foundation
import HTTPTypes
import HummingbirdTesting
import MapFormats
import Testing

@testable import MapServer

@Suite("The pages that a site owes")
struct SitePageTests {
    /// A folder with some pages, which goes when `body` has ended.
    private static func folder(
        _ files: [String: String], _ body: (String) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("pages-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in files {
            let file = folder.appendingPathComponent(name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        try await body(folder.path)
    }

    private static func configuration(_ folder: String?) -> MapServerConfiguration {
        var configuration = MapServerConfiguration(port: 0)
        configuration.sitePagesPath = folder
        return configuration
    }

    private static let asked = "?interface=fr"

    @Test("Each page has a template in each language, which says that it is one")
    func templates() async throws {
        try await withServer { server in
            for page in SitePage.allCases {
                for language in Language.allCases {
                    let reply = try await server.get("/pages/\(page.rawValue)?interface=\(language.rawValue)")
                    #expect(reply.status == .ok && reply.text.contains("<mark>"))
                    #expect(reply.text.contains("class=\"unfinished\""))
                    #expect(reply.text.contains("<div class=\"written\" lang=\"\(language.rawValue)\">"))
                    #expect(reply.text.matches(of: /<h1/).count == 1)
                }
            }
            for address in ["/pages/none", "/pages/rules?version=fr-00000000", "/pages/rules.fr.md", "/pages/"] {
                #expect(try await server.get(address).status == .notFound, "\(address)")
            }
        }
    }

    @Test("The operator's text stands in its place, and in the other language where there is no other")
    func operatorsText() async throws {
        let files = [
            "rules.fr.md": "# Nos règles\n\nDoucement. [Écrire](/pages/contact)", "legal.fr.md": "a\n\n[? le nom]",
        ]
        try await Self.folder(files) { folder in
            try await withServer(configuration: Self.configuration(folder)) { server in
                let french = try await server.get("/pages/rules\(Self.asked)").text
                #expect(french.contains("<h1 lang=\"fr\">Nos règles</h1>") && french.contains("Doucement."))
                #expect(!french.contains("class=\"unfinished\""))
                #expect(french.contains("/pages/contact?interface=fr\">Écrire"))
                let english = try await server.get("/pages/rules?interface=en").text
                #expect(english.contains("lang=\"fr\">Nos règles") && english.contains("in French only"))
                #expect(try await server.get("/pages/legal\(Self.asked)").text.contains("class=\"unfinished\""))
                #expect(try await server.get("/pages/contact\(Self.asked)").text.contains("n’a pas encore rempli"))
            }
        }
    }

    @Test("A name that is no page's, and a text that cannot be read, are refused with a sentence")
    func refusals() async throws {
        for (name, said) in [
            ("regles.fr.md", "rules.fr.md"), ("rules.de.md", "name of no page"), ("rules.md", "no page"),
        ] {
            try await Self.folder([name: "a"]) { folder in
                let error = #expect(throws: SitePagesError.self) { try SitePages(folder: folder) }
                #expect(error?.description.contains(said) == true)
            }
        }
        try await Self.folder(["rules.fr.md": String(repeating: "a", count: 262_145)]) { folder in
            #expect(throws: SitePagesError.tooLong("rules.fr.md", bytes: 262_145, limit: 262_144)) {
                try SitePages(folder: folder)
            }
        }
        #expect(throws: SitePagesError.noFolder("/nowhere")) { try SitePages(folder: "/nowhere") }
    }

    @Test("Another text has another version, and an earlier one is found by its hash")
    func versions() async throws {
        try await Self.folder(["rules.fr.md": "Avant."]) { before in
            let version = try #require(try SitePages(folder: before).text(of: .rules, in: .french)?.version)
            for keptAs in [nil, "before/règles de 2025.md"] {
                var files = ["rules.fr.md": "Après.", "notes.txt": "non"]
                if let keptAs { files[keptAs] = "Avant." }
                try await Self.folder(files) { folder in
                    let pages = try SitePages(folder: folder)
                    #expect(pages.text(of: .rules, in: .french)?.version != version)
                    #expect(pages.text(of: .rules, version: version)?.text == (keptAs == nil ? nil : "Avant."))
                    let texts = ConsentTexts(pages: pages)
                    let shown = ConsentText.text(in: .french).beside(rules: version).version
                    if keptAs == nil {
                        #expect(throws: (any Error).self) { try texts.shown(shown, in: .french) }
                    } else {
                        #expect(try texts.shown(shown, in: .english).version == shown)
                    }
                    #expect(try texts.shown(nil, in: .english).version == texts.now(in: .english).version)
                }
            }
        }
    }

    @Test("Every page for people leads to all of them")
    func links() async throws {
        try await withFabrique { fabrique in
            let accept: HTTPFields = [.accept: "text/html,application/xhtml+xml"]
            for address in [
                "/", "/map/fabrique", "/contribute/fabrique", "/mine", "/api", "/collections", "/nulle-part",
                "/pages/contact", "/parents/7K3M0QXAT9ZD",
            ] {
                let text = try await fabrique.server.get(address, accept).text
                for page in SitePage.allCases {
                    #expect(text.contains("href=\"/pages/\(page.rawValue)\""), "\(address) \(page)")
                }
            }
        }
    }

    @Test("The proof of a consent names the rules that were shown, and those that are not kept are refused")
    func proofs() async throws {
        try await withFabrique { fabrique in
            let page = try await fabrique.server.get("/contribute/fabrique?interface=fr").text
            let version = try #require(page.firstMatch(of: /name="consent_version" value="([^"]+)"/)).1
            #expect(version.contains("+rules-fr-"))
            for (sent, isTaken) in [(nil, true), (String(version), true), ("fr-00000000+rules-fr-00000000", false)] {
                let more = sent.map { ",\"consents\":{\"version\":\"\($0)\"}" } ?? ""
                let reply = try await fabrique.send(
                    .post, Fabrique.items, Fabrique.body(more: more), [.acceptLanguage: "fr"])
                #expect(reply.status == (isTaken ? .created : .unprocessableContent), "\(reply.text)")
                guard isTaken else {
                    #expect(reply.text.contains("/properties/consents/version") && reply.text.contains("Rouvrez"))
                    continue
                }
                let given = try JSONParser.parse(reply.bytes)
                let token = given["receipt"]?["token"]?.text ?? ""
                let own = try await fabrique.server.get(
                    "\(Fabrique.items)/\(given["id"]?.text ?? "")/mine", [.authorization: "Bearer \(token)"])
                let proof = try JSONParser.parse(own.bytes)["consents"]?.array?.first
                #expect(proof?["text_version"]?.text == String(version))
                #expect(proof?["sentence"]?.text == ConsentText.text(in: .french).sentences[.publish])
                let rules = try #require(proof?["rules"]?.text)
                #expect(rules.contains("/pages/rules?version=fr-"))
                let path = rules.drop { $0 != ":" }.dropFirst(3).drop { $0 != "/" }
                #expect(try await fabrique.server.get(String(path)).status == .ok)
            }
        }
    }
}
