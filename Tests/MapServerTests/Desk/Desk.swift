import Contributions
import Curation
import HTTPTypes
import HummingbirdTesting
import MapFormats
import TestSupport
import Testing

@testable import MapServer

/// Somebody at the desk, as their browser sends what it sends.
struct Desk: Sendable {
    let fabrique: Fabrique
    let cookie: String

    /// What a browser says of a request of our own page.
    static let fromOwnPage: HTTPFields = [
        RouteRequest.fetchSite: "same-origin", .contentType: "application/json",
    ]

    /// Signs in with a token.
    init(_ fabrique: Fabrique, token: String) async throws {
        let response = try await Self.signIn(fabrique, token: token)
        guard response.status == .ok, let field = response.headers[.setCookie] else {
            throw Server.Unexpected(status: response.status, body: response.text)
        }
        self.fabrique = fabrique
        cookie = String(field.prefix { $0 != ";" })
    }

    static func signIn(
        _ fabrique: Fabrique, token: String, _ headers: HTTPFields = Desk.fromOwnPage
    ) async throws -> TestResponse {
        try await fabrique.send(.post, "/session", #"{"token":"\#(token)"}"#, headers)
    }

    var headers: HTTPFields {
        var headers = Self.fromOwnPage
        headers[.cookie] = cookie
        return headers
    }

    func send(_ method: HTTPRequest.Method, _ address: String, _ body: String? = nil) async throws -> TestResponse {
        try await fabrique.send(method, address, body, headers)
    }

    func json(_ address: String) async throws -> JSONValue {
        let response = try await send(.get, address)
        guard response.status == .ok else { throw Server.Unexpected(status: response.status, body: response.text) }
        return try JSONParser.parse(response.bytes)
    }

    /// Invites somebody; answers what is told this once.
    func invite(_ body: String) async throws -> (id: String, token: String) {
        let response = try await send(.post, "/tokens", body)
        guard response.status == .created else {
            throw Server.Unexpected(status: response.status, body: response.text)
        }
        let told = try JSONParser.parse(response.bytes)
        return (try #require(told["id"]?.text), try #require(told["token"]?.text))
    }

    /// A token as an operator would make it at the machine.
    static func token(
        _ role: String, _ fabrique: Fabrique, layer: String? = nil, expires: Int64? = nil
    ) async throws -> String {
        var generator = SystemRandomNumberGenerator()
        let secret = Secret.random(using: &generator)
        _ = try await fabrique.temporary.store.createToken(
            secret: secret.text, role: role, layer: layer, expires: expires, at: Fabrique.noon)
        return secret.text
    }
}
