/// What somebody who holds a token may do.
package enum Role: String, CaseIterable, Sendable {
    /// Reviews one layer, or all when the token names none.
    case curator
    /// Shows maps on a site of their own.
    case partner
    /// Runs the instance: all that a curator may, in every layer.
    case `operator`
}

/// A token as it is listed; the secret itself is known to nobody but who holds it.
package struct AccessToken: Equatable, Sendable {
    /// Names the token in lists and in the journal; opens nothing.
    package let identifier: PublicIdentifier
    package let role: Role
    /// Nil for every layer.
    package let layer: LayerIdentifier?
    package let isRevoked: Bool

    package init(identifier: PublicIdentifier, role: Role, layer: LayerIdentifier?, isRevoked: Bool) {
        self.identifier = identifier
        self.role = role
        self.layer = layer
        self.isRevoked = isRevoked
    }

    package func mayReview(_ layer: LayerIdentifier) -> Bool {
        switch role {
        case .`operator`: true
        case .curator: self.layer == nil || self.layer == layer
        case .partner: false
        }
    }
}
