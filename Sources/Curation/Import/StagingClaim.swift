import Foundation

/// Says that the process which has put a file aside still lives: a lock that the kernel drops with it.
final class StagingClaim: Sendable {
    private let descriptor: Int32

    /// Creates the file when it is missing, readable by its owner only. Nil when another process holds it.
    init?(path: String, creates: Bool) {
        descriptor = open(path, (creates ? O_CREAT : 0) | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return nil }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            return nil
        }
    }

    deinit { close(descriptor) }
}
