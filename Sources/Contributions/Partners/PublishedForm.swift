import Crypto
import Foundation

/// Names the exact bytes as which a feature is published: what is changed by a letter has another form.
///
/// Half of a SHA-256, written like a public id.
package struct PublishedForm: Hashable, Sendable {
    private let name: PublicIdentifier

    package init(of feature: [UInt8]) {
        self = feature.withUnsafeBytes { PublishedForm(of: $0) }
    }

    /// - Parameter feature: the feature's GeoJSON; read during the call only.
    package init(of feature: UnsafeRawBufferPointer) {
        var hash = SHA256()
        hash.update(bufferPointer: feature)
        name = PublicIdentifier(bits: hash.finalize().prefix(16).reduce(0) { $0 << 8 | UInt128($1) })
    }

    /// Nil unless it is 26 characters as ours.
    package init?(_ text: some StringProtocol) {
        guard let name = PublicIdentifier(text) else { return nil }
        self.name = name
    }

    /// Nil unless there are exactly 16 bytes.
    package init?(bytes: some Collection<UInt8>) {
        guard let name = PublicIdentifier(bytes: bytes) else { return nil }
        self.name = name
    }

    package var text: String { name.description }
    package var bytes: [UInt8] { name.bytes }
}
