/// What a curator decides about a contribution.
package enum Decision: Equatable, Sendable {
    /// - from: seconds since 1970 UTC before which it does not show (an embargo); nil for no wait.
    case publish(from: Int64?)
    case reject
    case hide
    case coarsen(Precision)
    /// Held until its author has answered.
    case ask(question: String)
    /// Words are overwritten wherever they are kept.
    case mask(Masking)
    /// Refused, and its bytes gone.
    case erase

    package var name: String {
        switch self {
        case .publish: "publish"
        case .reject: "reject"
        case .hide: "hide"
        case .coarsen: "coarsen"
        case .ask: "ask"
        case .mask: "mask"
        case .erase: "erase"
        }
    }

    /// The names that a curator may send.
    package static let names = ["publish", "reject", "hide", "coarsen", "ask", "mask", "erase"]

    /// Whether it takes something from the author, who then must be told why.
    package var isRestriction: Bool {
        if case .publish = self { false } else { true }
    }
}

/// What a curator has asked about a contribution, and what its author says to that or to a decision. Never public.
package struct Inquiry: Equatable, Sendable {
    package let question: String?
    package let answer: String?

    package init(question: String?, answer: String?) {
        self.question = question
        self.answer = answer
    }
}
