import Contributions
import Foundation
import MapFormats

/// Writes contributions as one GeoJSON feature a line into a file that has been claimed.
final class StagingWriter {
    private let handle: FileHandle
    private var pending: [UInt8] = []
    private let writer = GeoJSONWriter(decimals: PublishedFeature.decimals)

    init(path: String) throws(ImportError) {
        guard let handle = FileHandle(forWritingAtPath: path) else {
            throw .cannotStage(reason: String(cString: strerror(errno)))
        }
        self.handle = handle
    }

    func append(_ contribution: Contribution) throws {
        writer.append(
            GeoJSONFeature(
                geometry: contribution.geometry, properties: try PublishedFeature.properties(of: contribution)),
            to: &pending)
        pending.append(0x0A)
        if pending.count > 1 << 20 { try flush() }
    }

    func finish() throws {
        try flush()
        try handle.close()
    }

    private func flush() throws {
        do {
            try handle.write(contentsOf: pending)
        } catch {
            throw ImportError.cannotStage(reason: error.localizedDescription)
        }
        pending.removeAll(keepingCapacity: true)
    }
}
