import Curation
import Foundation

/// Lets one file in at a time: reading takes processor and disk, and what is read at once would be written in turn anyway.
actor ImportDoor {
    private var isTaken = false

    /// - Throws: `WebError.importsBusy`; what `body` throws.
    func alone<Value: Sendable>(_ body: @Sendable (String) async throws -> Value) async throws -> Value {
        guard !isTaken else { throw WebError.importsBusy(seconds: 10) }
        isTaken = true
        defer { isTaken = false }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("lieudit-import-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return try await body(folder)
    }
}
