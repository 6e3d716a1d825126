import Crypto
import Foundation

/// Thirty-two bytes that stand for what they were made of, and from which it cannot be had back.
package struct Digest: Hashable, Sendable {
    package let bytes: [UInt8]

    package init(of text: String) {
        bytes = Array(SHA256.hash(data: Data(text.utf8)))
    }

    package init(of data: [UInt8]) {
        bytes = Array(SHA256.hash(data: Data(data)))
    }

    /// Nil unless there are exactly 32 bytes.
    package init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 32 else { return nil }
        self.bytes = Array(bytes)
    }
}
