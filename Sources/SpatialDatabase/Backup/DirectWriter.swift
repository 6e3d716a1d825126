package import Foundation

/// Writes a large file straight to the disk.
package final class DirectWriter {
    private let descriptor: Int32
    private let room = DirectAccess.makeRoom()
    /// What is still to be written: the first `count` bytes of `room`, from `start` in the file on.
    private var start = 0
    private var count = 0
    private var isDirect: Bool

    /// - Parameter descriptor: of a file that is open for writing; it is closed with this.
    package init(descriptor: Int32) {
        self.descriptor = descriptor
        isDirect = DirectAccess.set(true, on: descriptor)
    }

    deinit {
        close(descriptor)
        room.deallocate()
    }

    /// Puts bytes behind those written last.
    /// - Throws: `DiskFault`, for these bytes or for some before them.
    package func append(_ bytes: some ContiguousBytes) throws {
        try bytes.withUnsafeBytes { try write($0, at: start + count) }
    }

    /// - Parameter offset: in the file.
    /// - Throws: `DiskFault`, for these bytes or for some before them.
    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws {
        if offset != start + count {
            try flush()
            start = offset
        }
        var rest = bytes
        while !rest.isEmpty {
            if count == room.count { try flush() }
            let length = min(rest.count, room.count - count)
            UnsafeMutableRawBufferPointer(rebasing: room[count...]).copyMemory(from: .init(rebasing: rest[..<length]))
            count += length
            rest = .init(rebasing: rest[length...])
        }
    }

    /// Hands over all that waits; what fills no block goes through the page cache.
    func flush() throws {
        let blocks = start % DirectAccess.block == 0 ? count - count % DirectAccess.block : 0
        let waiting = UnsafeRawBufferPointer(rebasing: room[..<count])
        try writeOut(.init(rebasing: waiting[..<blocks]), at: start)
        if blocks < count {
            let wasDirect = isDirect
            setDirect(false)
            defer { setDirect(wasDirect) }
            try writeOut(.init(rebasing: waiting[blocks...]), at: start + blocks)
        }
        start += count
        count = 0
    }

    /// Returns once the disk has all of it.
    /// - Throws: `DiskFault`.
    package func finish() throws {
        try flush()
        guard fsync(descriptor) == 0 else { throw DiskFault(code: errno) }
    }

    private func writeOut(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws {
        var done = 0
        while done < bytes.count {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
            let written = pwrite(descriptor, rest.baseAddress, rest.count, off_t(offset + done))
            if written >= 0 {
                done += written
            } else if errno == EINVAL, isDirect {
                // This disk wants other multiples.
                setDirect(false)
            } else if errno != EINTR {
                throw DiskFault(code: errno)
            }
        }
    }

    private func setDirect(_ wanted: Bool) {
        guard wanted != isDirect else { return }
        isDirect = DirectAccess.set(wanted, on: descriptor) ? wanted : isDirect
    }
}
