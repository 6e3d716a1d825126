/// What a contribution is.
package enum Kind: String, CaseIterable, Sendable {
    /// Somewhere worth noting; any geometry when a curator draws it.
    case place
    /// A story tied to somewhere, with a time of its own.
    case memory
    /// A physical spot with a digital presence.
    case encounter

    /// A small number for the index and the store; fixed for ever.
    package var number: UInt8 {
        switch self {
        case .place: 0
        case .memory: 1
        case .encounter: 2
        }
    }

    package init?(number: UInt8) {
        guard let kind = Kind.allCases.first(where: { $0.number == number }) else { return nil }
        self = kind
    }
}
