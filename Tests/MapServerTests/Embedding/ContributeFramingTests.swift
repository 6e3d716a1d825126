import Contributions
import Curation
import HTTPTypes
import HummingbirdTesting
import MapFormats
import Testing

@testable import MapServer

/// Contributing from inside a partner's page: only where the contract says so, and from pages of our own.
@Suite struct ContributeFramingTests {
    @Test("The form is framed by the partner whose contract takes contributions, and by nobody otherwise")
    func theForm() async throws {
        try await withFabrique(layer: { $0.review = .after }) { fabrique in
            let theatre = try await Theatre(fabrique, contract: #","contribute":true,"language":"en""#)
            let silent = try await Theatre(fabrique)
            let form = try await fabrique.server.get("/contribute/fabrique?embed=\(theatre.key)")
            #expect(form.headers[.contentSecurityPolicy]?.hasSuffix("frame-ancestors 'self' \(Theatre.origin)") == true)
            #expect(form.text.contains("<html lang=\"en\">") && form.text.contains("<base target=\"_blank\">"))
            #expect(form.text.contains("action=\"/contribute/fabrique?embed=\(theatre.key)&amp;interface=en\""))
            #expect(form.text.contains("href=\"/embed/fabrique?embed=\(theatre.key)&amp;interface=en\""))
            #expect(!form.text.contains("masthead"))
            for address in ["/contribute/fabrique", "/contribute/fabrique?embed=\(silent.key)"] {
                let page = try await fabrique.server.get(address)
                #expect(page.headers[.contentSecurityPolicy]?.hasSuffix("frame-ancestors 'none'") == true, "\(address)")
                #expect(!page.text.contains("<base"), "\(address)")
            }
            #expect(try await fabrique.server.get("/contribute/fabrique?embed=x").status == .notFound)
        }
    }

    @Test("Without a script, what the form answers shows in the same frame")
    func theAnswer() async throws {
        try await withFabrique(layer: { $0.review = .after }) { fabrique in
            let theatre = try await Theatre(fabrique, contract: #","contribute":true"#)
            let form: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]
            for (body, status) in [
                ("title=Le+bal&consent=yes", HTTPResponse.Status.ok),
                ("title=Le+bal&consent=yes&key=0123456789abcdefghjkmnpqrs", .created),
                ("title=", .unprocessableContent),
            ] {
                let reply = try await fabrique.send(.post, "/contribute/fabrique?embed=\(theatre.key)", body, form)
                #expect(reply.status == status)
                // What is only shown as it will be is sent for good through the same embed.
                #expect(
                    reply.text.contains("action=\"/contribute/fabrique?embed=\(theatre.key)") == (status != .created))
                #expect(
                    reply.headers[.contentSecurityPolicy]?.hasSuffix("frame-ancestors 'self' \(Theatre.origin)") == true
                )
            }
        }
    }

    @Test(
        "Pages of our own write from inside a frame, a listed origin writes through its embed, and look-alikes do not",
        arguments: [
            ("own", true), (Theatre.origin, true), ("https://theatre.example.evil.org", false), ("null", false),
            ("https://evil.org", false), ("http://theatre.example", false), ("https://theatre.example:444", false),
        ])
    func originsToTheLetter(origin: String, isTaken: Bool) async throws {
        try await withFabrique(layer: { $0.review = .after }) { fabrique in
            let theatre = try await Theatre(fabrique, contract: #","contribute":true"#)
            let page = try await fabrique.server.json("/")
            let own = try #require(
                page["links"]?.array?.first?["href"]?.text?.firstMatch(of: /^http:\/\/[^\/]+/).map { String($0.0) })
            let headers: HTTPFields = [.origin: origin == "own" ? own : origin]
            let reply = try await fabrique.send(.post, theatre.items, Fabrique.body(), headers)
            #expect(reply.status == (isTaken ? .created : .forbidden))
        }
    }
}
