package import Contributions

/// Why a contribution, a change or a decision is refused, beside what is wrong with what was sent.
package enum CurationError: Error, Equatable, Sendable {
    /// Seconds since 1970 UTC, and the day where the instance stands.
    case notOpenYet(opens: Int64, day: String)
    case closed(since: Int64)
    case invitationNeeded
    case curatorsOnly
    /// The same key was sent with another body.
    case keyReused
    /// Nothing has that id there, or who asks may not know that something has.
    case unknownContribution
    /// The author has changed it since it was looked at.
    case changedSince(revision: Int)
    case reasonsNeeded
    /// What was asked cannot be done from that state.
    case notPossible(ContributionState)
    /// Hidden by a curator: its author cannot bring it back.
    case hiddenByCurator
    case alreadyCoarser(Precision)
    /// No token or invitation has that id, or it opens nothing any more.
    case notAnAccess
    /// No open embed of the layer has that key.
    case unknownEmbed
    case embedTakesNone
}

extension CurationError: CustomStringConvertible {
    package var description: String { sentence(in: .english) }
}

extension CurationError {
    /// What is wrong and what to do, for the person who has asked.
    package func sentence(in language: Language) -> String {
        switch language {
        case .french: french
        case .english: english
        }
    }

    private var french: String {
        switch self {
        case .notOpenYet: "Cette collecte n’est pas encore ouverte. Revenez à la date indiquée."
        case .closed: "Cette collecte est terminée. Elle se lit toujours."
        case .invitationNeeded: "Il faut un code d’invitation valable pour contribuer ici."
        case .curatorsOnly: "Ici, seule l’équipe contribue."
        case .keyReused: "Cet envoi porte la clé d’un autre envoi. Recommencez avec une nouvelle clé."
        case .unknownContribution: "Il n’y a rien à cette adresse."
        case .changedSince: "La personne a modifié sa contribution depuis. Relisez-la, puis décidez."
        case .reasonsNeeded: "Donnez les raisons : la personne les lira."
        case .notPossible: "Cela ne se peut pas dans l’état où est la contribution."
        case .hiddenByCurator: "L’équipe l’a masquée. Vous ne pouvez pas la remontrer vous-même."
        case .alreadyCoarser: "Elle se montre déjà d’aussi loin."
        case .notAnAccess: "Il n’y a pas d’accès de ce nom, ou il n’ouvre plus rien."
        case .unknownEmbed: "Il n’y a pas de carte intégrée de ce nom ici, ou elle est fermée."
        case .embedTakesNone: "On ne contribue pas depuis cette carte intégrée."
        }
    }

    private var english: String {
        switch self {
        case .notOpenYet: "this layer is not open yet; come back on the day that is given"
        case .closed: "this layer takes no contributions any more; it can be read as ever"
        case .invitationNeeded: "a valid invitation code is needed to contribute here"
        case .curatorsOnly: "only curators contribute here"
        case .keyReused: "the same Idempotency-Key came with another body; use a new key"
        case .unknownContribution: "there is nothing at this address"
        case .changedSince(let revision): "the author has changed it since: it is at revision \(revision) now"
        case .reasonsNeeded: "reasons are needed to restrict; the author will read them"
        case .notPossible(let state): "this cannot be done to what is \(state.rawValue)"
        case .hiddenByCurator: "a curator has hidden it; its author cannot show it again"
        case .alreadyCoarser(let precision): "it shows as \(precision.rawValue) already, which is as coarse"
        case .notAnAccess: "there is no token or invitation with that id, or it opens nothing any more"
        case .unknownEmbed: "no embed of this layer has this key, or it is closed"
        case .embedTakesNone: "nothing is contributed from inside this embed"
        }
    }
}
