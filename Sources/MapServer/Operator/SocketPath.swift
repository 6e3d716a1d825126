import Foundation

/// A path under which the kernel takes a socket: its addresses hold 107 bytes, and stores may lie deeper.
///
/// A longer path is named through an open handle on its folder, which Linux resolves like the folder itself.
final class SocketPath: Sendable {
    let text: String
    private let folder: Int32?

    private static let longest = 107

    init(_ path: String) {
        let url = URL(fileURLWithPath: path)
        guard path.utf8.count > SocketPath.longest else {
            text = path
            folder = nil
            return
        }
        let handle = open(url.deletingLastPathComponent().path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        folder = handle >= 0 ? handle : nil
        text = handle >= 0 ? "/proc/self/fd/\(handle)/\(url.lastPathComponent)" : path
    }

    deinit {
        if let folder { close(folder) }
    }
}
