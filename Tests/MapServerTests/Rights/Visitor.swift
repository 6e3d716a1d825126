/// Somebody who comes to the door, by what they have in hand.
enum Visitor: String, CaseIterable {
    case nobody
    /// Holds the receipt of what is asked for.
    case author
    /// Holds the receipt of something else in the same layer.
    case anotherAuthor
    /// Holds the receipt of a report about it.
    case reporter
    case curatorHere, curatorElsewhere, curatorEverywhere
    /// Of the embed that is asked for, and of another.
    case partner, anotherPartner
    case `operator`
    /// Was a curator of this layer until their token was revoked.
    case formerCurator
    /// The same at the desk, by a session that stands for their token.
    case curatorHereAtDesk, curatorElsewhereAtDesk, curatorEverywhereAtDesk, partnerAtDesk, operatorAtDesk
    /// Still has the cookie of a session whose token was revoked.
    case formerCuratorAtDesk
    /// Holds something that has the form of a token and opens nothing.
    case stranger

    /// Whose token their session stands for; nil for who has no session.
    var behindSession: Visitor? {
        switch self {
        case .curatorHereAtDesk: .curatorHere
        case .curatorElsewhereAtDesk: .curatorElsewhere
        case .curatorEverywhereAtDesk: .curatorEverywhere
        case .partnerAtDesk: .partner
        case .operatorAtDesk: .operator
        case .formerCuratorAtDesk: .formerCurator
        default: nil
        }
    }
}

/// How what is asked for stands.
enum Standing: String, CaseIterable {
    case pending, published, rejected, hidden, asked, awaitingParent
    /// It was public, and its author has withdrawn it.
    case withdrawn
    /// Nobody has ever given it.
    case never
}
