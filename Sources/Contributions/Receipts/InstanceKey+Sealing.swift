import Crypto
import Foundation

extension InstanceKey {
    /// Bytes that only this instance reads again, and nobody has made up or altered.
    ///
    /// The same bytes are sealed alike each time: the nonce is a keyed hash of what is sealed, as in the synthetic
    /// initialization vectors of RFC 5297. So one learns that two are the same, and nothing else.
    /// - Parameter context: what they belong to; under another they cannot be opened.
    package func sealed(_ bytes: [UInt8], for context: String) -> [UInt8] {
        let nonce = keyed("nonce", Array(context.utf8) + [0] + bytes).bytes.prefix(Self.nonceLength)
        let box = try? AES.GCM.seal(
            bytes, using: sealing, nonce: AES.GCM.Nonce(data: nonce), authenticating: Array(context.utf8))
        return box?.combined.map(Array.init) ?? []
    }

    /// What was sealed for `context`; nil for anything else.
    package func opened(_ sealed: [UInt8], for context: String) -> [UInt8]? {
        guard let box = try? AES.GCM.SealedBox(combined: sealed) else { return nil }
        return (try? AES.GCM.open(box, using: sealing, authenticating: Array(context.utf8))).map(Array.init)
    }

    private var sealing: SymmetricKey { SymmetricKey(data: keyed("seal", []).bytes) }

    private static let nonceLength = 12
}
