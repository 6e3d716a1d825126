import Contributions
import Curation
import Foundation
import HTTPTypes
import HummingbirdTesting
import MapFormats
import TestSupport
import Testing

@testable import MapServer

/// A partner of the fabrique with a token and an embed, and the operator who has arranged it.
struct Theatre: Sendable {
    let fabrique: Fabrique
    let `operator`: HTTPFields
    let bearer: HTTPFields
    let partner: String
    let key: String

    static let origin = "https://theatre.example"

    init(_ fabrique: Fabrique, contract: String = "") async throws {
        self.fabrique = fabrique
        `operator` = try await Self.token("operator", fabrique)
        partner = try await Self.made(
            fabrique, "/partners", #"{"name":"Le Théâtre","origins":["\#(Self.origin)"]}"#, `operator`, "id")
        bearer = try await Self.token("partner", fabrique, of: partner)
        key = try await Self.made(
            fabrique, "/embeds", #"{"partner":"\#(partner)","layer":"fabrique"\#(contract)}"#, `operator`, "key")
    }

    static func token(
        _ role: String, _ fabrique: Fabrique, of partner: String? = nil, layer: String? = nil
    ) async throws -> HTTPFields {
        var generator = SystemRandomNumberGenerator()
        let secret = Secret.random(using: &generator)
        _ = try await fabrique.temporary.store.createToken(
            secret: secret.text, role: role, layer: layer, partner: partner, at: Fabrique.noon)
        return [.authorization: "Bearer \(secret.text)"]
    }

    private static func made(
        _ fabrique: Fabrique, _ address: String, _ body: String, _ bearer: HTTPFields, _ member: String
    ) async throws -> String {
        let response = try await fabrique.send(.post, address, body, bearer)
        guard response.status == .created else {
            throw Server.Unexpected(status: response.status, body: response.text)
        }
        return try #require(try JSONParser.parse(response.bytes)[member]?.text)
    }

    var items: String { "\(Fabrique.items)?embed=\(key)" }
    var address: String { "/embeds/\(key)" }

    func send(
        _ method: HTTPRequest.Method, _ rest: String, _ body: String? = nil, by bearer: HTTPFields? = nil
    ) async throws -> TestResponse {
        try await fabrique.send(method, address + rest, body, bearer ?? self.bearer)
    }

    /// What waits, or shows, or was refused: ids with their forms.
    func list(_ name: String) async throws -> [(id: String, form: String)] {
        let response = try await send(.get, "/\(name)?limit=1000")
        guard response.status == .ok else { throw Server.Unexpected(status: response.status, body: response.text) }
        return try JSONParser.parse(response.bytes)["items"]?.array?.compactMap { entry in
            guard let id = entry["id"]?.text, let form = entry["form"]?.text else { return nil }
            return (id, form)
        } ?? []
    }

    @discardableResult
    func clear(_ entries: [(id: String, form: String)]) async throws -> JSONValue {
        let list = entries.map { #"{"id":"\#($0.id)","form":"\#($0.form)"}"# }.joined(separator: ",")
        return try await answer(#"{"clear":[\#(list)]}"#)
    }

    @discardableResult
    func answer(_ body: String) async throws -> JSONValue {
        let response = try await send(.post, "/clearances", body)
        guard response.status == .ok else { throw Server.Unexpected(status: response.status, body: response.text) }
        return try JSONParser.parse(response.bytes)
    }

    /// The titles that every route tells of the embed, which must agree.
    func titles() async throws -> [String] {
        let server = fabrique.server
        let page = try await server.json(items + "&limit=1000")
        let features = page["features"]?.array ?? []
        let titles = features.compactMap { $0["properties"]?["title"]?.text }.sorted()
        #expect(page["numberMatched"]?.integer == Int64(titles.count))
        let world = try await server.features("/xyz/fabrique/0/0/0.geojson?embed=\(key)")
        let counted = world.reduce(0) { $0 + ($1["properties"]?["point_count"]?.integer ?? 1) }
        #expect(counted == Int64(titles.count), "a tile counts what the list holds")
        let lines = try await server.get(items + "&f=geojsonl")
        #expect(lines.text.split(separator: "\n").count == titles.count)
        return titles
    }
}

func consenting(_ title: String, at place: (Double, Double) = (2.3795, 48.868), more: String = "") -> String {
    Fabrique.body(title: title, at: place, more: #","precision":"exact","consents":{"partners":true}"# + more)
}
