/// Somebody who comes to the door, by what they have in hand.
enum Visitor: String, CaseIterable {
    case nobody
    /// Holds the receipt of what is asked for.
    case author
    /// Holds the receipt of something else in the same layer.
    case anotherAuthor
    case curatorHere, curatorElsewhere, curatorEverywhere
    case partner
    case `operator`
    /// Was a curator of this layer until their token was revoked.
    case formerCurator
    /// Holds something that has the form of a token and opens nothing.
    case stranger
}

/// How what is asked for stands.
enum Standing: String, CaseIterable {
    case pending, published, rejected, hidden
    /// It was public, and its author has withdrawn it.
    case withdrawn
    /// Nobody has ever given it.
    case never
}
