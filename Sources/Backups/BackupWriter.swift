import Crypto
import Foundation
import SpatialDatabase

/// Writes one backup, piece by piece.
struct BackupWriter {
    private enum Seal {
        case plain(previous: [UInt8])
        case sealed(HPKE.Sender)
    }

    private let file: DirectWriter
    private let path: String
    private var seal: Seal

    /// - Throws: `BackupError.cannotWrite`, `BackupError.exists`.
    init(path: String, recipient: BackupPublicKey?) throws {
        let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw BackupError.cannotWrite(path: path, reason: String(cString: strerror(errno)))
        }
        file = DirectWriter(descriptor: descriptor)
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
        switch seal {
        case .plain(let previous):
            let check = PlainCheck.of(piece, flag, after: previous)
            seal = .plain(previous: check)
            try write(head(flag, length: piece.count + check.count))
            try write(piece)
            try write(check)
        case .sealed(var sender):
            let body = try sender.seal(piece, authenticating: Data([flag]))
            seal = .sealed(sender)
            try write(head(flag, length: body.count))
            try write(body)
        }
    }

    private func head(_ flag: UInt8, length: Int) -> [UInt8] {
        [flag] + withUnsafeBytes(of: UInt32(length).bigEndian, Array.init)
    }

    /// Returns once the disk has all of it.
    func close() throws {
        try BackupError.orCannotWrite(path) { try file.finish() }
    }

    private func write(_ bytes: some ContiguousBytes) throws {
        try BackupError.orCannotWrite(path) { try file.append(bytes) }
    }
}

extension BackupError {
    /// Does some writing to a file, and says so when the disk does not take it.
    static func orCannotWrite(_ path: String, _ write: () throws -> Void) throws {
        do {
            try write()
        } catch is DiskFault {
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
