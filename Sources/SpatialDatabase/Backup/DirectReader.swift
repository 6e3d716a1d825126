import Foundation

/// Reads a large file from the disk itself, not from what the kernel remembers of it.
package final class DirectReader {
    private let descriptor: Int32
    private let room = DirectAccess.makeRoom()
    /// What has been read and not yet been asked for.
    private var held: Range<Int> = 0..<0
    private var isDirect: Bool

    /// - Throws: `DiskFault`.
    package init(path: String) throws(DiskFault) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            room.deallocate()
            throw DiskFault(code: errno)
        }
        isDirect = DirectAccess.set(true, on: descriptor)
    }

    deinit {
        close(descriptor)
        room.deallocate()
    }

    /// The next bytes: as many as asked for, fewer only at the end of the file.
    package func read(_ wanted: Int) throws(DiskFault) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(wanted)
        while bytes.count < wanted {
            if held.isEmpty, try !fill() { break }
            let some = held.prefix(wanted - bytes.count)
            bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: room[some]))
            held = some.upperBound..<held.upperBound
        }
        return bytes
    }

    /// False at the end.
    private func fill() throws(DiskFault) -> Bool {
        while true {
            let count = Foundation.read(descriptor, room.baseAddress, room.count)
            if count >= 0 {
                held = 0..<count
                return count > 0
            }
            if errno == EINVAL, isDirect {
                // Behind an end that fills no block, or on a disk that wants other multiples.
                guard DirectAccess.set(false, on: descriptor) else { throw DiskFault(code: EINVAL) }
                isDirect = false
            } else if errno != EINTR {
                throw DiskFault(code: errno)
            }
        }
    }
}
