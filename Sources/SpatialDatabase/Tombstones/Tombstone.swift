package import Contributions
import Foundation

/// Something that must never come back, by the hash of its id, as it stands outside the store.
package struct Tombstone: Equatable, Sendable {
    package enum Kind: String, Sendable {
        /// A contribution was withdrawn, has expired or was erased.
        case erased
        /// A contribution goes by another id since it has moved; the place under the old one is left.
        case moved
        /// A layer was deleted with all in it.
        case layer
    }

    package let kind: Kind
    package let digest: Digest

    package init(_ kind: Kind, _ digest: Digest) {
        self.kind = kind
        self.digest = digest
    }

    package init(_ kind: Kind, of identifier: PublicIdentifier) {
        self.init(kind, Digest(of: identifier.bytes))
    }

    package init(of layer: LayerIdentifier) {
        self.init(.layer, Digest(of: "layer " + layer.text))
    }
}

/// How far a file of tombstones had come: how many it had, and the check of the last one, which binds it to all
/// before it.
package struct TombstonePosition: Codable, Equatable, Sendable {
    package let count: Int
    package let check: String

    package init(count: Int, check: String) {
        self.count = count
        self.check = check
    }
}
