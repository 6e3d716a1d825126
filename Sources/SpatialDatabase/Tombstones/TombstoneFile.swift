import Contributions
package import Foundation
import Synchronization

/// Where a store writes down, outside of itself, what must never come back: a backup restored later forgets it too.
///
/// An entry is on the disk before the transaction that erases is committed. So no erasure is kept, let alone
/// acknowledged, that this file does not know; one that it knows and the store does not is carried out later.
package final class TombstoneFile: Sendable {
    private struct State {
        var length: Int
        var position: TombstonePosition
    }

    package let path: String
    private let descriptor: Int32
    private let state: Mutex<State>

    /// Opens the file, or makes it, and cuts off a last line that was never whole.
    ///
    /// - Throws: `StoreError.cannotKeepTombstones`; `StoreError.damagedTombstones`.
    init(path: String) throws {
        self.path = path
        let isNew = !FileManager.default.fileExists(atPath: path)
        descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.fault(path) }
        state = Mutex(State(length: 0, position: TombstonePosition(count: 0, check: TombstoneList.firstCheck)))
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw StoreError.cannotKeepTombstones(path: path, reason: "another store uses it")
        }
        if isNew || lseek(descriptor, 0, SEEK_END) == 0 {
            try write((TombstoneList.heading + "\n"))
            try syncFolder()
        }
        let list = try TombstoneList(path: path)
        guard ftruncate(descriptor, off_t(list.length)) == 0 else { throw Self.fault(path) }
        state.withLock { $0 = State(length: list.length, position: list.position) }
    }

    deinit { close(descriptor) }

    package var position: TombstonePosition { state.withLock { $0.position } }

    /// Adds entries and returns once the disk has them; nothing of them stays when it cannot.
    /// - Throws: `StoreError.cannotKeepTombstones`.
    func append(_ tombstones: [Tombstone], at moment: Date = Date()) throws {
        guard !tombstones.isEmpty else { return }
        try append(tombstones.map(Optional.some), at: moment)
    }

    /// Notes that the file was kept until now.
    package func mark(at moment: Date = Date()) throws { try append([nil], at: moment) }

    private func append(_ tombstones: [Tombstone?], at moment: Date) throws {
        try state.withLock { state in
            var (text, check) = ("", state.position.check)
            for tombstone in tombstones {
                let line = TombstoneList.line(tombstone, moment: moment.formatted(.iso8601), after: check)
                (text, check) = (text + line.text, line.check)
            }
            lseek(descriptor, off_t(state.length), SEEK_SET)
            do {
                try write(text)
            } catch {
                // Best effort: what is left of it is written over by the next, or fails its check.
                ftruncate(descriptor, off_t(state.length))
                throw error
            }
            state.length += text.utf8.count
            state.position = TombstonePosition(count: state.position.count + tombstones.count, check: check)
        }
    }

    private func write(_ text: String) throws {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { throw Self.fault(path) }
            bytes = bytes.dropFirst(count)
        }
        guard fsync(descriptor) == 0 else { throw Self.fault(path) }
    }

    /// A new file is on the disk only once its folder is.
    private func syncFolder() throws {
        let folder = open(URL(fileURLWithPath: path).deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
        guard folder >= 0 else { throw Self.fault(path) }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw Self.fault(path) }
    }

    private static func fault(_ path: String) -> StoreError {
        .cannotKeepTombstones(path: path, reason: String(cString: strerror(errno)))
    }
}
