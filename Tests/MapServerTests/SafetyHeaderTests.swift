import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import TestSupport
import Testing

@testable import MapServer

/// What a browser is told to refuse, on every answer of every route (SR13): whatever the method, the form and the status.
@Suite struct SafetyHeaderTests {
    /// What is missing from an answer, each with what it says instead.
    static func missing(
        in headers: HTTPFields, of template: String, isSecure: Bool
    ) -> [String] {
        func value(_ name: String) -> String { HTTPField.Name(name).flatMap { headers[$0] } ?? "" }
        let policy = value("Content-Security-Policy")
        let referrer = value("Referrer-Policy")
        var missing: [String] = []
        func expect(_ isThere: Bool, _ sentence: String) { if !isThere { missing.append(sentence) } }
        expect(policy.hasPrefix("default-src 'none'"), "a policy of content that begins with nothing: \(policy)")
        expect(!policy.contains("unsafe"), "a policy without unsafe words: \(policy)")
        expect(policy.contains("frame-ancestors "), "who may frame it: \(policy)")
        expect(policy.hasSuffix("frame-ancestors 'none'") || mayBeFramed(template), "frames refused: \(policy)")
        expect(value("X-Content-Type-Options") == "nosniff", "nosniff")
        // A parent's page needs its own form to be recognised; see `ParentPage`.
        expect(referrer == "no-referrer" || template == "/parents/{code}", "no referrer: \(referrer)")
        expect(["no-referrer", "strict-origin"].contains(referrer), "a careful referrer: \(referrer)")
        expect(value("Cross-Origin-Opener-Policy") == "same-origin", "an opener of the same origin")
        expect(value("Permissions-Policy").contains("camera=()"), "no camera")
        expect(
            value("Strict-Transport-Security").isEmpty != isSecure, "TLS for good where there is TLS, and only there")
        expect(value("Set-Cookie").isEmpty || template.hasPrefix("/desk"), "no cookie")
        return missing
    }

    /// By partners, from their origins only.
    private static func mayBeFramed(_ template: String) -> Bool {
        template.hasPrefix("/embed") || template == "/contribute/{layer}"
    }

    /// One request: how it is made, and of which route.
    private struct Call {
        let template: String
        let address: String
        var method = HTTPRequest.Method.get
        var headers: HTTPFields = [:]
        var body: String?
    }

    private static let styles = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Styles").path
    private static let browser = "text/html,application/xhtml+xml"

    @Test("Every answer of every route says what a browser must refuse", arguments: [false, true])
    func everyAnswer(isSecure: Bool) async throws {
        let configuration = MapServerConfiguration(
            port: 0, publicURL: isSecure ? "https://lieu.example" : nil,
            stylesPath: Self.styles)
        try await withServer(try Sample.row(60), configuration: configuration) { server in
            var statuses: [Int: Int] = [:]
            for call in try await Self.calls(server) {
                let response = try await server.client.execute(
                    uri: call.address, method: call.method, headers: call.headers,
                    body: call.body.map { ByteBuffer(string: $0) })
                statuses[response.status.code, default: 0] += 1
                let missing = Self.missing(in: response.headers, of: call.template, isSecure: isSecure)
                #expect(missing == [], "\(call.method) \(call.address) \(response.status)")
            }
            print("safety headers: \(statuses.values.reduce(0, +)) answers, \(statuses.sorted { $0.key < $1.key })")
            #expect(Set(statuses.keys).isSuperset(of: [200, 204, 304, 400, 401, 404, 405, 406, 413, 414]))
        }
    }

    private static func calls(_ server: Server) async throws -> [Call] {
        let read = try await EveryRoute.addresses(on: server)
        var calls: [Call] = []
        for every in read {
            func call(
                _ method: HTTPRequest.Method = .get, _ suffix: String = "", _ headers: HTTPFields = [:]
            ) -> Call {
                Call(template: every.route.template, address: every.address + suffix, method: method, headers: headers)
            }
            let tag = try await server.get(every.address).headers[.eTag]
            calls += [
                call(), call(.head), call(.options), call(.delete), call(.get, "?neverHeardOf=1"),
                call(.get, "", [.accept: Self.browser]), call(.get, "", [.accept: "audio/ogg"]),
                call(.get, "?interface=xx", [.accept: Self.browser]), call(.get, "", [.acceptEncoding: "gzip"]),
            ]
            if let tag { calls.append(call(.get, "", [.ifNoneMatch: tag])) }
        }
        for route in RouteTable.routes {
            let address = route.captureNames.reduce(route.template) { $0.replacing("{\($1)}", with: "nulle-part") }
            calls += [
                Call(template: route.template, address: address, method: route.method),
                Call(
                    template: route.template, address: address, method: route.method,
                    headers: [.accept: Self.browser]),
                Call(template: route.template, address: address, method: .options),
            ]
            guard route.method != .get else { continue }
            calls += [
                Call(template: route.template, address: address, method: route.method, body: "{"),
                Call(
                    template: route.template, address: address, method: route.method,
                    headers: [.origin: "https://evil.example"]),
            ]
        }
        return calls + [
            Call(template: "", address: "/nulle/part"), Call(template: "", address: "/%zz"),
            Call(template: "", address: "/" + String(repeating: "a", count: 9_000)),
            Call(template: "", address: "/nulle/part", headers: [.accept: Self.browser]),
            // The last one, since the server closes the connection on which so much is sent.
            Call(
                template: "", address: "/collections/quartier/items", method: .post,
                body: String(repeating: " ", count: 70_000)),
        ]
    }

    /// The control: an answer of the library alone, and one with each thing spoilt, are seen.
    @Test func whatIsMissingIsSeen() throws {
        #expect(Self.missing(in: [:], of: "/", isSecure: true).count >= 7)
        let good: HTTPFields = [
            .contentSecurityPolicy: "default-src 'none'; frame-ancestors 'none'", .xContentTypeOptions: "nosniff",
            try #require(HTTPField.Name("Referrer-Policy")): "no-referrer",
            try #require(HTTPField.Name("Cross-Origin-Opener-Policy")): "same-origin",
            try #require(HTTPField.Name("Permissions-Policy")): "camera=()",
        ]
        #expect(Self.missing(in: good, of: "/", isSecure: false) == [])
        for field in good {
            var spoilt = good
            spoilt[field.name] = nil
            #expect(!Self.missing(in: spoilt, of: "/", isSecure: false).isEmpty, "\(field.name)")
        }
        var framed = good
        framed[.contentSecurityPolicy] = "default-src 'none'; frame-ancestors https://lieu.example"
        #expect(!Self.missing(in: framed, of: "/map/{layer}", isSecure: false).isEmpty)
        #expect(Self.missing(in: framed, of: "/embed/{layer}", isSecure: false).isEmpty)
        framed[.contentSecurityPolicy] = "default-src 'none'; script-src 'unsafe-inline'; frame-ancestors 'none'"
        #expect(!Self.missing(in: framed, of: "/", isSecure: false).isEmpty)
    }
}
