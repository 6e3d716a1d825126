import Crypto
package import Foundation
import SpatialDatabase

/// Reads one backup, piece by piece, and believes nothing in it.
package struct BackupReader {
    private enum Seal {
        case plain(previous: [UInt8])
        case sealed(HPKE.Recipient)
        /// Only its frame is read.
        case closed
    }

    package let isSealed: Bool
    private let path: String
    private let file: DirectReader
    private var seal: Seal
    private var isAtEnd = false

    /// - Parameter key: what opens a sealed backup; nil reads the frame of a sealed one only.
    /// - Throws: `BackupError`.
    package init(path: String, key: BackupPrivateKey?) throws(BackupError) {
        self.path = path
        file = try Self.opened(path)
        let preamble = try Self.read(file, BackupFormat.preamble(isSealed: false).count, path)
        guard preamble.starts(with: BackupFormat.magic), preamble.count > BackupFormat.magic.count else {
            throw .foreign(path: path)
        }
        let format = preamble[BackupFormat.magic.count]
        guard format == BackupFormat.version else { throw .later(path: path, format: format) }
        if preamble == BackupFormat.preamble(isSealed: false) {
            isSealed = false
            seal = .plain(previous: Array(SHA256.hash(data: preamble)))
        } else if preamble == BackupFormat.preamble(isSealed: true) {
            isSealed = true
            let encapsulated = try Self.read(file, BackupFormat.encapsulatedLength, path)
            guard encapsulated.count == BackupFormat.encapsulatedLength else { throw .truncated(path: path) }
            guard let key else {
                seal = .closed
                return
            }
            guard
                let recipient = try? HPKE.Recipient(
                    privateKey: key.key, ciphersuite: BackupFormat.suite, info: BackupFormat.info(preamble),
                    encapsulatedKey: Data(encapsulated))
            else { throw .otherKey(path: path) }
            seal = .sealed(recipient)
        } else {
            throw preamble.count < BackupFormat.preamble(isSealed: false).count
                ? .truncated(path: path) : .foreign(path: path)
        }
    }

    /// The next piece; nil at the end. Of a sealed backup without a key, the pieces are what they are.
    /// - Throws: `BackupError.truncated`, `.damaged`, `.trailing`; `.otherKey` when not even the first opens.
    package mutating func next(isFirst: Bool = false) throws(BackupError) -> Data? {
        guard !isAtEnd else {
            guard try Self.read(file, 1, path).isEmpty else { throw .trailing(path: path) }
            return nil
        }
        let head = try Self.read(file, 5, path)
        guard head.count == 5 else { throw .truncated(path: path) }
        let length = head[1...].reduce(0) { $0 << 8 | Int($1) }
        guard head[0] <= 1, length <= BackupFormat.longestPiece else { throw .damaged(path: path) }
        let body = try Self.read(file, length, path)
        guard body.count == length else { throw .truncated(path: path) }
        isAtEnd = head[0] == 1
        return try open(body, head[0], isFirst: isFirst)
    }

    private mutating func open(_ body: [UInt8], _ flag: UInt8, isFirst: Bool) throws(BackupError) -> Data {
        switch seal {
        case .closed: return Data(body)
        case .plain(let previous):
            guard body.count >= 32 else { throw .damaged(path: path) }
            let piece = Data(body[..<(body.count - 32)])
            let check = PlainCheck.of(piece, flag, after: previous)
            guard check == Array(body.suffix(32)) else { throw .damaged(path: path) }
            seal = .plain(previous: check)
            return piece
        case .sealed(var recipient):
            guard let piece = try? recipient.open(Data(body), authenticating: Data([flag])) else {
                throw isFirst ? .otherKey(path: path) : .damaged(path: path)
            }
            seal = .sealed(recipient)
            return piece
        }
    }

    private static func opened(_ path: String) throws(BackupError) -> DirectReader {
        do {
            return try DirectReader(path: path)
        } catch {
            throw .cannotRead(path: path, reason: error.reason)
        }
    }

    private static func read(_ file: DirectReader, _ count: Int, _ path: String) throws(BackupError) -> [UInt8] {
        do {
            return try file.read(count)
        } catch {
            throw .cannotRead(path: path, reason: error.reason)
        }
    }
}
