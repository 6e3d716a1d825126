import Foundation

/// A path under which a socket can be opened: the kernel's addresses hold 107 bytes, NIO takes 103 of them, which is
/// what every system has, and stores may lie deeper.
///
/// A longer path is named through an open handle on its folder, which Linux resolves like the folder itself.
final class SocketPath: Sendable {
    let text: String
    private let folder: Int32?

    private static let longest = 103
    /// `/proc/self/fd/`, a number of at most seven digits and a slash.
    private static let throughHandle = 22

    /// Whether a socket can be opened there.
    static func takes(_ path: String) -> Bool {
        path.utf8.count <= longest
            || throughHandle + URL(fileURLWithPath: path).lastPathComponent.utf8.count <= longest
    }

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
