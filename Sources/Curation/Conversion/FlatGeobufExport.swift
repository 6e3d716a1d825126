import Foundation
import MapFormats
import Projections
import SpatialIndex

/// A layer as FlatGeobuf: features that stand nowhere have no place in it, and the licence stands in each.
struct FlatGeobufExport {
    private let file: LayerFile
    private let folder: String

    init(_ file: LayerFile, in folder: String) {
        self.file = file
        self.folder = folder
    }

    func write(to path: String) async throws {
        guard let converter = Converter() else { throw ExportError.notInstalled(.fgb) }
        var input = try ConverterInput(path: "\(folder)/features.geojson")
        let label = ExportLabel(of: file.layer)
        try file.snapshot.forEachInOrder(matching: file.filter) { feature in
            guard feature.geometry != nil else { return }
            try input.append(GeoJSONFeature(forConverters: feature, attribution: label.attribution))
        }
        try input.finish()
        try await converter.convert(
            input.path, to: path, as: .fgb, driver: "FlatGeobuf",
            ["-nln", label.identifier] + file.system.converterWords,
            in: folder)
    }
}

extension Converter {
    /// Converts one file, which goes then.
    /// - Throws: `ExportError.conversionFailed`.
    func convert(
        _ input: String, to output: String, as format: FileFormat, driver: String, _ words: [String],
        in folder: String
    ) async throws {
        do {
            try await run(["-q", "-f", driver, output, input] + words, in: folder)
        } catch let failure as Failure {
            throw ExportError.conversionFailed(format, reason: failure.description)
        }
        try? FileManager.default.removeItem(atPath: input)
    }
}

extension Converter.Failure: CustomStringConvertible {
    package var description: String {
        switch self {
        case .tookTooLong: "it took too long"
        case .stopped: "it was stopped at a limit of time, memory or file size"
        case .refused(let complaint): complaint.isEmpty ? "GDAL gave no reason" : complaint
        }
    }
}

extension CoordinateReferenceSystem {
    /// How a converter is told to write in it: formats have longitude or easting first, whatever the registry says.
    var converterWords: [String] {
        switch self {
        case .crs84: []
        case .epsg(let code): ["-t_srs", "EPSG:\(code)"]
        }
    }
}
