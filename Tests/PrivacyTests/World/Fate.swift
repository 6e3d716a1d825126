/// What becomes of a contribution in a world.
enum Fate: CaseIterable {
    // Public at the end.
    case published
    /// Hidden by a curator and published again.
    case cycled
    /// Hidden by its author and shown again.
    case shownAgain
    /// Public, and its author has changed it since, which nobody has reviewed.
    case changeWaits
    /// Made coarser by a curator.
    case coarsened
    /// Its pin was moved far away, and that was published under a new id.
    case moved

    // Not public at the end.
    case pending
    case rejected
    case rejectedLater
    case hiddenByCurator
    case hiddenByAuthor
    case withdrawn
    case embargoed
    /// Taken back under an embargo after it had been public.
    case embargoedLater
    /// To be released with the others of its day.
    case awaitingItsDay
    case expired
    /// Given by somebody under 15, and no parent has answered.
    case awaitingParent
    /// Held by a curator's question.
    case asked
    /// Its author has answered, which nobody has read yet.
    case answered
    case erased
    /// It holds a telephone number and waits, though nobody looks first in its layer.
    case flagged

    var isPublic: Bool {
        switch self {
        case .published, .cycled, .shownAgain, .changeWaits, .coarsened, .moved: true
        case .pending, .rejected, .rejectedLater, .hiddenByCurator, .hiddenByAuthor, .withdrawn, .embargoed,
            .embargoedLater, .awaitingItsDay, .expired, .awaitingParent, .asked, .answered, .erased, .flagged:
            false
        }
    }

    /// Whether it is given at the very end: it would not last till then.
    var isLate: Bool { self == .awaitingItsDay || self == .awaitingParent }

    /// The layer whose rules lead there; nil for any.
    var layer: String? {
        switch self {
        case .pending, .rejected, .changeWaits, .embargoed: "memoires"
        case .awaitingItsDay, .expired: "fabrique"
        case .flagged: "quartier"
        default: nil
        }
    }
}
