import Contributions
import SpatialDatabase

/// What nobody has decided about in a layer, page by page, each as the queue would show it.
struct UndecidedPages: Sendable {
    let store: SpatialStore
    let layer: LayerIdentifier
    let localTime: LocalTime

    static let size = 500

    /// - Parameter after: the last of the page before.
    func page(after: PublicIdentifier?) throws -> [WaitingContribution] {
        try store.read { transaction in
            try transaction.undecided(in: layer, after: after, limit: Self.size).map { stored in
                WaitingContribution(
                    stored: stored, facet: try PublicFacet(of: stored, transaction, in: localTime), decisions: [],
                    openReports: 0)
            }
        }
    }

    func forEach(_ body: (WaitingContribution) throws -> Void) throws {
        var after: PublicIdentifier?
        repeat {
            let page = try page(after: after)
            try page.forEach(body)
            after = page.count < Self.size ? nil : page.last?.identifier
        } while after != nil
    }
}
