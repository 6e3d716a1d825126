package import Contributions
import MapFormats
import MapGeometry
package import Projections
package import SpatialDatabase
package import SpatialIndex

/// Turns features into a file, piece by piece: first `begin`, then each feature, then `end`.
///
/// It holds nothing but the names of a table's columns, so a layer of any size is written in constant memory.
package struct LayerExport: Sendable {
    package let format: ExportFormat
    private let name: String
    private let label: ExportLabel
    private let table: CSVWriter
    private var isFirst = true
    /// How many features the format cannot hold, of those seen so far.
    package private(set) var leftOut = 0
    private var pass = GPXWriter.Pass.places
    private let isLabelled: Bool

    /// - Parameters:
    ///   - columns: the columns of a table; of no matter for the other formats.
    ///   - system: of the positions in a table, whose columns are named after it.
    ///   - isLabelled: whether lines and rows say whom to thank and under which licence, as a file on its own does.
    package init(
        format: ExportFormat, of layer: Layer, columns: ExportColumns = ExportColumns(),
        in system: CoordinateReferenceSystem = .crs84, isLabelled: Bool = true
    ) {
        self.format = format
        self.isLabelled = isLabelled
        name = layer.identifier.text
        label = ExportLabel(of: layer)
        var columns = columns
        if isLabelled { ExportLabel.names.forEach { columns.add($0) } }
        table = CSVWriter(columns, in: system)
    }

    package func begin(_ bytes: inout [UInt8]) {
        switch format {
        case .geojson:
            bytes += Array(#"{"type":"FeatureCollection","name":"#.utf8)
            JSONWriter.append(string: name, to: &bytes)
            appendLabel(to: &bytes)
            bytes += Array(#","features":["#.utf8)
        case .geojsonl: break
        case .csv: table.appendHeader(to: &bytes)
        case .kml: KMLExport.begin(label, to: &bytes)
        case .gpx: GPXExport.begin(label, to: &bytes)
        }
    }

    /// Of the whole collection, as members of our own.
    private func appendLabel(to bytes: inout [UInt8]) {
        let members = [
            ("licence", label.licence), ("attribution", label.attribution), ("positions", ExportLabel.treatment),
        ]
        for case (let name, let value?) in members {
            bytes += Array(#","\#(name)":"#.utf8)
            JSONWriter.append(string: value, to: &bytes)
        }
    }

    /// Writes a feature where `transform` places it; of formats that have a system of their own none is asked.
    package mutating func append(
        _ feature: FeatureReference, placedBy transform: CoordinateTransform?, to bytes: inout [UInt8]
    ) throws {
        guard let transform, format != .csv else {
            return try feature.withText { text, _ in try append(text, to: &bytes, placedBy: transform) }
        }
        var text: [UInt8] = []
        PublishedFeature.append(feature, placedBy: transform, to: &text)
        try text.withUnsafeBytes { try append($0, to: &bytes) }
    }

    /// - Parameters:
    ///   - feature: its GeoJSON as published.
    ///   - transform: where a table places it.
    package mutating func append(
        _ feature: UnsafeRawBufferPointer, to bytes: inout [UInt8], placedBy transform: CoordinateTransform? = nil
    ) throws {
        switch format {
        case .geojson:
            bytes += Array((isFirst ? "\n" : ",\n").utf8)
            bytes.append(contentsOf: feature)
        case .geojsonl:
            bytes.append(contentsOf: feature)
            if isLabelled { try label.complete(feature, at: &bytes) }
            bytes.append(0x0A)
        case .csv:
            table.append(row(of: try GeoJSONReader.feature(from: feature)), to: &bytes, placedBy: transform)
        case .kml: KMLExport.append(try GeoJSONReader.feature(from: feature), to: &bytes)
        case .gpx:
            if try !GPXExport.append(GeoJSONReader.feature(from: feature), in: pass, to: &bytes) { leftOut += 1 }
        }
        #if DEBUG
            SeededLeak.planted?.addColumn(to: &bytes, of: feature)
        #endif
        isFirst = false
    }

    /// In a table a cell is a place, and says by its title, too, how large it is.
    private func row(of feature: GeoJSONFeature) -> GeoJSONFeature {
        var feature = feature
        if isLabelled { feature.properties = label.completing(feature.properties) }
        guard let cell = PointOfCell(feature) else { return feature }
        feature.geometry = .point(cell.place)
        feature.properties["title"] = .string(cell.name(feature.properties["title"]?.text ?? ""))
        return feature
    }

    package func end(_ bytes: inout [UInt8]) {
        switch format {
        case .geojson: bytes += Array("\n]}\n".utf8)
        case .geojsonl, .csv: break
        case .kml: bytes += Array("</Document>\n</kml>\n".utf8)
        case .gpx: bytes += Array("</gpx>\n".utf8)
        }
    }

    /// Whether all features are to be given once more before the end: a format may want them kind by kind.
    package mutating func beginsAnotherPass() -> Bool {
        guard format == .gpx, pass == .places else { return false }
        pass = .ways
        return true
    }
}

extension SpatialStore {
    /// Writes a layer out of the store, in the order of pages, without holding more than a piece of it.
    /// - Parameter moment: seconds since 1970 UTC; what has expired by then is left out, whether or not a server has
    ///   been there to take it away.
    /// - Returns: how many features the format cannot hold.
    /// - Throws: `StoreError.unknownLayer`; what `write` throws.
    @discardableResult
    package func export(
        _ layer: Layer, as format: ExportFormat, at moment: Int64, write: ([UInt8]) throws -> Void
    ) throws -> Int {
        var leftOut = 0
        try readingPublished(in: layer.identifier, inOrder: true, at: moment) { pass in
            var columns = ExportColumns()
            if format.hasColumns { try pass.forEach { try columns.look(at: $0.feature) } }
            var export = LayerExport(format: format, of: layer, columns: columns)
            var bytes: [UInt8] = []
            export.begin(&bytes)
            repeat {
                try pass.forEach { row in
                    try export.append(row.feature, to: &bytes)
                    guard bytes.count > 1 << 16 else { return }
                    try write(bytes)
                    bytes.removeAll(keepingCapacity: true)
                }
            } while export.beginsAnotherPass()
            export.end(&bytes)
            try write(bytes)
            leftOut = export.leftOut
        }
        return leftOut
    }
}
