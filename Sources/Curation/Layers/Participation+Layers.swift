package import Contributions
import SpatialDatabase

/// Layers and fabriques, made and changed by who looks after them. What is no business of a token is not there for it.
extension Participation {
    /// Opens a layer.
    /// - Throws: `CurationError.unknownContribution` for who looks after some layers only; `StoreError.layerExists`.
    package func create(_ layer: Layer, by token: AccessToken, at now: Int64) async throws {
        try await layers.create(layer) { transaction in
            try Self.require(token.mayArrangeLayers, token, transaction)
            try Self.journal("create layer", layer.identifier, by: token, at: now, transaction)
        }
    }

    /// Gives a layer other rules. What was given under the old ones stays as it is.
    /// - Throws: `CurationError.unknownContribution`.
    package func change(_ layer: Layer, by token: AccessToken, at now: Int64) async throws {
        try await layers.change(layer) { transaction in
            try Self.require(
                token.mayReview(layer.identifier) && transaction.hasLayer(layer.identifier), token, transaction)
            try Self.journal("change layer", layer.identifier, by: token, at: now, transaction)
        }
    }

    /// Removes a layer with everything in it, which cannot be undone.
    /// - Throws: `CurationError.unknownContribution` for who looks after some layers only, and for no layer.
    package func deleteLayer(_ identifier: LayerIdentifier, by token: AccessToken, at now: Int64) async throws {
        try await layers.delete(identifier) { transaction in
            try Self.require(token.mayArrangeLayers && transaction.hasLayer(identifier), token, transaction)
            try Self.journal("delete layer", identifier, by: token, at: now, transaction)
        }
    }

    private static func require(
        _ isAllowed: @autoclosure () throws -> Bool, _ token: AccessToken, _ transaction: StoreTransaction
    ) throws {
        // A token that was revoked while this waited for its turn changes nothing any more.
        guard try isAllowed(), try transaction.isValid(token) else { throw CurationError.unknownContribution }
    }

    private static func journal(
        _ act: String, _ layer: LayerIdentifier, by token: AccessToken, at now: Int64, _ transaction: StoreTransaction
    ) throws {
        try transaction.journal(
            JournalEntry(moment: now, actor: token.identifier.description, act: act, subject: layer.text))
    }
}

extension AccessToken {
    /// Whether it opens and deletes layers: who looks after one layer only leaves the others be.
    package var mayArrangeLayers: Bool {
        switch role {
        case .`operator`: true
        case .curator: layer == nil
        case .partner: false
        }
    }
}
