import Contributions
import Foundation
import MapFormats
import MapGeometry

/// Writes contributions as one GeoJSON feature a line into a file that has been claimed, in the order of Hilbert's curve,
/// in which a store takes them in fastest and reads them best.
///
/// They wait in a nameless file beside it until all are known; of each, 24 bytes are held meanwhile.
final class StagingWriter {
    private struct Line {
        let key: UInt64
        let start: Int
        let length: Int
    }

    private let handle: FileHandle
    private let waiting: FileHandle
    private var lines: [Line] = []
    private var pending: [UInt8] = []
    private var written = 0
    private let writer = GeoJSONWriter(decimals: PublishedFeature.decimals)

    init(path: String) throws(ImportError) {
        guard let handle = FileHandle(forWritingAtPath: path), let waiting = Self.nameless(beside: path) else {
            throw .cannotStage(reason: String(cString: strerror(errno)))
        }
        self.handle = handle
        self.waiting = waiting
    }

    func append(_ contribution: Contribution) throws {
        let start = pending.count
        writer.append(
            GeoJSONFeature(
                geometry: contribution.geometry, properties: try PublishedFeature.properties(of: contribution)),
            to: &pending)
        pending.append(0x0A)
        let key = contribution.geometry?.boundingBox.map { WebMercator.hilbertKey(of: $0.centre) }
        lines.append(
            Line(key: key ?? WebMercator.keyOutside, start: written + start, length: pending.count - start))
        if pending.count > 1 << 20 { try flush(to: waiting) }
    }

    func finish() throws {
        try flush(to: waiting)
        try copyInOrder()
        try handle.close()
        try waiting.close()
    }

    private func copyInOrder() throws {
        guard written > 0 else { return }
        guard let bytes = mmap(nil, written, PROT_READ, MAP_PRIVATE, waiting.fileDescriptor, 0), bytes != MAP_FAILED
        else { throw ImportError.cannotStage(reason: String(cString: strerror(errno))) }
        defer { munmap(bytes, written) }
        let all = UnsafeRawBufferPointer(start: bytes, count: written)
        // Lines of one place stay as they came.
        for line in lines.sorted(by: { ($0.key, $0.start) < ($1.key, $1.start) }) {
            pending.append(contentsOf: all[line.start..<(line.start + line.length)])
            if pending.count > 1 << 20 { try flush(to: handle) }
        }
        try flush(to: handle)
    }

    private func flush(to file: FileHandle) throws {
        do {
            try file.write(contentsOf: pending)
        } catch {
            throw ImportError.cannotStage(reason: error.localizedDescription)
        }
        if file === waiting { written += pending.count }
        pending.removeAll(keepingCapacity: true)
    }

    /// A file that its owner only may read, and which goes with whoever has it open.
    private static func nameless(beside path: String) -> FileHandle? {
        let name = path + ".waiting"
        let descriptor = open(name, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return nil }
        unlink(name)
        return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }
}
