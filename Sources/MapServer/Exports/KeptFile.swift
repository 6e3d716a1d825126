import Foundation

/// A file that has been made and is open: it can be read for as long as somebody holds it, even when its name is gone.
final class KeptFile: Sendable {
    let path: String
    let size: Int
    private let descriptor: Int32

    /// - Throws: `WebError.damagedContent` when it is not there.
    init(path: String) throws(WebError) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        var status = stat()
        guard descriptor >= 0, fstat(descriptor, &status) == 0 else { throw .damagedContent }
        self.path = path
        size = Int(status.st_size)
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Some of its bytes; fewer than asked for at the end.
    /// - Throws: `WebError.damagedContent` when they cannot be read.
    func bytes(from offset: Int, count: Int) throws(WebError) -> [UInt8] {
        var read = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, length in
            while read >= 0, length < count {
                read = pread(descriptor, buffer.baseAddress.map { $0 + length }, count - length, off_t(offset + length))
                if read <= 0 { break }
                length += read
            }
        }
        guard read >= 0 else { throw .damagedContent }
        return bytes
    }
}
