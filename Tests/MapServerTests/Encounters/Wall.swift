import Contributions
import Curation
import Foundation
import HTTPTypes
import HummingbirdTesting
import MapFormats
import MapGeometry
import SpatialDatabase
import Testing

@testable import MapServer

/// A point with a code on its wall, for the tests of encounter points.
struct Wall {
    let point: Fabrique.Given
    /// Names the code in lists.
    let identifier: String
    let code: String

    var arrival: String { "/e/\(code)" }
    var encounter: String { "/encounters/\(point.identifier)" }
    var codes: String { "\(encounter)/codes" }
}

extension Fabrique {
    var asCurator: HTTPFields { [.authorization: "Bearer \(curator.text)"] }

    /// Wednesdays from 14:00 to 18:00, on the point itself.
    static let wednesdays = #"{"weekly":[{"days":["wed"],"from":"14:00","to":"18:00"}]}"#
    /// The Wednesday after `noon`, at 15:00 in Paris.
    static let wednesday = noon + 3 * 86_400 + 3 * 3_600

    static func pointBody(title: String = "Le banc", at place: (Double, Double) = (2.3795, 48.868)) -> String {
        body(title: title, text: "Près du canal", at: place, more: #","kind":"encounter","precision":"exact""#)
    }

    /// A published point with what a curator has set, and a code.
    func wall(_ set: String? = nil, title: String = "Le banc") async throws -> Wall {
        let given = try await published(Self.pointBody(title: title))
        if let set { try await self.set(set, of: given) }
        return try await issue(for: given)
    }

    @discardableResult
    func set(_ body: String, of given: Given) async throws -> JSONValue {
        let response = try await send(.put, "/encounters/\(given.identifier)", body, asCurator)
        guard response.status == .ok else { throw Server.Unexpected(status: response.status, body: response.text) }
        return try JSONParser.parse(response.bytes)
    }

    func issue(for given: Given, label: String = "porte") async throws -> Wall {
        let response = try await send(
            .post, "/encounters/\(given.identifier)/codes", #"{"label":"\#(label)"}"#, asCurator)
        guard response.status == .created else { throw Server.Unexpected(status: response.status, body: response.text) }
        let document = try JSONParser.parse(response.bytes)
        return Wall(
            point: given, identifier: try #require(document["id"]?.text), code: try #require(document["code"]?.text))
    }

    func arrive(_ wall: Wall, _ headers: HTTPFields = [:]) async throws -> TestResponse {
        try await server.get(wall.arrival, headers)
    }

    /// Contributes with a code, and says what came of it.
    func post(from code: String, title: String = "Ici") async throws -> TestResponse {
        try await post(Self.body(title: title, more: #","encounter":"\#(code)""#))
    }

    func properties(_ identifier: String) async throws -> JSONObject {
        try await server.json("\(Self.items)/\(identifier)")["properties"]?.object ?? [:]
    }
}

extension Server {
    /// The code of a new encounter point of the layer `quartier`.
    func encounterCode() async throws -> String {
        let participation = Participation(layers: layers, localTime: .paris)
        var submission = Submission()
        submission.title = "Le banc"
        submission.kind = .encounter
        submission.precision = .exact
        submission.place = .at(Coordinate(clampingLongitude: 2.3795, latitude: 48.868))
        submission.isConsenting = true
        let now = Int64(Date().timeIntervalSince1970)
        let point = try await participation.contribute(
            submission, to: try LayerIdentifier("quartier"), isCurator: true, consentText: .text(in: .french), at: now)
        var generator = SystemRandomNumberGenerator()
        let token = try await layers.store.createToken(
            secret: Secret.random(using: &generator).text, role: "operator", layer: nil, at: now)
        return try await participation.issueCode(labelled: "", for: point.identifier, by: token, at: now).code.text
    }
}
