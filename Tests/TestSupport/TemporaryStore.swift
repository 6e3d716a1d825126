package import Foundation
package import SpatialDatabase

/// A real store in a folder of its own, which goes with it.
package final class TemporaryStore: Sendable {
    package let store: SpatialStore
    package let path: String
    package let folder: URL

    package init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("lieudit-\(UUID().uuidString)")
        path = folder.appendingPathComponent("store.sqlite").path
        store = try SpatialStore.openForWriting(path: path)
    }

    deinit {
        try? store.close()
        try? FileManager.default.removeItem(at: folder)
    }
}
