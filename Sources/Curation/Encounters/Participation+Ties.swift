import Contributions
import SpatialDatabase

/// What was contributed from an encounter point names it as long as it is public, under the id that it has. Features
/// are encoded once, so each that names a point is encoded anew when the point comes, goes, or has another id.
extension Participation {
    /// The public face of what is public already, with what is set and tied by now.
    func showAgain(
        _ stored: StoredContribution, _ transaction: StoreTransaction, _ change: inout PublicChange
    ) throws {
        let publication = try publication(
            of: stored, as: stored.content, identifier: stored.identifier, month: stored.month, transaction)
        try transaction.show(stored, as: publication, month: stored.month, expires: stored.expiresAt)
        change.show(publication)
    }

    func showAgain(
        _ tied: [StoredContribution], _ transaction: StoreTransaction, _ change: inout PublicChange
    ) throws {
        for stored in tied { try showAgain(stored, transaction, &change) }
    }

    func publication(
        of stored: StoredContribution, as content: Contribution, identifier: PublicIdentifier, month: String?,
        _ transaction: StoreTransaction
    ) throws -> Publication {
        #if DEBUG
            let content = try layers.leak?.published(content, of: stored) ?? content
        #endif
        return try PublishedFeature.publication(
            of: content, identifier: identifier, month: month, facet: try facet(of: stored, transaction))
    }
}
