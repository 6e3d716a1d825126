package import Contributions
import SpatialDatabase

/// A token as it is asked for.
package struct TokenInvitation: Equatable, Sendable {
    package let role: Role
    /// Nil for every layer.
    package let layer: LayerIdentifier?
    /// Whose embeds the token of a partner opens.
    package let partner: PublicIdentifier?
    package let label: String
    /// Seconds since 1970 UTC from which it opens nothing any more; nil for never.
    package let expires: Int64?

    package init(
        role: Role, layer: LayerIdentifier?, partner: PublicIdentifier?, label: String, expires: Int64?
    ) {
        self.role = role
        self.layer = layer
        self.partner = partner
        self.label = label
        self.expires = expires
    }
}

/// Tokens made and revoked by somebody who has one themselves, without a shell.
extension Participation {
    /// - Returns: the token, and the secret that opens it, given this once.
    /// - Throws: `CurationError.unknownContribution` for who may not invite so; `SubmissionError.faults` for a layer or
    ///   a partner that there is not.
    package func invite(
        _ invitation: TokenInvitation, by token: AccessToken, at now: Int64
    ) async throws -> (token: AccessToken, secret: Secret) {
        guard token.mayInvite(invitation.role, to: invitation.layer) else { throw CurationError.unknownContribution }
        var generator = generator()
        let secret = Secret.random(using: &generator)
        let added = AccessToken(
            identifier: .random(using: &generator), role: invitation.role, layer: invitation.layer,
            partner: invitation.partner, isRevoked: false, expires: invitation.expires, label: invitation.label)
        try await layers.store.write { transaction in
            guard try transaction.isValid(token) else { throw CurationError.unknownContribution }
            if let layer = added.layer, try !transaction.hasLayer(layer) {
                throw SubmissionError.faults([SubmissionFault("/layer", .unknownLayer)])
            }
            if let partner = added.partner, try transaction.partner(partner)?.isClosed ?? true {
                throw SubmissionError.faults([SubmissionFault("/partner", .unknownPartner)])
            }
            try transaction.add(added, secret: secret)
            try transaction.journal(
                JournalEntry(
                    moment: now, actor: token.identifier.description, act: "create token",
                    subject: added.identifier.description,
                    detail: [added.role.rawValue, added.layer?.text].compactMap { $0 }.joined(separator: " "),
                    layer: added.layer))
        }
        return (added, secret)
    }

    /// - Throws: `CurationError.notAnAccess` for one that there is not, or that is no business of who asks.
    package func revokeToken(_ identifier: PublicIdentifier, by token: AccessToken, at now: Int64) async throws {
        try await layers.store.write { transaction in
            guard try transaction.isValid(token), let known = try transaction.token(identifier),
                token.mayInvite(known.role, to: known.layer), try transaction.revokeToken(identifier)
            else { throw CurationError.notAnAccess }
            try transaction.journal(
                JournalEntry(
                    moment: now, actor: token.identifier.description, act: "revoke token",
                    subject: identifier.description, layer: known.layer))
        }
    }
}
