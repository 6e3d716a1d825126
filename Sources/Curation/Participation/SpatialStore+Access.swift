package import Contributions
package import SpatialDatabase

/// Tokens and invitations, made and revoked by an operator. The secret is made by whoever asks, so that it need not
/// travel back.
extension SpatialStore {
    /// - Parameters:
    ///   - partner: whose embeds the token of a partner opens; for no other role.
    ///   - expires: seconds since 1970 UTC from which it opens nothing any more; nil for never.
    ///   - label: by which people know it.
    /// - Throws: `CurationError.notAnAccess` for a secret, a role or an open partner that there is not;
    ///   `StoreError.unknownLayer`.
    package func createToken(
        secret: String, role: String, layer: String?, partner: String? = nil, expires: Int64? = nil, label: String = "",
        at now: Int64
    ) async throws -> AccessToken {
        guard let secret = Secret(secret), let role = Role(rawValue: role) else { throw CurationError.notAnAccess }
        var generator = SystemRandomNumberGenerator()
        let token = AccessToken(
            identifier: .random(using: &generator), role: role, layer: try layer.map { try LayerIdentifier($0) },
            partner: try partner.map { try Self.partner($0, of: role) }, isRevoked: false, expires: expires,
            label: label)
        try await write { transaction in
            if let partner = token.partner, try transaction.partner(partner)?.isClosed ?? true {
                throw CurationError.notAnAccess
            }
            try transaction.add(token, secret: secret)
            try transaction.journal(
                JournalEntry(
                    moment: now, actor: "operator", act: "create token", subject: token.identifier.description,
                    detail: [role.rawValue, layer].compactMap { $0 }.joined(separator: " "), layer: token.layer))
        }
        return token
    }

    private static func partner(_ text: String, of role: Role) throws(CurationError) -> PublicIdentifier {
        guard role == .partner, let partner = PublicIdentifier(text) else { throw .notAnAccess }
        return partner
    }

    /// - Throws: `CurationError.notAnAccess` when there is no such token, or it was revoked before.
    package func revokeToken(_ identifier: String, at now: Int64) async throws {
        try await revoke(identifier, as: "revoke token", at: now) { try $0.revokeToken($1) }
    }

    /// Makes a code with which the invited contribute to a layer.
    ///
    /// - Parameters:
    ///   - parentsOnPaper: whether the group leader attests that the agreements of the parents are held on paper.
    ///   - isPaperAllowed: whether the instance takes their word for it.
    /// - Throws: `CurationError.notAnAccess` for a code of another form; `.parentsOnPaperNotAllowed`;
    ///   `StoreError.unknownLayer`.
    package func invite(
        code: String, to layer: String, parentsOnPaper: Bool = false, isPaperAllowed: Bool = false, at now: Int64
    ) async throws -> PublicIdentifier {
        guard !parentsOnPaper || isPaperAllowed else { throw CurationError.parentsOnPaperNotAllowed }
        guard let code = PaperCode(code) else { throw CurationError.notAnAccess }
        let layer = try LayerIdentifier(layer)
        var generator = SystemRandomNumberGenerator()
        let identifier = PublicIdentifier.random(using: &generator)
        try await write { transaction in
            try transaction.invite(identifier, code: code, to: layer)
            if parentsOnPaper { try transaction.attestParentsOnPaper(identifier) }
            try transaction.journal(
                JournalEntry(
                    moment: now, actor: "operator", act: "create invitation", subject: identifier.description,
                    detail: layer.text + (parentsOnPaper ? ", parents' agreements attested on paper" : ""), layer: layer
                ))
        }
        return identifier
    }

    /// - Throws: `CurationError.notAnAccess` when there is no such invitation.
    package func revokeInvitation(_ identifier: String, at now: Int64) async throws {
        try await revoke(identifier, as: "revoke invitation", at: now) { try $0.revokeInvitation($1) }
    }

    private func revoke(
        _ text: String, as act: String, at now: Int64,
        _ body: @escaping @Sendable (StoreTransaction, PublicIdentifier) throws -> Bool
    ) async throws {
        guard let identifier = PublicIdentifier(text) else { throw CurationError.notAnAccess }
        try await write { transaction in
            guard try body(transaction, identifier) else { throw CurationError.notAnAccess }
            try transaction.journal(
                JournalEntry(moment: now, actor: "operator", act: act, subject: identifier.description))
        }
    }
}
