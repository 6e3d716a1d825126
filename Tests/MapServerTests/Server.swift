import Contributions
import Curation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import MapFormats
import MapServer
import NIOCore
import SpatialDatabase
import TestSupport

/// A running server over a real store, and one connection to it.
struct Server: Sendable {
    let client: any TestClientProtocol
    let layers: PublishedLayers

    static let items = "/collections/quartier/items"

    func get(_ address: String, _ headers: HTTPFields = [:]) async throws -> TestResponse {
        try await client.execute(uri: address, method: .get, headers: headers)
    }

    func send(_ method: HTTPRequest.Method, _ address: String, _ headers: HTTPFields = [:]) async throws -> TestResponse
    {
        try await client.execute(uri: address, method: method, headers: headers)
    }

    /// The document at an address that must answer 200.
    func json(_ address: String) async throws -> JSONValue {
        let response = try await get(address)
        guard response.status == .ok else { throw Unexpected(status: response.status, body: response.text) }
        return try JSONParser.parse(response.bytes)
    }

    /// A header of the answer at an address that must answer 200.
    func header(_ name: String, of address: String) async throws -> String? {
        let response = try await get(address)
        guard response.status == .ok else { throw Unexpected(status: response.status, body: response.text) }
        return HTTPField.Name(name).flatMap { response.headers[$0] }
    }

    func features(_ address: String) async throws -> [JSONValue] {
        try await json(address)["features"]?.array ?? []
    }

    /// The titles of all pages, following the links from one to the next.
    func titlesOfAllPages(_ address: String) async throws -> [String] {
        var titles: [String] = []
        var next: String? = address
        while let address = next {
            let page = try await json(address)
            titles += page["features"]?.array?.compactMap { $0["properties"]?["title"]?.text } ?? []
            next = page.link("next")
        }
        return titles
    }

    struct Unexpected: Error {
        let status: HTTPResponse.Status
        let body: String
    }
}

/// Runs `body` against a server with the layer `quartier` and what is given to it.
func withServer(
    _ publications: [Publication] = [], configuration: MapServerConfiguration = MapServerConfiguration(port: 0),
    layer: Layer? = nil, _ body: @Sendable (Server) async throws -> Void
) async throws {
    let temporary = try TemporaryStore()
    let layer = try layer ?? Layer(identifier: try LayerIdentifier("quartier"))
    try await temporary.store.write { transaction in
        try transaction.create(layer)
        for publication in publications { try transaction.publish(publication, in: layer.identifier) }
    }
    let layers = try PublishedLayers(store: temporary.store)
    var configuration = configuration
    // The one connection of a server that cases share is open while other tests have their turn.
    configuration.idlePatience = .seconds(3_600)
    let server = try buildMapServer(configuration: configuration, layers: layers, logger: .silent)
    try await server.test(.live) { client in try await body(Server(client: client, layers: layers)) }
    // The store goes with its last reference, which must not be before the server has stopped.
    withExtendedLifetime(temporary) {}
}

extension Logger {
    static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}

extension TestResponse {
    var bytes: [UInt8] { Array(buffer: body) }
    var text: String { String(buffer: body) }
    var mediaType: String? { headers[.contentType] }
}

extension JSONValue {
    var array: [JSONValue]? { if case .array(let values) = self { values } else { nil } }
    var object: JSONObject? { if case .object(let object) = self { object } else { nil } }
    var integer: Int64? { if case .integer(let value) = self { value } else { nil } }

    /// Where a link of a document leads, without our own origin; nil when there is none.
    func link(_ relation: String) -> String? {
        let link = self["links"]?.array?.first { $0["rel"]?.text == relation }
        guard let address = link?["href"]?.text, let path = address.dropFirst("http://".count).firstIndex(of: "/")
        else {
            return nil
        }
        return String(address[path...])
    }
}
