import Contributions
import Curation
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import MapFormats
import NIOCore
import SpatialDatabase
import Synchronization
import TestSupport
import Testing

@testable import MapServer

/// A running server with a layer that is contributed to, a curator's token and a clock that the test turns.
struct Fabrique: Sendable {
    let server: Server
    let clock: TestClock
    let curator: Secret
    let temporary: TemporaryStore

    static let items = "/collections/fabrique/items"
    /// 2026-11-22T12:00:00 in Paris.
    static let noon: Int64 = 1_795_345_200

    final class TestClock: Sendable {
        private let seconds = Mutex(Double(Fabrique.noon))

        var date: Date { Date(timeIntervalSince1970: seconds.withLock { $0 }) }

        func advance(_ more: Double) { seconds.withLock { $0 += more } }
        func set(_ moment: Int64) { seconds.withLock { $0 = Double(moment) } }
    }

    /// What a person is given once.
    struct Given {
        let identifier: String
        let token: String
        let code: String
        let document: JSONValue

        var address: String { "\(Fabrique.items)/\(identifier)" }
        var bearer: HTTPFields { [.authorization: "Bearer \(token)"] }
    }

    static func body(
        title: String = "Le bal", text: String = "Un soir", at place: (Double, Double) = (2.3795, 48.868),
        more: String = ""
    ) -> String {
        """
        {"type":"Feature","geometry":{"type":"Point","coordinates":[\(place.0),\(place.1)]},
         "properties":{"title":"\(title)","text":"\(text)","consent":true\(more)}}
        """
    }

    func send(
        _ method: HTTPRequest.Method, _ address: String, _ body: String? = nil, _ headers: HTTPFields = [:]
    ) async throws -> TestResponse {
        try await server.client.execute(
            uri: address, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
    }

    func post(_ body: String = body(), _ headers: HTTPFields = [:]) async throws -> TestResponse {
        try await send(.post, Self.items, body, headers)
    }

    func contribute(_ body: String = body(), _ headers: HTTPFields = [:]) async throws -> Given {
        let response = try await post(body, headers)
        guard response.status == .created else {
            throw Server.Unexpected(status: response.status, body: response.text)
        }
        let document = try JSONParser.parse(response.bytes)
        return Given(
            identifier: try #require(document["id"]?.text), token: try #require(document["receipt"]?["token"]?.text),
            code: try #require(document["receipt"]?["code"]?.text), document: document)
    }

    @discardableResult
    func decide(_ decision: String, _ given: Given, more: String = "") async throws -> TestResponse {
        try await send(
            .post, "/moderation/items/\(given.identifier)/decision",
            #"{"decision":"\#(decision)","reasons":"Merci."\#(more)}"#,
            [.authorization: "Bearer \(curator.text)"])
    }

    func published(_ body: String = body()) async throws -> Given {
        let given = try await contribute(body)
        let response = try await decide("publish", given)
        guard response.status == .ok else { throw Server.Unexpected(status: response.status, body: response.text) }
        return given
    }

    /// How many rows the store has of what somebody gave.
    func count(_ table: String = "contribution") throws -> Int {
        Int(try temporary.texts("SELECT CAST(count(*) AS TEXT) FROM \(table)")[0]) ?? -1
    }

    /// What everybody can read of a word, by address.
    func places(showing word: String) async throws -> [String] {
        var found: [String] = []
        let asked = word.lowercased().addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        for address in [
            Self.items, "\(Self.items)?q=\(asked)", "\(Self.items)?near=2.38,48.868&radius=5000",
            "\(Self.items)?bbox=2,48,3,49&f=csv", "\(Self.items)?f=geojsonl", "/xyz/fabrique/14/8300/5635.geojson",
            "/xyz/fabrique/0/0/0.geojson", "/exports/fabrique.geojson", "/exports/fabrique.csv", "/map/fabrique",
        ] {
            let response = try await server.get(address)
            #expect(response.status == .ok, "\(address): \(response.text)")
            if response.text.contains(word) { found.append(address) }
        }
        return found
    }
}

/// Runs `body` against a server with the layer `fabrique`; what is written is not limited unless said.
func withFabrique(
    configuration: MapServerConfiguration = MapServerConfiguration(port: 0), writesPerMinute: Int = 0,
    logger: Logger = .silent, layer change: @Sendable (inout Layer) throws -> Void = { _ in },
    _ body: @Sendable (Fabrique) async throws -> Void
) async throws {
    let temporary = try TemporaryStore()
    var rules = Layer(identifier: try LayerIdentifier("fabrique"))
    try change(&rules)
    let created = rules
    try await temporary.store.write { try $0.create(created) }
    var generator = SystemRandomNumberGenerator()
    let curator = Secret.random(using: &generator)
    _ = try await temporary.store.createToken(secret: curator.text, role: "curator", layer: nil, at: Fabrique.noon)
    let layers = try PublishedLayers(store: temporary.store)
    let clock = Fabrique.TestClock()
    var configuration = configuration
    configuration.writesPerMinute = writesPerMinute
    let ground = try SampleGround(in: temporary.folder.appendingPathComponent("ground"))
    configuration = try configuration.with(ground)
    let server = try buildMapServer(
        configuration: configuration, layers: layers, clock: { clock.date }, logger: logger)
    try await server.test(.live) { client in
        try await body(
            Fabrique(
                server: Server(client: client, layers: layers), clock: clock, curator: curator, temporary: temporary))
    }
    withExtendedLifetime(temporary) {}
}

extension TestResponse {
    /// The pointers of a refusal.
    var pointers: [String] {
        get throws { try JSONParser.parse(bytes)["errors"]?.array?.compactMap { $0["pointer"]?.text } ?? [] }
    }
    var code: String? { try? JSONParser.parse(bytes)["code"]?.text }

    func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }
}
