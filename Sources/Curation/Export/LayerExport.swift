package import Contributions
import MapFormats
import MapGeometry
package import SpatialDatabase

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

    /// - Parameter columns: the columns of a table; of no matter for the other formats.
    package init(format: ExportFormat, of layer: Layer, columns: ExportColumns = ExportColumns()) {
        self.format = format
        name = layer.identifier.text
        label = ExportLabel(of: layer)
        table = CSVWriter(
            properties: columns.names, hasGeometryColumn: columns.hasShapes, decimals: PublishedFeature.decimals)
    }

    package func begin(_ bytes: inout [UInt8]) {
        switch format {
        case .geojson:
            bytes += Array(#"{"type":"FeatureCollection","name":"#.utf8)
            JSONWriter.append(string: name, to: &bytes)
            bytes += Array(#","features":["#.utf8)
        case .geojsonl: break
        case .csv: table.appendHeader(to: &bytes)
        case .kml: KMLExport.begin(label, to: &bytes)
        case .gpx: GPXExport.begin(label, to: &bytes)
        }
    }

    /// - Parameter feature: its GeoJSON as published.
    package mutating func append(_ feature: UnsafeRawBufferPointer, to bytes: inout [UInt8]) throws {
        switch format {
        case .geojson:
            bytes += Array((isFirst ? "\n" : ",\n").utf8)
            bytes.append(contentsOf: feature)
        case .geojsonl:
            bytes.append(contentsOf: feature)
            bytes.append(0x0A)
        case .csv:
            table.append(try GeoJSONReader.feature(from: feature), to: &bytes)
        case .kml: KMLExport.append(try GeoJSONReader.feature(from: feature), to: &bytes)
        case .gpx:
            if try !GPXExport.append(GeoJSONReader.feature(from: feature), in: pass, to: &bytes) { leftOut += 1 }
        }
        #if DEBUG
            SeededLeak.planted?.addColumn(to: &bytes, of: feature)
        #endif
        isFirst = false
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

/// Which columns a table of features needs, learnt by looking at each of them once.
package struct ExportColumns: Sendable {
    package private(set) var names = [
        "kind", "title", "text", "theme", "when", "lang", "precision", "author", "licence",
    ]
    package private(set) var hasShapes = false
    private lazy var known = Set(names)

    package init() {}

    package mutating func look(at feature: UnsafeRawBufferPointer) throws {
        let feature = try GeoJSONReader.feature(from: feature)
        switch feature.geometry {
        case nil, .point: break
        default: hasShapes = true
        }
        for member in feature.properties.members where known.insert(member.name).inserted { names.append(member.name) }
    }

    /// One column more, behind the others.
    package mutating func add(_ name: String) {
        if known.insert(name).inserted { names.append(name) }
    }

    /// Only those columns that are among `chosen`.
    package func keeping(_ chosen: Set<String>) -> ExportColumns {
        var columns = self
        columns.names = names.filter { chosen.contains($0) }
        columns.known = Set(columns.names)
        return columns
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
