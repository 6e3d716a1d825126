import Foundation

/// A new folder that nobody else may look into, for files on their way.
struct PrivateFolder {
    let path: String

    /// - Parameter file: beside which it is made, so that what is in it can be moved there; nil: a temporary place.
    /// - Throws: `Refusal`.
    init(besides file: String? = nil) throws {
        let parent =
            file.map { URL(fileURLWithPath: $0).deletingLastPathComponent() } ?? FileManager.default.temporaryDirectory
        path = parent.appendingPathComponent(".lieudit-\(UUID().uuidString)").path
        guard mkdir(path, 0o700) == 0 else {
            throw Refusal("no folder can be made in \(parent.path): \(String(cString: strerror(errno)))")
        }
    }

    func remove() { try? FileManager.default.removeItem(atPath: path) }
}
