package import Contributions
import SpatialDatabase

/// What a parent sees who has been handed a code.
package struct ParentalView: Sendable {
    package let layer: Layer
    package let revision: Int
    /// Seconds since 1970 UTC until when an answer is waited for; nil when nothing waits for one.
    package let answerBy: Int64?
    package let isPublic: Bool
    /// What is public, or would be: a GeoJSON feature.
    package let feature: [UInt8]

    init(_ stored: StoredContribution, in layer: Layer) throws {
        self.layer = layer
        revision = stored.revision
        answerBy = stored.parent?.answerBy
        isPublic = stored.isPublic
        let latest = stored.awaitsParent ? stored.proposal ?? stored.content : stored.content
        feature = try PublishedFeature.publication(
            of: latest, identifier: stored.identifier, month: stored.month
        ).feature
    }
}

/// What a parent says.
package enum ParentalAnswer: Equatable, Sendable {
    /// - revision: the one that they have seen; nil for the one with which the code was given out.
    /// - partners: false takes partner sites out again.
    case agree(revision: Int?, partners: Bool?)
    case refuse
    case withdraw
}

extension Participation {
    /// What a parent's code opens.
    /// - Throws: `CurationError.unknownContribution`, alike for a code of nothing and one whose time has passed.
    package func view(forParent code: PaperCode, at now: Int64) throws -> ParentalView {
        try layers.store.read { transaction in
            let stored = try Self.find(code, at: now, transaction)
            return try ParentalView(stored, in: try transaction.layer(stored.layer))
        }
    }

    /// Carries out what a parent has answered, and journals it without a name.
    /// - Returns: what they may see after it; nil when nothing is left.
    /// - Throws: `CurationError.unknownContribution`; `.changedSince` when the child has changed it since it was seen.
    package func answer(
        _ answer: ParentalAnswer, forParent code: PaperCode, text: ConsentText, at now: Int64
    ) async throws -> ParentalView? {
        let layer = try view(forParent: code, at: now).layer.identifier
        return try await write(
            { transaction, change in
                let stored = try Self.find(code, at: now, transaction)
                switch answer {
                case .agree(let revision, let partners):
                    try agree(stored, revision, partners: partners, text, at: now, transaction, &change)
                case .refuse:
                    guard stored.parent?.answerBy != nil else { throw CurationError.notPossible(stored.state) }
                    try refuse(stored, at: now, transaction, &change)
                    try note("parent refuses", stored, at: now, transaction)
                case .withdraw:
                    try erase(stored, at: now, transaction, &change)
                    try note("parent withdraws", stored, at: now, transaction)
                }
                guard let left = try? Self.find(code, at: now, transaction) else { return nil }
                return try ParentalView(left, in: try transaction.layer(left.layer))
            }, in: layer)
    }

    private static func find(
        _ code: PaperCode, at now: Int64, _ transaction: StoreTransaction
    ) throws -> StoredContribution {
        let digest = code.digest(key: try transaction.instanceKey())
        guard let stored = try transaction.contribution(forParent: digest, at: now) else {
            throw CurationError.unknownContribution
        }
        return stored
    }

    private func agree(
        _ stored: StoredContribution, _ revision: Int?, partners: Bool?, _ text: ConsentText, at now: Int64,
        _ transaction: StoreTransaction, _ change: inout PublicChange
    ) throws {
        let seen = revision ?? stored.parent?.agreedRevision ?? 1
        guard seen == stored.revision else { throw CurationError.changedSince(revision: stored.revision) }
        guard stored.awaitsParent, let handle = stored.handle else { return }
        try transaction.noteAgreement(to: stored, at: now)
        try transaction.withdraw(.parent, of: handle, at: now)
        try transaction.add(Consent(purposes: [.parent], textVersion: text.version, moment: now), of: handle)
        if partners == false { try transaction.withdraw(.partners, of: handle, at: now) }
        try note("parent agrees", stored, at: now, transaction)
        if stored.state == .awaitingParent { try transaction.set(.pending, of: stored, at: now) }
        try showUnreviewed(try transaction.contribution(withHandle: handle), at: now, transaction, &change)
    }

    /// Where a layer is reviewed after, what a parent has agreed to shows at once.
    private func showUnreviewed(
        _ stored: StoredContribution?, at now: Int64, _ transaction: StoreTransaction, _ change: inout PublicChange
    ) throws {
        guard let stored, stored.state == .pending || stored.state == .published && stored.proposal != nil else {
            return
        }
        let layer = try transaction.layer(stored.layer)
        let content = stored.proposal ?? stored.content
        let isAccepted =
            stored.proposal == nil
            ? layer.review == .after && !Self.isFlagged(content) : isAcceptedUnseen(content, for: stored, in: layer)
        guard isAccepted else { return }
        try release(
            stored, as: content, identifier: identifier(of: stored, as: content), of: layer, from: stored.releaseAt,
            at: now, transaction, &change)
    }

    private func note(
        _ act: String, _ stored: StoredContribution, at now: Int64, _ transaction: StoreTransaction
    ) throws {
        try transaction.journal(
            JournalEntry(
                moment: now, actor: "parent", act: act, subject: JournalEntry.subject(stored.identifier),
                detail: "revision \(stored.revision)", layer: stored.layer))
    }
}
