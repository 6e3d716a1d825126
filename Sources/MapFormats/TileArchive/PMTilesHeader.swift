package import MapGeometry

/// The first 127 bytes of a PMTiles archive of vector tiles.
///
/// Source: PMTiles Specification 3.4, section 3, "Header": little-endian, in this order.
package struct PMTilesHeader: Equatable, Sendable {
    /// A piece of the file, in bytes.
    package struct Section: Equatable, Sendable {
        package let offset: UInt64
        package let length: UInt64

        package init(offset: UInt64, length: UInt64) {
            self.offset = offset
            self.length = length
        }
    }

    package static let length = 127
    /// A client reads so many bytes first, and must find the root directory in them.
    package static let firstRead = 16_384
    package static let largestRoot = firstRead - length

    package var root: Section
    package var metadata: Section
    package var leaves: Section
    package var tiles: Section
    /// Tiles that there are, those in runs counted one by one.
    package var addressedTiles: UInt64
    package var entries: UInt64
    /// Tiles that differ.
    package var contents: UInt64
    package var zooms: ClosedRange<Int>
    /// Nil for an archive without tiles.
    package var bounds: BoundingBox?

    package init(
        root: Section, metadata: Section, leaves: Section, tiles: Section, addressedTiles: UInt64, entries: UInt64,
        contents: UInt64, zooms: ClosedRange<Int>, bounds: BoundingBox?
    ) {
        self.root = root
        self.metadata = metadata
        self.leaves = leaves
        self.tiles = tiles
        self.addressedTiles = addressedTiles
        self.entries = entries
        self.contents = contents
        self.zooms = zooms
        self.bounds = bounds
    }

    private static let version: UInt8 = 3
    private static let gzip: UInt8 = 2
    private static let vectorTiles: UInt8 = 1

    package var bytes: [UInt8] {
        var bytes = Array("PMTiles".utf8) + [Self.version]
        for section in [root, metadata, leaves, tiles] {
            Self.append(section.offset, to: &bytes)
            Self.append(section.length, to: &bytes)
        }
        for count in [addressedTiles, entries, contents] { Self.append(count, to: &bytes) }
        let isClustered: UInt8 = 1
        bytes += [isClustered, Self.gzip, Self.gzip, Self.vectorTiles]
        bytes += [UInt8(zooms.lowerBound), UInt8(zooms.upperBound)]
        let bounds = bounds ?? BoundingBox(uncheckedWest: 0, south: 0, east: 0, north: 0)
        for degrees in [bounds.west, bounds.south, bounds.east, bounds.north] { Self.append(degrees, to: &bytes) }
        bytes.append(UInt8(zooms.upperBound))
        Self.append(bounds.centre.longitude, to: &bytes)
        Self.append(bounds.centre.latitude, to: &bytes)
        return bytes
    }

    private static func append(_ number: some FixedWidthInteger, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }

    /// In units of 10⁻⁷ degrees.
    private static func append(_ degrees: Double, to bytes: inout [UInt8]) {
        append(Int32((degrees * 10_000_000).rounded()), to: &bytes)
    }
}
