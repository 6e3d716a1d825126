import Crypto
package import Foundation
import SpatialDatabase

/// One backup that was made, and how it was proved.
package struct Backup: Equatable, Sendable {
    package let path: String
    package let manifest: BackupManifest
    package let isSealed: Bool

    /// Copies one moment of a store, opens the copy and counts what it holds, writes it out, and reads it again from
    /// the disk before it goes by its name.
    ///
    /// The copy is made beside the store, for its owner only, and does not outlive the call: a sealed backup's folder
    /// never sees the store's own bytes.
    /// - Parameters:
    ///   - target: a folder, where the backup is named after its moment, or a new file.
    ///   - tombstones: the store's file of tombstones.
    /// - Throws: `BackupError`, `StoreError`.
    package static func make(
        of store: String, tombstones: String, to target: String, for recipient: BackupPublicKey?, at moment: Date
    ) throws -> Backup {
        let path = BackupFolder.path(for: moment, in: target)
        guard !FileManager.default.fileExists(atPath: path) else { throw BackupError.exists(path: path) }
        let copy = try CopyBeside(store)
        defer { copy.remove() }
        // Before the copy: what is erased meanwhile is in it, or will be found behind this position.
        let position = try knownTombstones(tombstones)
        try SpatialStore.copy(path: store, to: copy.path)
        // Read from one end to the other first: what the examination then asks for here and there is at hand.
        let (sum, length) = try checksum(of: copy.path)
        let manifest = BackupManifest(
            created: Int64(moment.timeIntervalSince1970), length: length, sha256: sum,
            counts: try SpatialStore.examine(copy: copy.path), tombstones: position)
        let partial = path + ".part"
        try? FileManager.default.removeItem(atPath: partial)
        do {
            try write(copy.path, manifest, to: partial, for: recipient)
            try prove(partial, is: manifest, isSealed: recipient != nil, as: copy.path)
            try BackupFolder.rename(partial, to: path)
        } catch {
            try? FileManager.default.removeItem(atPath: partial)
            throw error
        }
        return Backup(path: path, manifest: manifest, isSealed: recipient != nil)
    }

    private static func knownTombstones(_ path: String) throws -> TombstonePosition? {
        FileManager.default.fileExists(atPath: path) ? try TombstoneList(path: path).position : nil
    }

    /// The SHA-256 of a file, in hexadecimal, and its length.
    private static func checksum(of path: String) throws -> (String, Int) {
        var (hash, length) = (SHA256(), 0)
        try PieceSource(path: path).forEach { piece, _ in
            hash.update(data: piece)
            length += piece.count
        }
        return (hash.finalize().hexadecimal, length)
    }

    private static func write(
        _ copy: String, _ manifest: BackupManifest, to path: String, for recipient: BackupPublicKey?
    ) throws {
        var writer = try BackupWriter(path: path, recipient: recipient)
        try writer.append(try JSONEncoder().encode(manifest))
        try PieceSource(path: copy).forEach { piece, isLast in try writer.append(piece, isLast: isLast) }
        try writer.close()
    }

    /// Reads the file that was written, from the disk. What is sealed cannot be opened here; its frame must be whole
    /// and hold as much as was put in.
    private static func prove(_ path: String, is manifest: BackupManifest, isSealed: Bool, as copy: String) throws {
        var reader = try BackupReader(path: path, key: nil)
        _ = try reader.next(isFirst: true)
        var (hash, length, pieces) = (SHA256(), 0, 0)
        while let piece = try reader.next() {
            hash.update(data: piece)
            length += piece.count
            pieces += 1
        }
        let isWhole =
            isSealed
            ? length == manifest.length + pieces * 16
            : length == manifest.length && hash.finalize().hexadecimal == manifest.sha256
        guard isWhole else { throw BackupError.damaged(path: path) }
    }
}

/// The plain copy that a backup is made of, in a file that only its owner may read.
struct CopyBeside {
    let path: String

    init(_ store: String) throws(BackupError) {
        Self.removeLeftovers(of: store)
        path = "\(store).copy-\(getpid())"
        let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .cannotWrite(path: path, reason: String(cString: strerror(errno))) }
        close(descriptor)
    }

    func remove() {
        for ending in ["", "-journal", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + ending) }
    }

    /// Of backups whose process has ended before it could tidy up.
    private static func removeLeftovers(of store: String) {
        let place = URL(fileURLWithPath: store)
        let folder = place.deletingLastPathComponent().path
        let beginning = place.lastPathComponent + ".copy-"
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        where name.hasPrefix(beginning) {
            let owner = name.dropFirst(beginning.count).prefix { $0.isNumber }
            guard let process = pid_t(owner), kill(process, 0) != 0, errno == ESRCH else { continue }
            try? FileManager.default.removeItem(atPath: folder + "/" + name)
        }
    }
}

/// A file as pieces of the length that backups have.
struct PieceSource {
    let path: String

    /// - Throws: `BackupError.cannotRead`; what `body` throws.
    func forEach(_ body: (Data, _ isLast: Bool) throws -> Void) throws {
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw BackupError.cannotRead(path: path, reason: String(cString: strerror(errno)))
        }
        var piece = try file.read(upToCount: BackupFormat.pieceLength) ?? Data()
        while true {
            let next = try file.read(upToCount: BackupFormat.pieceLength) ?? Data()
            try body(piece, next.isEmpty)
            if next.isEmpty { return }
            piece = next
        }
    }
}

extension Sequence<UInt8> {
    var hexadecimal: String { map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }
}
