import Crypto
import Foundation

/// To whom backups are sealed: X25519, of HPKE (RFC 9180).
package struct BackupPublicKey: Equatable, Sendable {
    static let prefix = "lieudit-backup-1:"

    /// As it stands in a configuration.
    package let text: String
    let raw: Data

    /// - Throws: `BackupError.notAPublicKey`.
    package init(_ text: String) throws(BackupError) {
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard text.hasPrefix(Self.prefix), let raw = Data(base64Encoded: String(text.dropFirst(Self.prefix.count))),
            (try? Curve25519.KeyAgreement.PublicKey(rawRepresentation: raw)) != nil
        else { throw .notAPublicKey }
        self.text = text
        self.raw = raw
    }

    var key: Curve25519.KeyAgreement.PublicKey {
        get throws { try Curve25519.KeyAgreement.PublicKey(rawRepresentation: raw) }
    }
}

/// What opens sealed backups; it never has to be on the machine that makes them.
package struct BackupPrivateKey: Sendable {
    private static let prefix = "lieudit-backup-private-1:"

    let key: Curve25519.KeyAgreement.PrivateKey

    package init() { key = Curve25519.KeyAgreement.PrivateKey() }

    /// - Throws: `BackupError.notAKey`, `BackupError.cannotRead`.
    package init(file path: String) throws(BackupError) {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw .cannotRead(path: path, reason: "there is no such file, or this user may not read it")
        }
        let text = String(decoding: data.prefix(1_000), as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        guard text.hasPrefix(Self.prefix), let raw = Data(base64Encoded: String(text.dropFirst(Self.prefix.count))),
            let key = try? Curve25519.KeyAgreement.PrivateKey(rawRepresentation: raw)
        else { throw .notAKey(path: path) }
        self.key = key
    }

    package var publicText: String {
        BackupPublicKey.prefix + key.publicKey.rawRepresentation.base64EncodedString()
    }

    /// Writes it where nothing is yet, for its owner only.
    /// - Throws: `BackupError.exists`, `BackupError.cannotWrite`.
    package func write(to path: String) throws(BackupError) {
        let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw errno == EEXIST
                ? .exists(path: path) : .cannotWrite(path: path, reason: String(cString: strerror(errno)))
        }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            let text = Self.prefix + key.rawRepresentation.base64EncodedString() + "\n"
            try file.write(contentsOf: Data(text.utf8))
            try file.synchronize()
        } catch {
            throw .cannotWrite(path: path, reason: "\(error)")
        }
    }
}
