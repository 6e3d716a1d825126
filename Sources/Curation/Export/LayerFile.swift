package import Contributions
import Foundation
package import MapFormats
package import Projections
package import SpatialDatabase
package import SpatialIndex

/// A layer, or what of it matches, to be written as a whole file.
package struct LayerFile: Sendable {
    package let layer: Layer
    package let snapshot: IndexSnapshot
    package let filter: FeatureFilter
    package let system: CoordinateReferenceSystem
    private let compressor: @Sendable () -> TileCompression

    /// - Parameters:
    ///   - system: in which positions are written; archives of tiles have their own.
    ///   - compressor: gives each piece of work a way of its own to compress.
    package init(
        _ layer: Layer, snapshot: IndexSnapshot, matching filter: FeatureFilter = .all,
        in system: CoordinateReferenceSystem = .crs84, compressor: @escaping @Sendable () -> TileCompression
    ) {
        self.layer = layer
        self.snapshot = snapshot
        self.filter = filter
        self.system = system
        self.compressor = compressor
    }

    /// How many features the format cannot hold.
    package func leftOut(of format: FileFormat) -> Int {
        guard !format.holdsFeaturesWithoutPlace else { return 0 }
        var count = 0
        snapshot.forEachInOrder(matching: filter) { if $0.geometry == nil { count += 1 } }
        return count
    }

    /// Writes the file in a folder where nothing else is, under any name.
    /// - Throws: `ExportError`, `DatabaseError`; what is in the folder then is of no use.
    package func write(_ format: FileFormat, in folder: String) async throws -> String {
        let path = "\(folder)/\(layer.identifier).\(format.rawValue)"
        switch format {
        case .pmtiles: try archive.writePMTiles(to: path)
        case .mbtiles: try archive.writeMBTiles(to: path)
        case .gpkg: try await GeoPackageExport(self, in: folder).write(to: path)
        case .fgb: try await FlatGeobufExport(self, in: folder).write(to: path)
        }
        return path
    }

    private var archive: TileArchive {
        TileArchive(layer, snapshot: snapshot, matching: filter, compress: compressor())
    }
}

extension SpatialStore {
    /// A layer as the public sees it, read out of the store for one piece of work.
    /// - Parameter moment: seconds since 1970 UTC; what has expired by then is left out.
    /// - Throws: `StoreError.unknownLayer`.
    package func snapshot(of layer: Layer, at moment: Int64) throws -> IndexSnapshot {
        var builder = PublishedLayerBuilder(layer: layer)
        try readingPublished(in: layer.identifier, at: moment) { pass in try pass.forEach { builder.append($0) } }
        return builder.build().snapshot
    }
}
