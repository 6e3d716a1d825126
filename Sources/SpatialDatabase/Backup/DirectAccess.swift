import Foundation

/// Reading and writing past the kernel's page cache (`O_DIRECT` of open(2)), where a file system offers that.
///
/// Beside a plain copy of the whole store the slowest of a hundred answers took twice as long as alone and more, although
/// it had the last priority; beside one made this way no longer (decision 0012).
enum DirectAccess {
    /// In bytes: places in the file and in memory, and lengths, are multiples of it.
    static let block = 4_096
    /// How much goes to the disk at once.
    static let room = 1 << 20

    /// `O_DIRECT`, which the C library shows to GNU programs only (Linux, `asm/fcntl.h` of each kind of processor).
    #if arch(arm64) || arch(arm)
        private static let flag: Int32 = 0o200000
    #else
        private static let flag: Int32 = 0o40000
    #endif

    /// Whether it is so from now on. Files that are not plain ones stay as they are: a pipe would take it for something else.
    static func set(_ isDirect: Bool, on descriptor: Int32) -> Bool {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return false }
        let flags = fcntl(descriptor, F_GETFL)
        guard flags >= 0 else { return false }
        return fcntl(descriptor, F_SETFL, isDirect ? flags | flag : flags & ~flag) == 0
    }

    static func makeRoom() -> UnsafeMutableRawBufferPointer {
        UnsafeMutableRawBufferPointer.allocate(byteCount: room, alignment: block)
    }
}

/// What a disk has answered.
package struct DiskFault: Error, Equatable {
    /// As errno(3) has it.
    package let code: Int32

    package var isForWantOfRoom: Bool { code == ENOSPC || code == EDQUOT || code == EFBIG }
    package var reason: String { String(cString: strerror(code)) }
}
