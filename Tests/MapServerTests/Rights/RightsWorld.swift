import Contributions
import Curation
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import MapServer

/// A layer that is contributed to, one elsewhere, and everybody who may come.
struct RightsWorld: Sendable {
    let fabrique: Fabrique
    private let tokens: [Visitor: Secret]
    private let other: Fabrique.Given

    /// What a request is about: something that stands in a certain way.
    struct Thing {
        let identifier: String
        let receipt: String?
    }

    init(_ fabrique: Fabrique) async throws {
        self.fabrique = fabrique
        let store = fabrique.temporary.store
        let elsewhere = Layer(identifier: try LayerIdentifier("ailleurs"))
        try await fabrique.server.layers.create(elsewhere)
        var tokens: [Visitor: Secret] = [:]
        for (visitor, role, layer) in [
            (.curatorHere, "curator", "fabrique"), (.curatorElsewhere, "curator", "ailleurs"),
            (.curatorEverywhere, "curator", nil), (.partner, "partner", nil), (.operator, "operator", nil),
            (.formerCurator, "curator", "fabrique"),
        ] as [(Visitor, String, String?)] {
            let secret = Self.secret()
            let token = try await store.createToken(secret: secret.text, role: role, layer: layer, at: Fabrique.noon)
            if visitor == .formerCurator {
                try await store.revokeToken(token.identifier.description, at: Fabrique.noon)
            }
            tokens[visitor] = secret
        }
        tokens[.stranger] = Self.secret()
        self.tokens = tokens
        other = try await fabrique.published()
    }

    /// Something new that stands so.
    func thing(_ standing: Standing) async throws -> Thing {
        if standing == .never { return Thing(identifier: Sample.identifier(7).description, receipt: nil) }
        let given = try await fabrique.contribute()
        switch standing {
        case .pending, .never: break
        case .published: try await fabrique.decide("publish", given)
        case .rejected: try await fabrique.decide("reject", given)
        case .hidden:
            try await fabrique.decide("publish", given)
            try await fabrique.decide("hide", given)
        case .withdrawn:
            try await fabrique.decide("publish", given)
            let gone = try await fabrique.send(.delete, given.address, nil, given.bearer)
            #expect(gone.status == .noContent)
        }
        return Thing(identifier: given.identifier, receipt: given.token)
    }

    /// What a visitor sends along; nil for who cannot come: nobody holds a receipt of what was never given.
    func headers(_ visitor: Visitor, for thing: Thing?) -> HTTPFields? {
        switch visitor {
        case .nobody: return [:]
        case .author:
            guard let thing else { return [.authorization: "Bearer \(other.token)"] }
            return thing.receipt.map { [.authorization: "Bearer \($0)"] }
        case .anotherAuthor: return [.authorization: "Bearer \(other.token)"]
        default: return tokens[visitor].map { [.authorization: "Bearer \($0.text)"] }
        }
    }

    private static func secret() -> Secret {
        var generator = SystemRandomNumberGenerator()
        return Secret.random(using: &generator)
    }
}
