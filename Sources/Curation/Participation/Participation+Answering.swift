import Contributions
import SpatialDatabase

/// What authors say to a curator: to a question, or to a decision that they contest.
extension Participation {
    /// Keeps what the author says and has it wait for a curator. What was asked about is pending again, and what was
    /// rejected too; what is hidden stays so, and what shows goes on to show, until somebody has decided.
    /// - Throws: `CurationError.nothingToAnswer` where nobody has asked anything and nothing was restricted.
    func take(_ answer: String, to stored: StoredContribution, at now: Int64, _ transaction: StoreTransaction) throws {
        let isContested = try transaction.decisions(about: stored).last?.isRestriction ?? false
        guard stored.inquiry != nil || isContested else { throw CurationError.nothingToAnswer }
        if [.asked, .rejected].contains(stored.state) { try transaction.set(.pending, of: stored, at: now) }
        try transaction.answer(answer, about: stored)
    }

    /// Whether a change shows in a layer that is reviewed after, without anybody having looked at it: not while a
    /// question or an answer is open, and not when it brings an address or the like that was not there.
    func isAcceptedUnseen(_ content: Contribution, for stored: StoredContribution, in layer: Layer) -> Bool {
        layer.review == .after && stored.inquiry == nil && !Self.bringsFlag(content, beside: stored.content)
    }

    /// The author wants what stands after all; a question about the change is moot.
    func takeBackChange(of stored: StoredContribution, _ transaction: StoreTransaction) throws {
        try transaction.dropProposal(of: stored)
        if stored.inquiry?.answer == nil { try transaction.closeInquiry(about: stored) }
    }

    static func isFlagged(_ content: Contribution) -> Bool {
        TextField.allCases.contains { !TextFlags.find(in: $0.text(of: content)).isEmpty }
    }

    /// Whether there is something to look at in `content` that is not in `before`.
    static func bringsFlag(_ content: Contribution, beside before: Contribution) -> Bool {
        let known = Set(FlaggedText.all(in: before).map(\.words))
        return FlaggedText.all(in: content).contains { !known.contains($0.words) }
    }
}
