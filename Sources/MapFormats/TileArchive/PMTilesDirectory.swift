/// One run of tiles in a PMTiles archive that have the same content, or a directory of such runs.
package struct PMTilesEntry: Equatable, Sendable {
    /// The number of the first tile: all tiles of lower zooms, then those of its zoom along Hilbert's curve.
    package let tile: UInt64
    /// From the beginning of the tiles' data, or of the leaf directories, in bytes.
    package let offset: UInt64
    package let length: UInt32
    /// How many tiles in a row; 0 for a leaf directory.
    package let runLength: UInt32

    package init(tile: UInt64, offset: UInt64, length: UInt32, runLength: UInt32) {
        self.tile = tile
        self.offset = offset
        self.length = length
        self.runLength = runLength
    }

    /// How many tiles all zooms before one have: (4^zoom − 1) / 3.
    package static func firstTile(ofZoom zoom: Int) -> UInt64 { ((1 << UInt64(2 * zoom)) - 1) / 3 }
}

/// Where the tiles of an archive are, in ascending order of their numbers.
///
/// Source: PMTiles Specification 3.4, section 4, "Directories".
package enum PMTilesDirectory {
    /// A directory before compression: columns of varints, each as small as it can be.
    package static func bytes(of entries: ArraySlice<PMTilesEntry>) -> [UInt8] {
        var buffer = ProtocolBuffer(capacity: entries.count * 6)
        buffer.append(varint: UInt64(entries.count))
        var last: UInt64 = 0
        for entry in entries {
            buffer.append(varint: entry.tile - last)
            last = entry.tile
        }
        for entry in entries { buffer.append(varint: UInt64(entry.runLength)) }
        for entry in entries { buffer.append(varint: UInt64(entry.length)) }
        var following: UInt64?
        for entry in entries {
            // 0 says "right behind the one before", so that all others count from 1.
            buffer.append(varint: entry.offset == following ? 0 : entry.offset + 1)
            following = entry.offset + UInt64(entry.length)
        }
        return Array(buffer.bytes)
    }

    /// A root directory that fits its place, and the leaves that it points to where it cannot hold all itself.
    /// - Parameter compress: what the archive's header says directories are compressed with; nil when it fails.
    /// - Returns: both compressed; nil when compression fails.
    package static func rootAndLeaves(
        of entries: [PMTilesEntry], compress: ([UInt8]) -> [UInt8]?
    ) -> (root: [UInt8], leaves: [UInt8])? {
        guard let whole = compress(bytes(of: entries[...])) else { return nil }
        if whole.count <= PMTilesHeader.largestRoot { return (whole, []) }
        var size = smallestLeaf
        while true {
            guard let split = split(entries, leafSize: size, compress: compress) else { return nil }
            if split.root.count <= PMTilesHeader.largestRoot { return split }
            size *= 2
        }
    }

    /// Entries in a leaf to begin with, which a client reads in one small request.
    private static let smallestLeaf = 4_096

    private static func split(
        _ entries: [PMTilesEntry], leafSize: Int, compress: ([UInt8]) -> [UInt8]?
    ) -> (root: [UInt8], leaves: [UInt8])? {
        var leaves: [UInt8] = []
        var pointers: [PMTilesEntry] = []
        for start in stride(from: 0, to: entries.count, by: leafSize) {
            let part = entries[start..<min(start + leafSize, entries.count)]
            guard let leaf = compress(bytes(of: part)) else { return nil }
            pointers.append(
                PMTilesEntry(
                    tile: entries[start].tile, offset: UInt64(leaves.count), length: UInt32(leaf.count), runLength: 0))
            leaves += leaf
        }
        return compress(bytes(of: pointers[...])).map { ($0, leaves) }
    }
}
