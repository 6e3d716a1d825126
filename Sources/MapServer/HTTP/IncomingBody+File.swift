import Curation
import Foundation
import NIOCore

extension IncomingBody {
    /// Writes the body into a new file as it comes, so that a large one takes no memory.
    /// - Parameters:
    ///   - largest: bytes.
    ///   - patience: from the first byte to the last.
    /// - Throws: `WebError.bodyTooLarge`, `.bodyTooSlow`; `ImportError.cannotStage` when the disk does not take it.
    func write(to path: String, atMost largest: Int, within patience: Duration) async throws {
        guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
            let file = FileHandle(forWritingAtPath: path)
        else { throw ImportError.cannotStage(reason: String(cString: strerror(errno))) }
        defer { try? file.close() }
        try await forEachPiece(atMost: largest, within: patience) { piece in
            do {
                try file.write(contentsOf: Data(piece.readableBytesView))
            } catch {
                throw ImportError.cannotStage(reason: error.localizedDescription)
            }
        }
    }
}
