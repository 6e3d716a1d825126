/// A decision as its author reads it.
package struct DecisionNotice: Equatable, Sendable {
    package let decision: String
    package let reasons: String
    package let revision: Int
    package let ground: Ground

    package init(decision: String, reasons: String, revision: Int, ground: Ground = .rules) {
        self.decision = decision
        self.reasons = reasons
        self.revision = revision
        self.ground = ground
    }

    /// What a restriction rests on (Digital Services Act, article 17).
    package enum Ground: String, CaseIterable, Sendable {
        /// The rules of the layer.
        case rules
        case law
    }

    package var isRestriction: Bool { decision != "publish" }
}
