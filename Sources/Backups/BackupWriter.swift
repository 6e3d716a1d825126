import Crypto
import Foundation

/// Writes one backup, piece by piece.
struct BackupWriter {
    private enum Seal {
        case plain(previous: [UInt8])
        case sealed(HPKE.Sender)
    }

    private let file: FileHandle
    private let path: String
    private var seal: Seal

    /// - Throws: `BackupError.cannotWrite`, `BackupError.exists`.
    init(path: String, recipient: BackupPublicKey?) throws {
        let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw BackupError.cannotWrite(path: path, reason: String(cString: strerror(errno)))
        }
        file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        self.path = path
        let preamble = BackupFormat.preamble(isSealed: recipient != nil)
        var header = preamble
        if let recipient {
            let sender = try HPKE.Sender(
                recipientKey: try recipient.key, ciphersuite: BackupFormat.suite, info: BackupFormat.info(preamble))
            header += Array(sender.encapsulatedKey)
            seal = .sealed(sender)
        } else {
            seal = .plain(previous: Array(SHA256.hash(data: header)))
        }
        try write(header)
    }

    mutating func append(_ piece: Data, isLast: Bool = false) throws {
        let flag: UInt8 = isLast ? 1 : 0
        let body: [UInt8]
        switch seal {
        case .plain(let previous):
            let check = PlainCheck.of(piece, flag, after: previous)
            body = Array(piece) + check
            seal = .plain(previous: check)
        case .sealed(var sender):
            body = Array(try sender.seal(piece, authenticating: Data([flag])))
            seal = .sealed(sender)
        }
        try write([flag] + withUnsafeBytes(of: UInt32(body.count).bigEndian, Array.init) + body)
    }

    /// Returns once the disk has all of it.
    func close() throws {
        do {
            try file.synchronize()
            try file.close()
        } catch {
            throw BackupError.cannotWrite(path: path, reason: "the disk does not take it")
        }
    }

    private func write(_ bytes: [UInt8]) throws {
        do {
            try file.write(contentsOf: bytes)
        } catch {
            throw BackupError.cannotWrite(path: path, reason: "the disk is full, or does not take it")
        }
    }
}

enum PlainCheck {
    static func of(_ piece: Data, _ flag: UInt8, after previous: [UInt8]) -> [UInt8] {
        var hash = SHA256()
        hash.update(data: previous)
        hash.update(data: [flag])
        hash.update(data: piece)
        return Array(hash.finalize())
    }
}
