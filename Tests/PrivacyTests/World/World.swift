import Contributions
import Curation
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import MapFormats
import MapGeometry
import NIOCore
import SpatialDatabase
import TestSupport
import Testing

@testable import MapServer

/// A running service in which time and chance are given, reached as a stranger reaches it.
struct World: Sendable {
    let client: Client
    let layers: PublishedLayers
    let clock: GivenClock
    let chance: GivenChance
    /// Of somebody who looks after every layer.
    let token: String
    /// The folder of its store.
    let folder: URL

    /// A morning of the year in which its story begins, in seconds since 1970 UTC.
    static let beginning: Int64 = 1_790_000_000

    func send(
        _ method: HTTPRequest.Method, _ address: String, _ body: JSONValue? = nil, bearer: String? = nil
    ) async throws -> Answered {
        var headers: HTTPFields = [:]
        if let bearer { headers[.authorization] = "Bearer \(bearer)" }
        let buffer = body.map { body in
            var bytes: [UInt8] = []
            JSONWriter.append(body, to: &bytes)
            return ByteBuffer(bytes: bytes)
        }
        return try await client.execute(uri: address, method: method, headers: headers, body: buffer)
    }

    /// - Throws: `Refused` for any answer that is no success.
    @discardableResult
    func require(
        _ method: HTTPRequest.Method, _ address: String, _ body: JSONValue? = nil, bearer: String? = nil
    ) async throws -> JSONValue {
        let response = try await send(method, address, body, bearer: bearer)
        guard response.status.kind == .successful else {
            throw Refused(address: address, status: response.status, body: String(buffer: response.body))
        }
        return response.body.readableBytes == 0 ? .null : try JSONParser.parse(Array(buffer: response.body))
    }

    struct Refused: Error {
        let address: String
        let status: HTTPResponse.Status
        let body: String
    }
}

extension World {
    static func layer(
        _ name: String, review: Layer.Review, release: Layer.Release = .atOnce, retention: Int? = nil,
        opens: String? = nil
    ) throws -> Layer {
        try Layer(
            identifier: LayerIdentifier(name), prompt: "Que s'est-il passé ici ?",
            opens: opens.map { try ExtendedDate($0) }, review: review, release: release, retention: retention)
    }

    /// Layers with different rules; the last one opens later.
    static func usualLayers() throws -> [Layer] {
        [
            try layer("memoires", review: .before), try layer("quartier", review: .after),
            try layer("fabrique", review: .after, release: .daily, retention: 30),
            try layer("demain", review: .before, opens: "2099-01-01"),
        ]
    }

    /// By the place of a layer among the usual ones.
    static func embed(_ place: Int) -> PublicIdentifier { PublicIdentifier(bits: UInt128(9_000 + place)) }

    /// A partner's map of each layer, which takes all that comes: of every other one, within a region.
    private static func addEmbeds(of rules: [Layer], _ transaction: StoreTransaction) throws {
        let partner = Partner(identifier: PublicIdentifier(bits: 8_999), name: "Théâtre", origins: [])
        try transaction.add(partner)
        for (place, layer) in rules.enumerated() {
            let region = try Region(BoundingBox(west: 2.35, south: 48.85, east: 2.4, north: 48.89))
            let embed = Embed(
                key: embed(place), partner: partner.identifier, layer: layer.identifier,
                pins: EmbedPins(region: place % 2 == 0 ? region : nil), standing: StandingRule())
            _ = try transaction.add(embed)
        }
    }

    /// Runs `body` in a new world.
    static func with(
        layers rules: [Layer]? = nil, logger: Logger = Logger(label: "world") { _ in SwiftLogNoOpLogHandler() },
        _ body: @Sendable (World) async throws -> Void
    ) async throws {
        #if DEBUG
            SeededLeak.planted?.forgetEverything()
        #endif
        let temporary = try TemporaryStore()
        let rules = try rules ?? usualLayers()
        try await temporary.store.write { transaction in
            for layer in rules { try transaction.create(layer) }
            try addEmbeds(of: rules, transaction)
        }
        let secret = String(repeating: "7", count: 26)
        _ = try await temporary.store.createToken(secret: secret, role: "operator", layer: nil, at: beginning)
        let layers = try PublishedLayers(store: temporary.store)
        let (clock, chance) = (GivenClock(beginning), GivenChance())
        var configuration = MapServerConfiguration(port: 0, publicURL: "https://lieu.example")
        configuration.writesPerMinute = 0
        let ground = try SampleGround(in: temporary.folder)
        configuration.basemap = try Basemap(path: ground.basemapPath)
        configuration.fontsPath = ground.fontsPath
        let server = try buildMapServer(
            configuration: configuration, layers: layers, clock: { clock.date }, randomness: { chance.generator() },
            logger: logger)
        let folder = temporary.folder
        let client = try #require(Client(try await server.responder))
        // What runs beside the responder runs in there.
        try await server.test(.router) { _ in
            try await body(
                World(client: client, layers: layers, clock: clock, chance: chance, token: secret, folder: folder))
        }
        // The store goes with its last reference, which must not be before the server has stopped.
        withExtendedLifetime(temporary) {}
    }
}
