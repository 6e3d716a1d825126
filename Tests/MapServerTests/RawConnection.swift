import Foundation

/// A bare connection to a socket in the file system, for saying what no client of ours would say.
final class RawConnection: Sendable {
    private let descriptor: Int32

    struct Failed: Error {
        let reason: Int32
    }

    init(path: String) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard status == 0 else { throw Failed(reason: errno) }
        bePatient()
    }

    /// A connection to 127.0.0.1.
    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else { throw Failed(reason: errno) }
        bePatient()
    }

    private func bePatient() {
        var patience = timeval(tv_sec: 60, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close(descriptor) }

    /// Sends bytes and reads the first line of what comes back; all there is when the other side closes or
    /// says nothing for a minute: others may have much to do meanwhile.
    func ask(_ text: String) async -> String {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: self.exchange(Array(text.utf8))) }
        }
    }

    /// Sends bytes and reads all that comes back until the other side hangs up; nil when it has not within 10 s.
    func askUntilTheEnd(_ text: String) async -> String? {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: self.exchangeUntilTheEnd(Array(text.utf8))) }
        }
    }

    private func exchangeUntilTheEnd(_ bytes: [UInt8]) -> String? {
        sendAll(bytes)
        var answer: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4_096)
        var silences = 0
        while silences < 2 {
            let count = recv(descriptor, &piece, piece.count, 0)
            if count == 0 || count < 0 && errno == ECONNRESET { return String(decoding: answer, as: UTF8.self) }
            if count < 0 { silences += 1 } else { answer += piece[..<count] }
        }
        return nil
    }

    private func exchange(_ bytes: [UInt8]) -> String {
        sendAll(bytes)
        var answer: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4_096)
        while !answer.contains(0x0A) {
            let count = recv(descriptor, &piece, piece.count, 0)
            guard count > 0 else { break }
            answer += piece[..<count]
        }
        return String(decoding: answer.prefix { $0 != 0x0A }, as: UTF8.self)
    }

    private func sendAll(_ bytes: [UInt8]) {
        var sent = 0
        while sent < bytes.count {
            // Without a signal when the other side has closed already.
            let count = bytes.withUnsafeBytes {
                send(descriptor, $0.baseAddress! + sent, bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { break }
            sent += count
        }
    }
}
