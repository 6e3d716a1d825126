import Foundation
import MapFormats
import MapGeometry

/// A PMTiles archive while it is written: tiles as they come, and what stands before them at the end.
///
/// A client finds the header and the root directory in the first 16 KiB; the tiles follow, and behind them stand the
/// metadata and the leaves of the directory, which the header points to. So nothing is written twice.
struct PMTilesFile {
    private var output: FileWriter
    private let compress: TileCompression
    private var entries: [PMTilesEntry] = []
    private var addressedTiles: UInt64 = 0
    private var contents: UInt64 = 0
    /// Where contents stand that may come again.
    private var known: [[UInt8]: (offset: UInt64, length: UInt32)] = [:]

    init(path: String, compress: @escaping TileCompression) throws {
        output = try FileWriter(path: path)
        self.compress = compress
        try output.append([UInt8](repeating: 0, count: PMTilesHeader.firstRead))
    }

    mutating func append(_ run: TilePyramid.Run) throws {
        let (offset, length) = try place(of: run)
        addressedTiles += run.count
        let first = PMTilesEntry.firstTile(ofZoom: run.zoom) + run.first
        if let last = entries.last, last.offset == offset, last.tile + UInt64(last.runLength) == first {
            entries[entries.count - 1] = PMTilesEntry(
                tile: last.tile, offset: offset, length: length, runLength: last.runLength + UInt32(run.count))
        } else {
            entries.append(PMTilesEntry(tile: first, offset: offset, length: length, runLength: UInt32(run.count)))
        }
        guard entries.count <= ExportError.mostTiles else { throw ExportError.tooManyTiles }
    }

    private mutating func place(of run: TilePyramid.Run) throws -> (UInt64, UInt32) {
        if run.isUniform, let place = known[run.tile] { return place }
        guard let bytes = compress(run.tile) else { throw ExportError.compression }
        let place = (UInt64(output.count - PMTilesHeader.firstRead), UInt32(bytes.count))
        try output.append(bytes)
        contents += 1
        if run.isUniform { known[run.tile] = place }
        return place
    }

    mutating func finish(metadata: JSONObject, zooms: ClosedRange<Int>, bounds: BoundingBox?) throws {
        let tiles = PMTilesHeader.Section(
            offset: UInt64(PMTilesHeader.firstRead), length: UInt64(output.count - PMTilesHeader.firstRead))
        var text: [UInt8] = []
        JSONWriter.append(metadata, to: &text)
        guard let packed = compress(text),
            let (root, leaves) = PMTilesDirectory.rootAndLeaves(of: entries, compress: compress)
        else { throw ExportError.compression }
        let metadataSection = try append(section: packed)
        let leafSection = try append(section: leaves)
        let header = PMTilesHeader(
            root: .init(offset: UInt64(PMTilesHeader.length), length: UInt64(root.count)), metadata: metadataSection,
            leaves: leafSection, tiles: tiles, addressedTiles: addressedTiles, entries: UInt64(entries.count),
            contents: contents, zooms: zooms, bounds: bounds)
        try output.finish(beginning: header.bytes + root)
    }

    private mutating func append(section bytes: [UInt8]) throws -> PMTilesHeader.Section {
        let section = PMTilesHeader.Section(offset: UInt64(output.count), length: UInt64(bytes.count))
        try output.append(bytes)
        return section
    }
}
