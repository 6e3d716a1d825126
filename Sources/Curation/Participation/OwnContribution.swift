package import Contributions
package import SpatialDatabase

/// A contribution as its author sees it, with a receipt in hand.
package struct OwnContribution: Sendable {
    package let stored: StoredContribution
    package let decisions: [DecisionNotice]
    package let consents: [ConsentProof]
    private let facet: PublicFacet

    init(_ stored: StoredContribution, _ facet: PublicFacet, _ transaction: StoreTransaction) throws {
        self.stored = stored
        self.facet = facet
        decisions = try transaction.decisions(about: stored)
        consents = try stored.handle.map(transaction.consents) ?? []
    }

    package var identifier: PublicIdentifier { stored.identifier }
    package var layer: LayerIdentifier { stored.layer }
    package var state: ContributionState { stored.state }
    /// What the author has given last, reviewed or not.
    package var latest: Contribution { stored.proposal ?? stored.content }
    package var isChangeWaiting: Bool { stored.proposal != nil }
    package var revision: Int { stored.revision }

    /// What is public of it, or would be if it were.
    package func shown() throws -> [UInt8] {
        try PublishedFeature.publication(of: stored.content, identifier: identifier, month: stored.month, facet: facet)
            .feature
    }

    /// The latest version as GeoJSON, in the form in which it would be published.
    package func feature() throws -> [UInt8] {
        try PublishedFeature.publication(of: latest, identifier: identifier, month: stored.month, facet: facet).feature
    }
}

/// What a receipt has opened.
package struct OpenedContribution: Sendable {
    package let identifier: PublicIdentifier
    package let layer: LayerIdentifier
    package let handle: PublicIdentifier
}

/// What somebody has in hand who says that a contribution is theirs.
package enum Possession: Equatable, Sendable {
    /// The token of a receipt.
    case receipt(Secret)
    /// A visit that began with the paper code, by the handle of what the code opened.
    case visit(PublicIdentifier)
}
