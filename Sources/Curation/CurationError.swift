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
    /// Somebody has decided about that report before.
    case alreadyDecided
    case parentsOnPaperNotAllowed
    /// A code on a wall that opens nothing: it never was, was replaced or retired, or its point is not public.
    case unknownEncounter
    /// Outside its windows; nil when no other is in sight.
    case encounterAsleep(NextOpening?)
    /// Moved, stolen or retired.
    case encounterOver
    case notAnEncounter
    /// A curator has stopped contributions for now.
    case paused
    /// Nothing there to decide upon: withdrawn, erased, never there, or in a layer of others.
    case nothingToDecide
    /// It does not stand any more as it did when it was looked at.
    case decidedSince(ContributionState)
    case revisionNeeded
    /// Nobody has asked anything, and nothing was restricted.
    case nothingToAnswer
    /// What the receipt opened was erased by a curator, who says why.
    case erased(DecisionNotice)
    /// One of several decisions, by its place, for which none was carried out.
    indirect case decision(at: Int, CurationError)
    /// No open embed of the layer has that key.
    case unknownEmbed
    case embedTakesNone
    /// The layer is a copy: what changes it is its source.
    case mirrored
    /// A layer that is no copy, or one of another source.
    case notAMirror
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
        case .alreadyDecided: "Quelqu’un a déjà décidé de ce signalement."
        case .parentsOnPaperNotAllowed: "Ici, l’accord des parents ne se garde pas sur papier."
        case .unknownEncounter: "Ce code n’ouvre rien. Relisez-le sur le mur, lettre par lettre."
        case .encounterAsleep(let next):
            "Ce point de rencontre dort." + (next.map { " \($0.sentence(in: .french))." } ?? "")
        case .encounterOver: "Ce point de rencontre n’est plus là. On n’y contribue plus."
        case .notAnEncounter: "Ce n’est pas un point de rencontre."
        case .paused: "La collecte est en pause. Elle se lit toujours. Revenez plus tard."
        case .nothingToDecide: "Il n’y a plus rien à décider : la contribution a été retirée, ou n’a jamais été là."
        case .decidedSince: "Quelqu’un de l’équipe a décidé entre-temps. Relisez-la, puis décidez."
        case .revisionNeeded: "Dites quelle version vous avez lue (revision) : les mots se comptent dans elle."
        case .nothingToAnswer: "Personne ne vous a posé de question, et rien n’a été restreint."
        case .erased: "L’équipe a effacé cette contribution. Voici pourquoi, et comment contester."
        case .decision(_, let error): error.french
        case .unknownEmbed: "Il n’y a pas de carte intégrée de ce nom ici, ou elle est fermée."
        case .embedTakesNone: "On ne contribue pas depuis cette carte intégrée."
        case .mirrored: "Ce calque est une copie. On contribue là d’où elle vient."
        case .notAMirror: "Ce calque n’est pas une copie de cette source."
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
        case .alreadyDecided: "somebody has decided about this report already"
        case .parentsOnPaperNotAllowed:
            "this instance does not take a group leader's word for parents' agreements; "
                + "the operator allows it with LIEUDIT_PARENTS_ON_PAPER=1"
        case .notAnAccess: "there is no token, invitation or code with that id, or it opens nothing any more"
        case .unknownEncounter: "this code opens nothing; read it on the wall again, letter by letter"
        case .encounterAsleep(let next):
            "this encounter point is asleep" + (next.map { ": \($0.sentence(in: .english))" } ?? "")
        case .encounterOver: "this encounter point is not there any more; nothing is contributed from it"
        case .notAnEncounter: "this is no encounter point"
        case .paused: "contributions to this layer are paused; it can be read as ever; come back later"
        case .nothingToDecide: "there is nothing to decide here any more: it was withdrawn, or never was there"
        case .decidedSince(let state): "another curator has decided since: it is \(state.rawValue) now"
        case .revisionNeeded: "say which revision you have read; the marks are counted in it"
        case .nothingToAnswer: "nobody has asked you anything, and nothing was restricted"
        case .erased: "a curator has erased this contribution; here is why, and how to contest it"
        case .decision(_, let error): error.english
        case .unknownEmbed: "no embed of this layer has this key, or it is closed"
        case .embedTakesNone: "nothing is contributed from inside this embed"
        case .mirrored: "this layer is a copy; contribute where it comes from"
        case .notAMirror: "there is a layer of this name that is no copy of this source; choose another name"
        }
    }
}
