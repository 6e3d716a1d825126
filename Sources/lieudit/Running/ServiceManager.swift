import Foundation

/// Whoever started this process and waits until it answers, such as systemd (sd_notify(3)); mostly nobody.
enum ServiceManager {
    /// Says that the server answers. Nobody hears it where nobody asked for it.
    static func tellReady() {
        guard let path = ProcessInfo.processInfo.environment["NOTIFY_SOCKET"] else { return }
        send("READY=1", to: path)
    }

    /// A datagram to a socket's path; a path that begins with `@` is one of Linux's abstract names.
    private static func send(_ message: String, to path: String) {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let name = path.hasPrefix("@") ? [0] + Array(path.utf8.dropFirst()) : Array(path.utf8)
        guard !name.isEmpty, name.count < MemoryLayout.size(ofValue: address.sun_path) else { return }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
        let length = MemoryLayout.offset(of: \sockaddr_un.sun_path)! + name.count  // a stored property has an offset
        let handle = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard handle >= 0 else { return }
        defer { close(handle) }
        let bytes = Array(message.utf8)
        _ = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                sendto(handle, bytes, bytes.count, 0, $0, socklen_t(length))
            }
        }
    }
}
