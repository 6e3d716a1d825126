import Contributions
import SpatialDatabase

/// What one transaction has changed of what a layer publishes: shown to readers right after its commit.
struct PublicChange: Sendable {
    let layer: LayerIdentifier
    private(set) var shown: [Publication] = []
    private(set) var withdrawn: [PublicIdentifier] = []
    /// The next moment (seconds since 1970 UTC) at which something of it becomes due; nil for none.
    var due: Int64?

    init(in layer: LayerIdentifier) {
        self.layer = layer
    }

    var isEmpty: Bool { shown.isEmpty && withdrawn.isEmpty && due == nil }

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

    mutating func becomesDue(at moment: Int64?) {
        due = [due, moment].compactMap { $0 }.min()
    }
}
