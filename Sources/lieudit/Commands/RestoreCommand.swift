import ArgumentParser
import Backups
import Contributions
import Curation
import Foundation
import SpatialDatabase

/// What restoring and drilling have in common.
struct RestorationOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The file of the private key, for an encrypted backup.", valueName: "file"))
    var key: String?

    @Option(
        help: ArgumentHelp(
            "The file of tombstones: what was withdrawn since the backup is forgotten again. Default: none is known",
            valueName: "file"))
    var tombstones: String?

    @Flag(
        name: .customLong("without-tombstones"),
        help: "The file of tombstones is lost: bring back what was withdrawn since the backup, too.")
    var withoutTombstones = false

    func validate() throws {
        if tombstones != nil, withoutTombstones {
            throw ValidationError("--tombstones and --without-tombstones cannot be given together")
        }
    }

    var memory: Restoration.Memory { tombstones.map { .file($0) } ?? (withoutTombstones ? .lost : .unknown) }

    func privateKey() throws -> BackupPrivateKey? { try key.map { try BackupPrivateKey(file: $0) } }
}

struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Bring a backup back as a new store.",
        discussion: """
            Checks every byte, opens the store, brings its schema up to date, forgets what was withdrawn since the \
            backup, and gives the store its name only then. What is damaged, cut short or no backup is refused, and \
            nothing is left behind.
            """)

    @OptionGroup var storeOptions: StoreOptions
    @OptionGroup var options: RestorationOptions

    @Argument(help: "The backup.")
    var backup: String

    @Flag(help: "Tell what the backup says of itself, and restore nothing.")
    var list = false

    func run() async throws {
        let settings = try await storeOptions.settings()
        let restoration = Restoration(of: backup, key: try options.privateKey())
        if list {
            let manifest = try restoration.manifest()
            return print(
                "Of \(manifest.day): \(manifest.counts.contributions) contributions, \(manifest.length) bytes.")
        }
        let folder = URL(fileURLWithPath: settings.store).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let outcome = try await restoration.run(
            to: settings.store, memory: options.memory, localTime: try settings.localTime(), at: Date())
        print(
            "Restored \(settings.store) as of \(outcome.manifest.day): \(outcome.manifest.counts.contributions) contributions."
        )
        let forgotten = outcome.forgotten
        if forgotten != .init() {
            print(
                "Forgotten again: \(forgotten.erased) contributions and \(forgotten.layers) layers; \(forgotten.hidden) hidden, since they had moved."
            )
        }
        print("Withdrawals after \(outcome.knownUntil) are unknown.")
        print(
            "What curators did since the backup other than erasing is not done again: pauses, coarser places, hidden "
                + "contributions and masked words are as they were on \(outcome.manifest.day)."
        )
    }
}

struct DrillCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drill", abstract: "Prove that the last backup of a folder can be restored.",
        discussion: "Restores it into a folder that goes again, with every check, and says how long that took.")

    @OptionGroup var storeOptions: StoreOptions
    @OptionGroup var options: RestorationOptions

    @Argument(help: "The folder of backups. Default: LIEUDIT_BACKUPS")
    var folder: String?

    @Option(
        help: ArgumentHelp(
            "Where to try it; as much room as the store needs. Default: the folder for temporary files",
            valueName: "dir"))
    var scratch: String?

    func run() async throws {
        let settings = try await storeOptions.settings()
        guard let folder = folder ?? settings.backups else {
            throw Refusal("name the folder of backups, or set LIEUDIT_BACKUPS")
        }
        let began = ContinuousClock.now
        let drill = Drill(folder: BackupFolder(path: folder), key: try options.privateKey(), memory: options.memory)
        BackgroundWork.begin()
        let (backup, outcome) = try await drill.run(
            in: scratch ?? FileManager.default.temporaryDirectory.path, localTime: try settings.localTime(), at: Date())
        let seconds = (ContinuousClock.now - began).formatted(
            .units(allowed: [.seconds], fractionalPart: .show(length: 1)))
        print(
            "\(backup) can be restored: \(outcome.manifest.counts.contributions) contributions as of \(outcome.manifest.day), every check passed, in \(seconds). Withdrawals after \(outcome.knownUntil) would be unknown."
        )
    }
}
