import Contributions
import SpatialDatabase

/// What one transaction has changed of what a layer publishes: shown to readers right after its commit.
struct PublicChange: Sendable {
    let layer: LayerIdentifier
    private(set) var shown: [Publication] = []
    private(set) var withdrawn: [PublicIdentifier] = []
    /// The next moment (seconds since 1970 UTC) at which something of it becomes due; nil for none.
    var due: Int64?
    /// What has another answer of its author or of a partner, though it shows as before.
    private(set) var answered: [PublicIdentifier] = []
    /// What decides on which embeds all this shows; nil where there is none.
    private(set) var answers: PartnerAnswers?

    init(in layer: LayerIdentifier) {
        self.layer = layer
    }

    var isEmpty: Bool { shown.isEmpty && withdrawn.isEmpty && answered.isEmpty && due == nil }

    /// Whether it changes what the layer itself shows.
    var touchesLayer: Bool { !shown.isEmpty || !withdrawn.isEmpty }

    /// What was said of the same id before in this transaction holds no more.
    mutating func show(_ publication: Publication) {
        forget(publication.identifier)
        shown.append(publication)
    }

    mutating func withdraw(_ identifier: PublicIdentifier) {
        forget(identifier)
        withdrawn.append(identifier)
    }

    private mutating func forget(_ identifier: PublicIdentifier) {
        shown.removeAll { $0.identifier == identifier }
        withdrawn.removeAll { $0 == identifier }
    }

    mutating func noteAnswers(about identifiers: [PublicIdentifier]) { answered += identifiers }

    /// Looks up what decides on which embeds this shows, at the end of the transaction.
    mutating func readAnswers(_ transaction: StoreTransaction) throws {
        let touched = shown.map(\.identifier) + answered
        guard !touched.isEmpty, try transaction.hasOpenEmbeds(in: layer) else { return }
        answers = try transaction.partnerAnswers(in: layer, about: touched)
    }

    mutating func becomesDue(at moment: Int64?) {
        due = [due, moment].compactMap { $0 }.min()
    }
}
