import ArgumentParser
import Backups
import Foundation
import SpatialDatabase

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copy the store as it is now, beside a running server too.",
        discussion: """
            The copy is opened, checked and counted, and what was written is read again, before the backup goes by its \
            name. With a public key (LIEUDIT_BACKUP_KEY, made by lieudit backup-key) it is encrypted before it leaves \
            this machine. Erased contributions stay erased only with the file of tombstones (LIEUDIT_TOMBSTONES): \
            keep it on another disk.
            """)

    @OptionGroup var storeOptions: StoreOptions

    @Argument(help: "A folder, where the backup is named after its moment, or a new file.")
    var target: String

    @Option(help: "The public key to encrypt to. Default: LIEUDIT_BACKUP_KEY, else none")
    var key: String?

    @Option(
        help: ArgumentHelp(
            "Remove backups of the folder that are as old as that afterwards; 30 at most. Default: none is removed",
            valueName: "days"))
    var keep: Int?

    @Flag(help: "Do not encrypt, whatever is configured.")
    var plain = false

    @Flag(help: "Print {path, created, bytes, encrypted, contributions} as JSON.")
    var json = false

    func run() async throws {
        let settings = try await storeOptions.settings()
        if let keep, !(1...BackupFolder.mostDays).contains(keep) { throw BackupError.tooLong(days: keep) }
        let recipient = try (plain ? nil : key ?? settings.backupKey).map { try BackupPublicKey($0) }
        BackgroundWork.begin()
        let backup = try Backup.make(
            of: settings.store, tombstones: settings.tombstones, to: target, for: recipient, at: Date())
        let removed = try keep.map { try BackupFolder(path: target).removeOld(keeping: $0, at: Date()) } ?? 0
        if json { return try printJSON(backup) }
        let manner = backup.isSealed ? "encrypted" : "not encrypted"
        print("\(backup.path): \(backup.manifest.counts.contributions) contributions, \(manner), read again and whole.")
        if removed > 0 { print("Removed \(removed) older backups.") }
    }

    private func printJSON(_ backup: Backup) throws {
        struct Made: Encodable {
            let path: String
            let created: String
            let bytes: Int
            let encrypted: Bool
            let contributions: Int
        }
        let made = Made(
            path: backup.path, created: backup.manifest.day, bytes: backup.manifest.length,
            encrypted: backup.isSealed, contributions: backup.manifest.counts.contributions)
        print(String(decoding: try JSONEncoder().encode(made), as: UTF8.self))
    }
}

struct BackupKeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup-key", abstract: "Make the pair of keys with which backups are encrypted.",
        discussion: """
            Writes the private key to a new file, which belongs somewhere else than the server, and prints the public \
            key, alone on standard output, for LIEUDIT_BACKUP_KEY. Without the private key no encrypted backup can be \
            restored: keep two copies of it.
            """)

    @Argument(help: "The new file for the private key.")
    var file: String

    func run() throws {
        let key = BackupPrivateKey()
        try key.write(to: file)
        print(key.publicText)
    }
}
