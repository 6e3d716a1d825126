package import Contributions
import Crypto
package import Curation
package import Foundation
import SpatialDatabase

/// A backup on its way back to a store.
package struct Restoration: Sendable {
    /// What is known of withdrawals since the backup.
    package enum Memory: Equatable, Sendable {
        /// The file of tombstones.
        case file(String)
        /// Somebody has said that there is none any more.
        case lost
        case unknown
    }

    package struct Outcome: Equatable, Sendable {
        package let manifest: BackupManifest
        package let forgotten: Participation.ForgottenAgain
        /// Until when withdrawals are known, as it is written; later ones are not.
        package let knownUntil: String
    }

    private let backup: String
    private let key: BackupPrivateKey?

    package init(of backup: String, key: BackupPrivateKey?) {
        self.backup = backup
        self.key = key
    }

    /// Brings the backup back as a store at `path`, where nothing may be yet.
    ///
    /// The store has its name only once everything was checked and what was withdrawn since is forgotten: until then
    /// nobody can serve it.
    /// - Throws: `BackupError`, `StoreError`; nothing stays behind then.
    package func run(to path: String, memory: Memory, localTime: LocalTime, at now: Date) async throws -> Outcome {
        for place in [path, path + "-wal"] where FileManager.default.fileExists(atPath: place) {
            throw BackupError.exists(path: place)
        }
        let partial = "\(path).restoring-\(getpid())"
        defer {
            for ending in ["", "-wal", "-shm", "-journal", ".lock", ".tombstones"] {
                try? FileManager.default.removeItem(atPath: partial + ending)
            }
        }
        let manifest = try unpack(to: partial)
        let list = try tombstones(memory, for: manifest)
        guard try SpatialStore.examine(copy: partial) == manifest.counts else {
            throw BackupError.otherCounts(path: backup)
        }
        let forgotten = try await forget(list, manifest, in: partial, localTime: localTime, at: now)
        try BackupFolder.rename(partial, to: path)
        return Outcome(
            manifest: manifest, forgotten: forgotten,
            knownUntil: [list?.knownUntil, manifest.day].compactMap { $0 }.max() ?? manifest.day)
    }

    /// What the backup says of itself, without bringing it back.
    package func manifest() throws -> BackupManifest {
        var reader = try opened()
        return try Self.manifest(&reader, backup)
    }

    private func opened() throws(BackupError) -> BackupReader {
        let reader = try BackupReader(path: backup, key: key)
        guard !reader.isSealed || key != nil else { throw .needsKey(path: backup) }
        return reader
    }

    private static func manifest(_ reader: inout BackupReader, _ path: String) throws -> BackupManifest {
        guard let first = try reader.next(isFirst: true),
            let manifest = try? JSONDecoder().decode(BackupManifest.self, from: first)
        else { throw BackupError.damaged(path: path) }
        return manifest
    }

    /// Writes the store's bytes out, and believes them when they are those that the manifest names.
    private func unpack(to partial: String) throws -> BackupManifest {
        var reader = try opened()
        let manifest = try Self.manifest(&reader, backup)
        let descriptor = open(partial, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw BackupError.cannotWrite(path: partial, reason: String(cString: strerror(errno)))
        }
        let file = DirectWriter(descriptor: descriptor)
        var (hash, length) = (SHA256(), 0)
        while let piece = try reader.next() {
            hash.update(data: piece)
            length += piece.count
            try BackupError.orCannotWrite(partial) { try file.append(piece) }
        }
        try BackupError.orCannotWrite(partial) { try file.finish() }
        guard length == manifest.length, hash.finalize().hexadecimal == manifest.sha256 else {
            throw BackupError.damaged(path: backup)
        }
        return manifest
    }

    private func tombstones(_ memory: Memory, for manifest: BackupManifest) throws -> TombstoneList? {
        switch memory {
        case .unknown: throw BackupError.tombstonesNeeded(since: manifest.day)
        case .lost: return nil
        case .file(let path):
            let list = try TombstoneList(path: path)
            guard manifest.tombstones.map(list.hasGrown) ?? true else { throw BackupError.otherTombstones(path: path) }
            return list
        }
    }

    private func forget(
        _ list: TombstoneList?, _ manifest: BackupManifest, in partial: String, localTime: LocalTime, at now: Date
    ) async throws -> Participation.ForgottenAgain {
        let store = try SpatialStore.openForWriting(path: partial)
        defer { try? store.close() }
        var forgotten = Participation.ForgottenAgain()
        if let list {
            let participation = Participation(layers: try PublishedLayers(store: store), localTime: localTime)
            forgotten = try await participation.forgetAgain(
                try store.unsettled(in: list, since: manifest.tombstones), at: Int64(now.timeIntervalSince1970))
        }
        let check = try store.check()
        if let finding = check.findings.first(where: { $0.severity == .wrong }) {
            throw BackupError.unsound(finding: "\(finding.subject): \(finding.result)")
        }
        try store.close()
        return forgotten
    }
}

/// The proof that the last backup can be brought back: it is, into a folder that goes again.
package struct Drill: Sendable {
    package let folder: BackupFolder
    package let key: BackupPrivateKey?
    package let memory: Restoration.Memory

    package init(folder: BackupFolder, key: BackupPrivateKey?, memory: Restoration.Memory) {
        self.folder = folder
        self.key = key
        self.memory = memory
    }

    /// - Parameter scratch: the folder in which a folder is made for the trial.
    /// - Throws: `BackupError.noBackup`; whatever keeps the backup from being brought back.
    package func run(
        in scratch: String, localTime: LocalTime, at now: Date
    ) async throws -> (backup: String, outcome: Restoration.Outcome) {
        guard let last = folder.backups.last else { throw BackupError.noBackup(folder: folder.path) }
        let place = "\(scratch)/lieudit-drill-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: place, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(atPath: place) }
        let outcome = try await Restoration(of: last.path, key: key).run(
            to: place + "/store.sqlite", memory: memory, localTime: localTime, at: now)
        return (last.path, outcome)
    }
}
