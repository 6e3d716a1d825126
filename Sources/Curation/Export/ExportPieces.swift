package import Contributions
package import Projections
package import SpatialIndex

/// A layer, or what of it matches, as a file in pieces: the next one each time that it is asked.
package struct ExportPieces: Sendable {
    private let snapshot: IndexSnapshot
    private let filter: FeatureFilter
    private let system: CoordinateReferenceSystem
    private let systems: ReferenceSystems
    private var export: LayerExport
    private var after: PageKey?
    private var hasBegun = false
    private var hasEnded = false

    private static let size = 500

    /// Looks at each feature for the columns of a table.
    package init(
        _ layer: Layer, _ snapshot: IndexSnapshot, matching filter: FeatureFilter, as format: ExportFormat,
        in system: CoordinateReferenceSystem = .crs84, among systems: ReferenceSystems
    ) throws {
        self.snapshot = snapshot
        self.filter = filter
        self.system = system
        self.systems = systems
        var columns = ExportColumns()
        if format.hasColumns {
            try snapshot.forEachInOrder(matching: filter) { try $0.withText { text, _ in try columns.look(at: text) } }
        }
        export = LayerExport(format: format, of: layer, columns: columns, in: system)
    }

    /// The whole layer in a system of the EPSG registry.
    /// - Throws: `ProjectionError` for one that PROJ knows no way to.
    package init(
        _ layer: Layer, _ snapshot: IndexSnapshot, as format: ExportFormat, inEPSG code: Int
    ) throws {
        try self.init(
            layer, snapshot, matching: .all, as: format, in: .epsg(code), among: ReferenceSystems(adding: [code]))
    }

    /// Nil behind the last.
    /// - Throws: `ProjectionError` when PROJ fails.
    package mutating func next() throws -> [UInt8]? {
        if hasEnded { return nil }
        var bytes: [UInt8] = []
        if !hasBegun { export.begin(&bytes) }
        hasBegun = true
        let page = snapshot.features(matching: filter, after: after, limit: Self.size)
        try append(page, to: &bytes)
        after = page.next
        if page.next == nil, !export.beginsAnotherPass() {
            export.end(&bytes)
            hasEnded = true
        }
        return bytes
    }

    private mutating func append(_ page: FeaturePage, to bytes: inout [UInt8]) throws {
        if system == .crs84 { return try append(page, to: &bytes, placedBy: nil) }
        try systems.transforming(to: system) { transform in
            Result { try append(page, to: &bytes, placedBy: transform) }
        }.get()
    }

    private mutating func append(
        _ page: FeaturePage, to bytes: inout [UInt8], placedBy transform: CoordinateTransform?
    ) throws {
        for feature in page.features { try export.append(feature, placedBy: transform, to: &bytes) }
    }
}
