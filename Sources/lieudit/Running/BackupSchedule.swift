import Backups
import Dispatch
import Foundation
import Logging

/// Makes a backup every so many hours while a server runs, in a process of its own, and removes those that are too old.
///
/// In another process, since no code of the server's may open the store otherwise than it does already, and so that
/// whoever is being answered notices nothing.
struct BackupSchedule: Sendable {
    let folder: BackupFolder
    let hours: Int
    let days: Int
    let store: String
    let configurationFile: String?
    let logger: Logger

    /// Nil when no folder is configured.
    /// - Throws: `Refusal` for a folder that there is not, and for times that cannot be.
    init?(_ settings: Settings, configurationFile: String?, logger: Logger) throws {
        guard let path = settings.backups else { return nil }
        folder = BackupFolder(path: path)
        (hours, days, store) = (settings.backupHours, settings.backupDays, settings.store)
        self.configurationFile = configurationFile
        self.logger = logger
        guard hours >= 1, (1...BackupFolder.mostDays).contains(days) else {
            throw Refusal("backups are made every hour at most and kept for 1 to \(BackupFolder.mostDays) days")
        }
        guard FileManager.default.isWritableFile(atPath: path) else {
            throw Refusal("the folder for backups \(path) is not there, or this user may not write to it")
        }
        _ = try settings.backupKey.map { try BackupPublicKey($0) }
    }

    /// Runs until its task is cancelled. The first backup is made at once when the last one is too long ago.
    func run() async {
        while !Task.isCancelled {
            let now = Date()
            let due = folder.backups.last.map { $0.moment.addingTimeInterval(Double(hours) * 3_600) } ?? now
            if due <= now {
                let isMade = await withCheckedContinuation { done in
                    // It waits for minutes, and must not hold one of the few threads that answer.
                    DispatchQueue.global(qos: .utility).async { done.resume(returning: makeOne()) }
                }
                removeOld()
                // What has failed is tried again soon, and not at once.
                if !isMade { try? await Task.sleep(for: .seconds(600)) }
            }
            try? await Task.sleep(for: .seconds(30))
        }
    }

    private func removeOld() {
        do {
            try folder.removeOld(keeping: days, at: Date())
        } catch {
            logger.error("old backups could not be removed: \(error)")
        }
    }

    private func makeOne() -> Bool {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments =
            ["backup", folder.path, "--store", store] + (configurationFile.map { ["--config", $0] } ?? [])
        process.standardOutput = FileHandle.nullDevice
        let said = Pipe()
        process.standardError = said
        do {
            try process.run()
            let sentence = try said.fileHandleForReading.readToEnd() ?? Data()
            process.waitUntilExit()
            guard process.terminationStatus == 0 else {
                logger.error("no backup was made: \(String(decoding: sentence.prefix(500), as: UTF8.self))")
                return false
            }
            return true
        } catch {
            logger.error("no backup was made: \(error)")
            return false
        }
    }
}
