package import Contributions
import SpatialDatabase

extension Participation {
    /// What waits for a curator, in the order of ids, which are random: contributions, changes of them, and what their
    /// authors contest.
    /// - Parameter after: the last of the page before.
    package func queue(
        of layer: LayerIdentifier, after: PublicIdentifier?, limit: Int
    ) throws -> [WaitingContribution] {
        try layers.store.read { transaction in
            try transaction.waiting(in: layer, after: after, limit: limit).map { stored in
                // Only of what somebody has spoken about: all others cost no question of their own.
                let decisions = stored.inquiry == nil ? [] : try transaction.decisions(about: stored)
                return WaitingContribution(
                    stored: stored, facet: try facet(of: stored, transaction), decisions: decisions)
            }
        }
    }

    /// Whether a layer takes nothing for now.
    package func pause(of layer: LayerIdentifier) throws -> Pause {
        try layers.store.read { try $0.pause(of: layer) }
    }

    /// Stops contributions to a layer, or takes them again. What was given before can be changed and withdrawn as ever.
    /// - Throws: `CurationError.unknownContribution` for who may not review there.
    package func set(_ pause: Pause, of layer: LayerIdentifier, by token: AccessToken, at now: Int64) async throws {
        guard token.mayReview(layer) else { throw CurationError.unknownContribution }
        try await write(
            { transaction, _ in
                guard try transaction.isValid(token) else { throw CurationError.unknownContribution }
                let before = try transaction.pause(of: layer)
                try transaction.set(pause, of: layer)
                guard before.isPaused != pause.isPaused else { return }
                try transaction.journal(
                    JournalEntry(
                        moment: now, actor: token.identifier.description, act: pause.isPaused ? "pause" : "resume",
                        subject: layer.text, layer: layer))
            }, in: layer)
    }
}

/// A contribution in the queue, as a curator sees it.
package struct WaitingContribution: Sendable {
    private let stored: StoredContribution
    private let facet: PublicFacet
    /// What was decided before, where it was asked about or is contested.
    package let decisions: [DecisionNotice]

    init(stored: StoredContribution, facet: PublicFacet, decisions: [DecisionNotice]) {
        self.stored = stored
        self.facet = facet
        self.decisions = decisions
    }

    package var identifier: PublicIdentifier { stored.identifier }
    package var state: ContributionState { stored.state }
    package var revision: Int { stored.revision }
    package var inquiry: Inquiry? { stored.inquiry }
    package var isChangeWaiting: Bool { stored.proposal != nil }
    private var latest: Contribution { stored.proposal ?? stored.content }

    package var flags: [FlaggedText] { FlaggedText.all(in: latest) }

    /// What is to be decided about, as GeoJSON, in the form in which it would be published.
    package func feature() throws -> [UInt8] { try encoded(latest) }

    /// What stands beside a change of it; nil when nothing was changed.
    package func before() throws -> [UInt8]? {
        try stored.proposal == nil ? nil : encoded(stored.content)
    }

    private func encoded(_ content: Contribution) throws -> [UInt8] {
        try PublishedFeature.publication(of: content, identifier: identifier, month: stored.month, facet: facet).feature
    }
}
