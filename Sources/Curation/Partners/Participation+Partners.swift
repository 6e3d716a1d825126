package import Contributions
package import SpatialDatabase

/// Partners and their maps: made by who runs the instance or curates the layer. What is no business of a token is not
/// there for it.
extension Participation {
    /// - Throws: `CurationError.unknownContribution` for who is no operator.
    package func add(_ partner: Partner, by token: AccessToken, at now: Int64) async throws {
        try await arrangePartner(partner.identifier, "create partner", by: token, at: now) { transaction in
            try transaction.add(partner)
            return true
        }
    }

    /// Gives a partner another name and other origins.
    /// - Throws: `CurationError.unknownContribution`.
    package func change(_ partner: Partner, by token: AccessToken, at now: Int64) async throws {
        try await arrangePartner(partner.identifier, "change partner", by: token, at: now) { try $0.change(partner) }
    }

    /// Closes a partner: its embeds show nothing any more, and its tokens open nothing.
    /// - Throws: `CurationError.unknownContribution`.
    package func closePartner(_ identifier: PublicIdentifier, by token: AccessToken, at now: Int64) async throws {
        try await arrangePartner(identifier, "close partner", by: token, at: now) { try $0.closePartner(identifier) }
    }

    private func arrangePartner(
        _ identifier: PublicIdentifier, _ act: String, by token: AccessToken, at now: Int64,
        _ body: @escaping @Sendable (StoreTransaction) throws -> Bool
    ) async throws {
        try await layers.store.write(alone: true) { transaction in
            let embeds = try transaction.embeds(of: identifier).map(\.key)
            guard token.role == .`operator`, try transaction.isValid(token), try body(transaction) else {
                throw CurationError.unknownContribution
            }
            try transaction.journal(
                JournalEntry(
                    moment: now, actor: token.identifier.description, act: act, subject: identifier.description))
            return embeds
        } committed: { embeds in
            for key in embeds { try layers.renewEmbed(key) }
        }
    }

    /// Makes an embed, which shows nothing but what a standing rule takes.
    /// - Throws: `CurationError.unknownContribution`, `SubmissionError.faults` for a partner or a layer that there is not.
    package func add(_ embed: Embed, by token: AccessToken, at now: Int64) async throws {
        try await arrange(embed.key, "create embed", by: token, at: now) { transaction in
            guard try transaction.hasLayer(embed.layer), token.mayArrange(embedsOf: embed.layer) else {
                throw SubmissionError.faults([SubmissionFault("/layer", .unknownLayer)])
            }
            guard try transaction.add(embed) else {
                throw SubmissionError.faults([SubmissionFault("/partner", .unknownPartner)])
            }
        }
    }

    /// Changes what an embed pins and how it looks.
    /// - Parameter change: given the contract as it is.
    /// - Throws: `CurationError.unknownContribution`; what `change` throws.
    package func changeEmbed(
        _ key: PublicIdentifier, by token: AccessToken, at now: Int64,
        _ change: @escaping @Sendable (inout Embed) throws -> Void
    ) async throws {
        try await arrange(key, "change embed", by: token, at: now) { transaction in
            var embed = try Self.openEmbed(key, transaction) { token.mayArrange(embedsOf: $0.layer) }
            try change(&embed)
            _ = try transaction.change(embed)
        }
    }

    /// - Throws: `CurationError.unknownContribution`.
    package func closeEmbed(_ key: PublicIdentifier, by token: AccessToken, at now: Int64) async throws {
        try await arrange(key, "close embed", by: token, at: now) { transaction in
            _ = try Self.openEmbed(key, transaction) { token.mayArrange(embedsOf: $0.layer) }
            _ = try transaction.closeEmbed(key)
        }
    }

    /// Sets what is cleared as it comes, or ends that: what only the rule has cleared then waits again.
    /// - Throws: `CurationError.unknownContribution`.
    package func setStandingRule(
        _ rule: StandingRule?, of key: PublicIdentifier, by token: AccessToken, at now: Int64
    ) async throws {
        try await arrange(key, rule == nil ? "end standing rule" : "set standing rule", by: token, at: now) {
            var embed = try Self.openEmbed(key, $0) { token.mayAnswer(for: $0.partner) }
            embed.standing = rule
            _ = try $0.change(embed)
        }
    }

    private func arrange(
        _ key: PublicIdentifier, _ act: String, by token: AccessToken, at now: Int64,
        _ body: @escaping @Sendable (StoreTransaction) throws -> Void
    ) async throws {
        try await layers.store.write(alone: true) { transaction in
            guard try transaction.isValid(token) else { throw CurationError.unknownContribution }
            try body(transaction)
            try transaction.journal(
                JournalEntry(
                    moment: now, actor: token.identifier.description, act: act, subject: key.description,
                    layer: try transaction.embed(key)?.layer))
        } committed: {
            try layers.renewEmbed(key)
        }
    }

    /// An open embed that a token may do something with.
    static func openEmbed(
        _ key: PublicIdentifier, _ transaction: StoreTransaction, _ isAllowed: (Embed) -> Bool
    ) throws -> Embed {
        guard let embed = try transaction.embed(key), !embed.isClosed, isAllowed(embed) else {
            throw CurationError.unknownContribution
        }
        return embed
    }
}
