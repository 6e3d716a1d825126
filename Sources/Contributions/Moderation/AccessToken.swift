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
    /// Whose embeds the token of a partner opens; nil for every other role.
    package let partner: PublicIdentifier?
    package let isRevoked: Bool
    /// Seconds since 1970 UTC from which it opens nothing any more; nil for never.
    package let expires: Int64?
    /// By which those who look after the layers know it; opens nothing, and may be empty.
    package let label: String

    /// Characters of a label.
    package static let longestLabel = 80

    package init(
        identifier: PublicIdentifier, role: Role, layer: LayerIdentifier?, partner: PublicIdentifier? = nil,
        isRevoked: Bool, expires: Int64? = nil, label: String = ""
    ) {
        self.identifier = identifier
        self.role = role
        self.layer = layer
        self.partner = partner
        self.isRevoked = isRevoked
        self.expires = expires
        self.label = label
    }

    /// Whether it still opens something.
    /// - Parameter now: seconds since 1970 UTC.
    package func isGood(at now: Int64) -> Bool { !isRevoked && expires.map { now < $0 } ?? true }

    package func mayReview(_ layer: LayerIdentifier) -> Bool {
        switch role {
        case .`operator`: true
        case .curator: self.layer == nil || self.layer == layer
        case .partner: false
        }
    }

    /// Whether it makes, lists and revokes the tokens of such a role and reach: none that opens more than it does itself.
    /// - Parameter layer: nil for every layer.
    package func mayInvite(_ role: Role, to layer: LayerIdentifier?) -> Bool {
        switch self.role {
        case .`operator`: true
        case .curator: role == .curator && (self.layer == nil || self.layer == layer)
        case .partner: false
        }
    }

    /// Whether it makes, changes and closes the embeds of a layer.
    package func mayArrange(embedsOf layer: LayerIdentifier) -> Bool { mayReview(layer) }

    /// Whether it answers for a partner: says what its embeds show.
    package func mayAnswer(for partner: PublicIdentifier) -> Bool {
        switch role {
        case .`operator`: true
        case .partner: self.partner == partner
        case .curator: false
        }
    }

    /// Whether it sees an embed with all that waits for it.
    package func mayRead(_ embed: Embed) -> Bool { mayArrange(embedsOf: embed.layer) || mayAnswer(for: embed.partner) }
}
