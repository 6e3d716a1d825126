import Contributions
import Curation
import HTTPTypes
import HummingbirdTesting
import MapFormats
import Testing

@testable import MapServer

/// What a site gets that is given the address of a partner's map.
@Suite struct OEmbedTests {
    private func ask(_ theatre: Theatre, _ url: String, _ more: String = "") async throws -> TestResponse {
        try await theatre.fabrique.server.get("/oembed?url=\(PercentDecoding.encodeQuery(url))\(more)")
    }

    /// Where the server that a test talks to believes to be.
    private func root(_ theatre: Theatre) async throws -> String {
        let page = try await theatre.fabrique.server.json("/")
        return try #require(
            page["links"]?.array?.first?["href"]?.text?.firstMatch(of: /^http:\/\/[^\/]+/).map { String($0.0) })
    }

    @Test("The address of an embed, or of a map with its key, becomes a frame that fits, escaped")
    func frames() async throws {
        try await withFabrique(layer: { $0.review = .after }) { fabrique in
            let theatre = try await Theatre(
                fabrique, contract: #","title":"Bals \"&\" <b>cours</b>","contribute":true"#)
            let root = try await root(theatre)
            for path in ["embed", "map"] {
                let address = "\(root)/\(path)/fabrique?embed=\(theatre.key)&lang=fr&utm_source=x#carte"
                let reply = try await ask(theatre, address, "&maxwidth=500&maxheight=400&unknown=1")
                #expect(reply.status == .ok && reply.mediaType == "application/json")
                let document = try JSONParser.parse(reply.bytes)
                #expect(document["type"] == "rich" && document["version"] == "1.0")
                #expect(document["width"]?.integer == 500 && document["height"]?.integer == 400)
                #expect(document["title"]?.text == #"Bals "&" <b>cours</b>"#)
                #expect(
                    document["html"]?.text == """
                        <iframe src="\(root)/embed/fabrique?embed=\(theatre.key)&amp;lang=fr" \
                        title="Bals &quot;&amp;&quot; &lt;b&gt;cours&lt;/b&gt;" width="500" height="400" loading="lazy" \
                        referrerpolicy="no-referrer" sandbox="allow-scripts allow-same-origin allow-forms allow-popups \
                        allow-popups-to-escape-sandbox" allow="geolocation"></iframe>
                        """)
            }
        }
    }

    @Test("What bears no key of an open embed is not found, XML is not spoken, and lengths are numbers")
    func refusals() async throws {
        try await withFabrique(layer: { $0.review = .after }) { fabrique in
            let theatre = try await Theatre(fabrique)
            let root = try await root(theatre)
            let good = "\(root)/embed/fabrique?embed=\(theatre.key)"
            #expect(try await ask(theatre, good, "&format=json").status == .ok)
            #expect(try await ask(theatre, good, "&format=xml").status == .notImplemented)
            #expect(try await ask(theatre, good, "&maxwidth=wide").status == .badRequest)
            #expect(try await fabrique.server.get("/oembed").status == .badRequest)
            for address in [
                "\(root)/embed/fabrique", "\(root)/map/fabrique", "\(root)/embed/autre?embed=\(theatre.key)",
                "\(root)/embed/fabrique?embed=\(Sample.identifier(7))",
                "https://evil.example/embed/fabrique?embed=\(theatre.key)",
                "\(root).evil.example/embed/fabrique?embed=\(theatre.key)",
                "\(root)/contribute/fabrique?embed=\(theatre.key)", "",
            ] { #expect(try await ask(theatre, address).status == .notFound, "\(address)") }
            #expect(try await theatre.send(.delete, "", nil, by: theatre.operator).status == .noContent)
            #expect(try await ask(theatre, good).status == .notFound)
        }
    }

    @Test("A page that bears a key leads to it; one without does not")
    func discovery() async throws {
        try await withFabrique(layer: { $0.review = .after }) { fabrique in
            let theatre = try await Theatre(fabrique)
            for path in ["/embed/fabrique", "/map/fabrique"] {
                let page = try await fabrique.server.get("\(path)?embed=\(theatre.key)").text
                let link = try #require(
                    page.firstMatch(
                        of: /<link rel="alternate" type="application\/json\+oembed" href="http:\/\/[^\/"]+([^"]*)"/))
                let document = try await fabrique.server.json(String(link.1).replacing("&amp;", with: "&"))
                #expect(document["html"]?.text?.contains(theatre.key) == true)
                #expect(try await !fabrique.server.get(path).text.contains("json+oembed"))
            }
            #expect(try await !fabrique.server.get("/map/fabrique?embed=x").text.contains("json+oembed"))
        }
    }
}
