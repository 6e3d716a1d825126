import Contributions
import Curation
import HTTPTypes
import HummingbirdTesting
import MapFormats
import TestSupport
import Testing

@testable import MapServer

/// A layer that is contributed to, one elsewhere, a partner's embed, and everybody who may come.
struct RightsWorld: Sendable {
    let fabrique: Fabrique
    private let theatre: Theatre
    private let headers: [Visitor: HTTPFields]
    private let token: String
    private let other: Fabrique.Given

    /// What a request is about: something that stands in a certain way, and what hangs on it.
    struct Thing {
        /// What stands for the captures of an address.
        var captures: [String: String] = [
            "layer": "fabrique", "id": Sample.identifier(7).description, "style": "lieudit", "z": "0", "x": "0",
            "y": "0", "tileMatrix": "0", "tileRow": "0", "tileCol": "0", "file": "map.js",
            "code": "0123-4567-89AB", "codeId": Sample.identifier(8).description,
            "reference": Sample.identifier(9).description, "font": "Noto%20Sans%20Regular", "range": "0-255",
            "page": "rules",
        ]
        var receipt: String?
        var reporter: String?
        /// One that opens something, for who signs in with it.
        var token = ""

        var identifier: String { captures["id"] ?? "" }
    }

    init(_ fabrique: Fabrique) async throws {
        self.fabrique = fabrique
        try await fabrique.server.layers.create(Layer(identifier: try LayerIdentifier("ailleurs")))
        theatre = try await Theatre(fabrique)
        let stranger = try await Theatre(fabrique)
        other = try await fabrique.published()
        token = try await Desk.token("curator", fabrique, layer: "ailleurs")
        headers = [
            .nobody: [:], .anotherAuthor: other.bearer, .operator: theatre.operator, .partner: theatre.bearer,
            .anotherPartner: stranger.bearer,
            .curatorHere: try await Theatre.token("curator", fabrique, layer: "fabrique"),
            .curatorElsewhere: try await Theatre.token("curator", fabrique, layer: "ailleurs"),
            .curatorEverywhere: try await Theatre.token("curator", fabrique),
            .formerCurator: try await Self.former(fabrique),
            .formerCuratorAtDesk: try await Self.formerAtDesk(fabrique),
            .stranger: [.authorization: "Bearer \(Self.secret().text)"],
        ]
    }

    /// Something new that stands so, and what of a code on its wall, a report about it, and an embed and a partner
    /// beside it the route asks for.
    func thing(_ standing: Standing?, for route: Route) async throws -> Thing {
        var thing = Thing()
        thing.captures["partner"] = theatre.partner
        thing.token = token
        if route.captureNames.contains("token") {
            thing.captures["token"] = try await made("/tokens", #"{"role":"curator","layer":"fabrique"}"#, "id")
        }
        thing.captures["key"] = theatre.key
        if route.method != .get, route.captureNames.contains("partner") {
            thing.captures["partner"] = try await made(
                "/partners", #"{"name":"Le Cirque","origins":["https://cirque.example"]}"#, "id")
        }
        if route.method != .get, route.captureNames.contains("key") {
            thing.captures["key"] = try await made(
                "/embeds", #"{"partner":"\#(theatre.partner)","layer":"fabrique"}"#, "key")
        }
        if route.method == .delete, route.template == "/collections/{layer}" {
            // One that nobody else needs.
            let layer = Layer(identifier: try LayerIdentifier("perdu-\(Int.random(in: 0..<1_000_000_000_000))"))
            try await fabrique.server.layers.create(layer)
            thing.captures["layer"] = layer.identifier.text
        }
        guard let standing, standing != .never else { return thing }
        let body = standing == .awaitingParent ? Self.childsBody : Fabrique.pointBody()
        let given = try await fabrique.contribute(body)
        thing.captures["id"] = given.identifier
        thing.receipt = given.token
        switch standing {
        case .pending, .never: break
        case .published: try await publish(given, for: route, &thing)
        case .rejected: try await fabrique.decide("reject", given)
        case .hidden:
            try await fabrique.decide("publish", given)
            try await fabrique.decide("hide", given)
        case .asked: try await fabrique.decide("ask", given, more: #","question":"Quand était-ce ?""#)
        case .awaitingParent: thing.captures["code"] = given.document["parent"]?["code"]?.text
        case .withdrawn:
            try await fabrique.decide("publish", given)
            #expect(try await fabrique.send(.delete, given.address, nil, given.bearer).status == .noContent)
        }
        return thing
    }

    private func publish(_ given: Fabrique.Given, for route: Route, _ thing: inout Thing) async throws {
        try await fabrique.decide("publish", given)
        if !Set(route.captureNames).isDisjoint(with: ["code", "codeId"]) || route.template.hasSuffix("/sheets") {
            let wall = try await fabrique.issue(for: given)
            thing.captures["code"] = wall.code
            thing.captures["codeId"] = wall.identifier
        }
        guard route.captureNames.contains("reference") else { return }
        let response = try await fabrique.send(
            .post, "\(given.address)/reports", #"{"reason":"other","text":"Ce banc est parti."}"#)
        let report = try JSONParser.parse(response.bytes)
        thing.captures["reference"] = try #require(report["reference"]?.text)
        thing.reporter = try #require(report["receipt"]?["token"]?.text)
    }

    /// What a visitor sends along; nil for who cannot come: nobody holds a receipt of what was never given.
    ///
    /// Who is at the desk has just signed in: sessions end by themselves, and by what is tried.
    func headers(_ visitor: Visitor, for thing: Thing) async throws -> HTTPFields? {
        if let bearer = visitor.behindSession.flatMap({ headers[$0]?[.authorization] }), headers[visitor] == nil {
            return try await Desk(fabrique, token: String(bearer.dropFirst("Bearer ".count))).headers
        }
        return switch visitor {
        case .author: thing.receipt.map { [.authorization: "Bearer \($0)"] }
        case .reporter: thing.reporter.map { [.authorization: "Bearer \($0)"] }
        default: headers[visitor]
        }
    }

    private func made(_ address: String, _ body: String, _ member: String) async throws -> String {
        let response = try await fabrique.send(.post, address, body, theatre.operator)
        return try #require(try JSONParser.parse(response.bytes)[member]?.text)
    }

    private static let childsBody = """
        {"type":"Feature","geometry":{"type":"Point","coordinates":[2.3795,48.868]},
         "properties":{"title":"Le banc","kind":"encounter","consent":true,"age_band":"under-15"}}
        """

    private static func former(_ fabrique: Fabrique) async throws -> HTTPFields {
        let (store, secret) = (fabrique.temporary.store, secret())
        let token = try await store.createToken(
            secret: secret.text, role: "curator", layer: "fabrique", at: Fabrique.noon)
        try await store.revokeToken(token.identifier.description, at: Fabrique.noon)
        return [.authorization: "Bearer \(secret.text)"]
    }

    /// Signed in, and then the token was revoked.
    private static func formerAtDesk(_ fabrique: Fabrique) async throws -> HTTPFields {
        let (store, secret) = (fabrique.temporary.store, secret())
        let token = try await store.createToken(
            secret: secret.text, role: "curator", layer: "fabrique", at: Fabrique.noon)
        let desk = try await Desk(fabrique, token: secret.text)
        try await store.revokeToken(token.identifier.description, at: Fabrique.noon)
        return desk.headers
    }

    private static func secret() -> Secret {
        var generator = SystemRandomNumberGenerator()
        return Secret.random(using: &generator)
    }
}
