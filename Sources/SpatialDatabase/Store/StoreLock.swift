import Foundation

/// The right to write: an exclusive `flock` on `STORE.lock`, held as long as this value lives.
///
/// A separate file, because SQLite's own locks are POSIX locks, which closing any other handle on
/// the store would drop. The kernel releases it when the process ends, however it ends.
final class StoreLock: Sendable {
    private let descriptor: Int32

    /// - Throws: `StoreError.locked` when somebody else writes.
    init(storePath: String) throws(StoreError) {
        let path = storePath + ".lock"
        descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw .cannotLock(path: storePath, reason: String(cString: strerror(errno)))
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let reason = errno
            close(descriptor)
            if reason == EWOULDBLOCK { throw .locked(path: storePath) }
            throw .cannotLock(path: storePath, reason: String(cString: strerror(reason)))
        }
    }

    deinit { close(descriptor) }

    /// Whether somebody holds the lock now. Takes it for an instant when nobody does.
    static func isHeld(storePath: String) -> Bool {
        do {
            _ = try StoreLock(storePath: storePath)
            return false
        } catch {
            return true
        }
    }
}
