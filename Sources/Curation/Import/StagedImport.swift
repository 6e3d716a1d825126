import Foundation
import MapFormats

/// Contributions that have been read, checked and put aside beside the store, ready to be written at once.
///
/// The file holds one GeoJSON feature a line, in our own writing, and can be read by its owner only. Hostile
/// input is parsed by the command that imports it and never by the server, which takes over this file.
package struct StagedImport: Sendable {
    package let path: String
    package var count: Int
    /// Held by the process that has put the file aside; nil in the one that takes it over.
    private let claim: StagingClaim?

    /// A name for a new one beside a store, absolute: the server that takes it over may run in another folder.
    package static func newPath(besideStore store: String) -> String {
        prefix(besideStore: store) + String(UInt64.random(in: .min ... .max), radix: 36) + ".geojsonl"
    }

    private static func prefix(besideStore store: String) -> String {
        URL(fileURLWithPath: store).standardizedFileURL.path + infix
    }

    private static let infix = ".import-"

    /// A file put aside earlier, as a message names it.
    /// - Throws: `ImportError.notStaged` for any path that is not one of ours beside `store`.
    package init(path: String, count: Int, besideStore store: String) throws(ImportError) {
        let prefix = StagedImport.prefix(besideStore: store)
        guard URL(fileURLWithPath: path).standardizedFileURL.path == path, path.hasPrefix(prefix),
            !path.dropFirst(prefix.count).contains("/")
        else { throw .notStaged(path: path) }
        self.path = path
        self.count = count
        claim = nil
    }

    /// A new, empty one.
    init(path: String) throws(ImportError) {
        guard let claim = StagingClaim(path: path, creates: true) else {
            throw .cannotStage(reason: String(cString: strerror(errno)))
        }
        self.path = path
        self.claim = claim
        count = 0
    }

    package func remove() {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Takes away what imports have left that ended without a chance to; those that still run keep theirs.
    package static func removeLeftovers(besideStore store: String) {
        let url = URL(fileURLWithPath: store).standardizedFileURL
        let folder = url.deletingLastPathComponent()
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        for name in names where name.hasPrefix(url.lastPathComponent + infix) {
            let file = folder.appendingPathComponent(name)
            if StagingClaim(path: file.path, creates: false) != nil { try? FileManager.default.removeItem(at: file) }
        }
    }
}
