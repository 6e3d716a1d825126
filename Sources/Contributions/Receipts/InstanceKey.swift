import Crypto
import Foundation

/// The random key of one instance, made with its store.
package struct InstanceKey: Sendable {
    private let key: SymmetricKey

    package init(bytes: [UInt8]) {
        key = SymmetricKey(data: bytes)
    }

    /// A keyed hash (HMAC-SHA-256) of a text, for one purpose.
    package func code(_ text: String) -> Digest { keyed("code", Array(text.utf8)) }

    /// The same for a code on the wall of an encounter point: no receipt's code is one.
    package func encounterCode(_ text: String) -> Digest { keyed("encounter", Array(text.utf8)) }

    /// The same for a name that something bears outside of here.
    package func outsideName(_ text: String) -> Digest { keyed("outside", Array(text.utf8)) }

    package func body(_ bytes: [UInt8]) -> Digest { keyed("body", bytes) }

    func keyed(_ purpose: String, _ bytes: [UInt8]) -> Digest {
        let code = HMAC<SHA256>.authenticationCode(for: Data(purpose.utf8) + [0] + Data(bytes), using: key)
        return Digest(bytes: Array(code)) ?? Digest(of: "")
    }
}
