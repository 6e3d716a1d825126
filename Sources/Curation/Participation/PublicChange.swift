import Contributions
import SpatialDatabase

/// What one transaction has changed of what a layer publishes: shown to readers right after its commit.
struct PublicChange: Sendable {
    let layer: LayerIdentifier
    var shown: [Shown] = []
    var withdrawn: [PublicIdentifier] = []
    /// The next moment (seconds since 1970 UTC) at which something of it becomes due; nil for none.
    var due: Int64?

    struct Shown: Sendable {
        let publication: Publication
    }

    init(in layer: LayerIdentifier) {
        self.layer = layer
    }

    var isEmpty: Bool { shown.isEmpty && withdrawn.isEmpty && due == nil }

    mutating func becomesDue(at moment: Int64?) {
        due = [due, moment].compactMap { $0 }.min()
    }
}
