package import Contributions
package import SpatialDatabase

/// What a partner answers about single features, or about all that waits.
package struct ClearanceAnswers: Equatable, Sendable {
    package var clear: [ClearanceRequest] = []
    package var refuse: [PublicIdentifier] = []
    package var withdraw: [PublicIdentifier] = []

    package init() {}

    /// How many answers one request may hold.
    package static let most = 1_000

    package var count: Int { clear.count + refuse.count + withdraw.count }
}

extension Participation {
    /// Takes down what a partner answers; the embed follows at once.
    ///
    /// Refusals come last, so that what is both cleared and refused is not shown.
    /// - Throws: `CurationError.unknownContribution` for an embed that the token does not answer for.
    package func answer(
        _ answers: ClearanceAnswers, for key: PublicIdentifier, by token: AccessToken, at now: Int64
    ) async throws -> ClearanceOutcome {
        let layer = try layerOfEmbed(key)
        return try await write(
            { transaction, change in
                try Self.requireAnswering(token, for: key, transaction)
                var outcome = ClearanceOutcome()
                try transaction.withdrawAnswers(about: answers.withdraw, for: key, &outcome)
                try transaction.clear(answers.clear, for: key, &outcome)
                try transaction.refuse(answers.refuse, for: key, &outcome)
                change.noteAnswers(about: outcome.cleared + outcome.refused + outcome.withdrawn)
                let counts =
                    "\(outcome.cleared.count) cleared, \(outcome.refused.count) refused, "
                    + "\(outcome.withdrawn.count) withdrawn"
                try Self.journalClearing(counts, key, token, now, transaction)
                return outcome
            }, in: layer)
    }

    /// Clears all that waits now, each in its present form; returns how much that was.
    /// - Throws: `CurationError.unknownContribution` for an embed that the token does not answer for.
    package func clearAll(for key: PublicIdentifier, by token: AccessToken, at now: Int64) async throws -> Int {
        try await layers.store.write(alone: true) { transaction in
            try Self.requireAnswering(token, for: key, transaction)
            let count = try transaction.clearAll(for: key)
            try Self.journalClearing("\(count) cleared in bulk", key, token, now, transaction)
            return count
        } committed: { count in
            if count > 0 { try layers.renewEmbed(key, isFilled: true) }
        }
    }

    private func layerOfEmbed(_ key: PublicIdentifier) throws -> LayerIdentifier {
        guard let embed = layers.embed(key)?.embed else { throw CurationError.unknownContribution }
        return embed.layer
    }

    private static func requireAnswering(
        _ token: AccessToken, for key: PublicIdentifier, _ transaction: StoreTransaction
    ) throws {
        guard try transaction.isValid(token) else { throw CurationError.unknownContribution }
        _ = try openEmbed(key, transaction) { token.mayAnswer(for: $0.partner) }
    }

    private static func journalClearing(
        _ counts: String, _ key: PublicIdentifier, _ token: AccessToken, _ now: Int64, _ transaction: StoreTransaction
    ) throws {
        try transaction.journal(
            JournalEntry(
                moment: now, actor: token.identifier.description, act: "clear", subject: key.description,
                detail: counts, layer: try transaction.embed(key)?.layer))
    }
}
