import MapFormats
import MapGeometry
import Projections

/// Which columns a table of features needs, learnt by looking at each of them once.
package struct ExportColumns: Sendable {
    package private(set) var names = [
        "kind", "title", "text", "theme", "when", "lang", "precision", "author", "licence",
    ]
    package private(set) var hasShapes = false
    /// A cell is no shape where its name stands beside its middle.
    private var hasCells = false
    private lazy var known = Set(names)

    package init() {}

    package mutating func look(at feature: UnsafeRawBufferPointer) throws {
        let feature = try GeoJSONReader.feature(from: feature)
        switch feature.geometry {
        case nil, .point: break
        case _ where PointOfCell(feature) != nil: hasCells = true
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
        if hasCells, !chosen.contains("cell") { columns.hasShapes = true }
        return columns
    }
}

extension CSVWriter {
    /// In CRS84 the columns are "lon" and "lat". In another system "x_2154" and "y_2154", eastward and northward
    /// whatever the order of its authority: nobody takes them for degrees.
    init(_ columns: ExportColumns, in system: CoordinateReferenceSystem) {
        switch system {
        case .crs84:
            self.init(
                properties: columns.names, hasGeometryColumn: columns.hasShapes, decimals: PublishedFeature.decimals)
        case .epsg(let code):
            self.init(
                properties: columns.names, hasGeometryColumn: columns.hasShapes, decimals: PublishedFeature.decimals,
                eastward: "x_\(code)", northward: "y_\(code)")
        }
    }

    func append(_ feature: GeoJSONFeature, to bytes: inout [UInt8], placedBy transform: CoordinateTransform?) {
        guard let transform else { return append(feature, to: &bytes) }
        append(feature, to: &bytes) { transform.eastwardFirst($0) }
    }
}
