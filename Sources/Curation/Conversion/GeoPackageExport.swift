import Foundation
import MapFormats
import MapGeometry
import Projections
import SpatialIndex

/// A layer as GeoPackage: one table for each type of geometry that is there, as map programs show them, each with a
/// style for QGIS.
struct GeoPackageExport {
    private let file: LayerFile
    private let folder: String
    private let label: ExportLabel

    init(_ file: LayerFile, in folder: String) {
        self.file = file
        self.folder = folder
        label = ExportLabel(of: file.layer)
    }

    func write(to path: String) async throws {
        guard let converter = Converter() else { throw ExportError.notInstalled(.gpkg) }
        let families = try inputs()
        for family in families {
            try await converter.convert(
                input(family), to: path, as: .gpkg, driver: "GPKG", words(family, isFirst: family == families.first),
                in: folder)
        }
        try await addStyles(of: families, to: path, by: converter)
    }

    private func input(_ family: GeometryFamily) -> String { "\(folder)/\(family.rawValue).geojson" }

    /// Writes the features of each family into a file of its own.
    private func inputs() throws -> [GeometryFamily] {
        var writers: [GeometryFamily: ConverterInput] = [:]
        try file.snapshot.forEachInOrder(matching: file.filter) { feature in
            let converted = try GeoJSONFeature(forConverters: feature)
            let family = GeometryFamily(converted.geometry)
            if writers[family] == nil { writers[family] = try ConverterInput(path: input(family)) }
            try writers[family]?.append(converted)
        }
        // A GeoPackage needs a table: that of points, with nothing in it.
        if writers.isEmpty { writers[.point] = try ConverterInput(path: input(.point)) }
        for family in Array(writers.keys) { try writers[family]?.finish() }
        return GeometryFamily.allCases.filter { writers[$0] != nil }
    }

    private func words(_ family: GeometryFamily, isFirst: Bool) -> [String] {
        let about = [label.description, label.attribution, ExportLabel.treatment].filter { !$0.isEmpty }
        var words = isFirst ? [] : ["-update"]
        words += ["-nln", table(family), "-nlt", family.converterType]
        words += ["-lco", "IDENTIFIER=\(label.title) (\(family.rawValue))"]
        words += ["-lco", "DESCRIPTION=\(about.joined(separator: " "))"]
        if family != .nowhere { words += ["-lco", "GEOMETRY_NAME=geom"] + file.system.converterWords }
        return words
    }

    private func table(_ family: GeometryFamily) -> String { "\(label.identifier)_\(family.rawValue)" }

    /// QGIS looks for a table of this name and opens each layer with the style that it finds there.
    private func addStyles(of families: [GeometryFamily], to path: String, by converter: Converter) async throws {
        var input = try ConverterInput(path: "\(folder)/styles.geojson")
        let styled = families.compactMap { family in QGISStyle.document(of: family).map { (family, $0) } }
        guard !styled.isEmpty else { return }
        for (family, style) in styled {
            let row: JSONObject = [
                "f_table_catalog": "", "f_table_schema": "", "f_table_name": .string(table(family)),
                "f_geometry_column": "geom", "styleName": "lieudit", "styleQML": .string(style), "styleSLD": "",
                "useAsDefault": true, "description": .string(label.title), "owner": "", "ui": "",
                "update_time": "1970-01-01T00:00:00Z",
            ]
            try input.append(GeoJSONFeature(geometry: nil, properties: row))
        }
        try input.finish()
        try await converter.convert(
            input.path, to: path, as: .gpkg, driver: "GPKG",
            ["-update", "-nln", "layer_styles", "-nlt", "NONE", "-lco", "FID=id"], in: folder)
    }
}

/// The types of geometry of GeoJSON, as tables of a GeoPackage are named.
enum GeometryFamily: String, CaseIterable, Sendable {
    case point, multipoint, linestring, multilinestring, polygon, multipolygon, collection, nowhere

    init(_ geometry: Geometry?) {
        self =
            switch geometry {
            case .point: .point
            case .multiPoint: .multipoint
            case .lineString: .linestring
            case .multiLineString: .multilinestring
            case .polygon: .polygon
            case .multiPolygon: .multipolygon
            case .geometryCollection: .collection
            case nil: .nowhere
            }
    }

    fileprivate var converterType: String {
        switch self {
        case .collection: "GEOMETRYCOLLECTION"
        case .nowhere: "NONE"
        default: rawValue.uppercased()
        }
    }
}
