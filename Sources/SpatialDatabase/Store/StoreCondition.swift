import Foundation
import GRDB
import Synchronization

/// Whether the disk took what was last written, and whether the store is closed.
package final class StoreCondition: Sendable {
    private let isRefusing = Atomic(false)
    private let isClosed = Atomic(false)

    /// Whether this is the first time: a connection that is gone must not be asked for anything.
    func close() -> Bool { !isClosed.exchange(true, ordering: .acquiringAndReleasing) }

    package var isWritable: Bool { !isRefusing.load(ordering: .relaxed) }

    func note(_ error: (any Error)?) {
        switch error as? StoreError {
        case .noRoom?, .unwritable?, .cannotKeepTombstones?: isRefusing.store(true, ordering: .relaxed)
        default: if error == nil { isRefusing.store(false, ordering: .relaxed) }
        }
    }
}

extension SpatialStore {
    /// Tries to write, after the disk has refused: changes nothing but a page that is written anew.
    package func tryWriting() async {
        _ = try? await write(patience: .seconds(1)) { transaction in
            try transaction.database.execute(sql: "UPDATE instance SET key = key")
        }
    }

    /// Bytes of the store and of its write-ahead log, as its folder says.
    package var sizes: (store: Int, log: Int) {
        func size(_ path: String) -> Int {
            (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
        }
        return (size(path), size(path + "-wal"))
    }

    /// How many pieces of writing wait for their turn.
    package var waitingWriters: Int { gate.length }
}
