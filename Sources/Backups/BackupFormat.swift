import Crypto
import Foundation
package import SpatialDatabase

/// How a backup lies on a disk. Version 1, all numbers big-endian:
///
/// | bytes | |
/// |---|---|
/// | 7 | `LIEUDIT` |
/// | 1 | the version of this format |
/// | 1 | `p` plain, or `s` sealed to a public key |
/// | 2 | the length n of what follows: 0 when plain, 32 when sealed |
/// | n | the encapsulated key of HPKE (RFC 9180, base mode, X25519-HKDF-SHA256, ChaCha20-Poly1305), whose `info` is all bytes above and `lieudit backup` |
/// | then pieces, each: | |
/// | 1 | 0, or 1 for the last piece |
/// | 4 | the length of what follows, up to 256 KiB and its check |
/// | … | sealed: the ciphertext of HPKE, in sequence, authenticating the byte before the length; plain: the bytes, and the SHA-256 of the hash before (at first: of the header), that byte and these bytes |
///
/// The first piece is the manifest in JSON, the others are the store's file. Since HPKE counts its messages, pieces
/// that are exchanged, repeated or left out do not open, and what ends without a last piece is cut short.
enum BackupFormat {
    static let magic = Array("LIEUDIT".utf8)
    static let version: UInt8 = 1
    static let pieceLength = 1 << 18
    static let longestPiece = pieceLength + 32
    static let suite = HPKE.Ciphersuite.Curve25519_SHA256_ChachaPoly
    static let encapsulatedLength = 32

    static func preamble(isSealed: Bool) -> [UInt8] {
        magic + [version, UInt8(ascii: isSealed ? "s" : "p"), 0, isSealed ? UInt8(encapsulatedLength) : 0]
    }

    static func info(_ preamble: [UInt8]) -> Data { Data(preamble + Array("lieudit backup".utf8)) }
}

/// What a backup says of itself, before the store's bytes.
package struct BackupManifest: Codable, Equatable, Sendable {
    /// Seconds since 1970 UTC at which the copy was begun.
    package let created: Int64
    /// Bytes of the store.
    package let length: Int
    /// Of the store, in hexadecimal.
    package let sha256: String
    package let counts: StoreCounts
    /// How far the file of tombstones had come; nil when there was none.
    package let tombstones: TombstonePosition?

    package var day: String { Date(timeIntervalSince1970: TimeInterval(created)).formatted(.iso8601) }
}
