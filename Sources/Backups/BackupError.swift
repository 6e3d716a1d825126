/// Why a backup is not made or not taken. No case carries a person's words or position.
package enum BackupError: Error, Equatable, Sendable {
    case foreign(path: String)
    case later(path: String, format: UInt8)
    /// Cut short: its last piece is missing.
    case truncated(path: String)
    /// Some of its bytes are not those that were written, or not in their order.
    case damaged(path: String)
    case trailing(path: String)
    case needsKey(path: String)
    case otherKey(path: String)
    case notAKey(path: String)
    case notAPublicKey
    case cannotRead(path: String, reason: String)
    case cannotWrite(path: String, reason: String)
    case exists(path: String)
    case noBackup(folder: String)
    /// What was restored holds something else than what was copied.
    case otherCounts(path: String)
    /// Withdrawals since the backup are unknown. The moment as it is written, in UTC.
    case tombstonesNeeded(since: String)
    case otherTombstones(path: String)
    case unsound(finding: String)
    case tooLong(days: Int)
}

extension BackupError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .foreign(let path): "\(path) is no backup of Lieudit"
        case .later(let path, let format):
            "\(path) is a backup of format \(format), made by a later version of Lieudit; restore it with that one"
        case .truncated(let path): "\(path) is cut short: the end of the backup is missing"
        case .damaged(let path): "\(path) is damaged: some of its bytes are not those that were written"
        case .trailing(let path): "\(path) goes on after its end; it is not as it was written"
        case .needsKey(let path): "\(path) is encrypted; name the private key's file with --key"
        case .otherKey(let path): "\(path) was encrypted to another key, or its beginning is damaged"
        case .notAKey(let path): "\(path) holds no private key for backups"
        case .notAPublicKey: "the public key for backups cannot be read; lieudit backup-key prints one"
        case .cannotRead(let path, let reason): "\(path) cannot be read: \(reason)"
        case .cannotWrite(let path, let reason): "\(path) cannot be written: \(reason)"
        case .exists(let path): "something stands at \(path) already; a backup is restored into a new place"
        case .noBackup(let folder): "there is no backup in \(folder)"
        case .otherCounts(let path): "\(path) does not hold what its own list says"
        case .tombstonesNeeded(let since):
            "withdrawals since \(since) are unknown: name the file of tombstones with --tombstones; only when it is "
                + "lost, restore with --without-tombstones, and what was withdrawn since then shows again"
        case .otherTombstones(let path):
            "\(path) is not the file of tombstones that this backup knew, or an older copy of it"
        case .unsound(let finding): "what was restored is not sound: \(finding)"
        case .tooLong(let days):
            "backups are kept for 30 days at most, so that what is withdrawn is forgotten; not \(days)"
        }
    }
}
