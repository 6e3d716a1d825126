import Foundation

/// A file in a format of others, made into lines of GeoJSON by a program of its own with limits and without network.
///
/// Only what that program has written is read by us.
package struct ForeignFile: Sendable {
    private let path: String
    private let format: ForeignFormat
    /// Of its positions, where the file does not say: a code of the EPSG registry.
    private let system: Int?

    /// - Parameter system: wins over what the file says.
    package init(path: String, format: ForeignFormat, system: Int? = nil) {
        self.path = URL(fileURLWithPath: path).standardizedFileURL.path
        self.format = format
        self.system = system
    }

    /// Tables that describe the others, and points that tracks are made of.
    private static let passedOver: Set<String> = ["layer_styles", "track_points", "route_points", "routes"]

    /// Writes all features of all its layers, in CRS84, into a private folder.
    /// - Returns: the path of a file of lines.
    /// - Throws: `ImportError`.
    package func lines(in folder: String) async throws -> String {
        guard let converter = Converter() else { throw ImportError.converterMissing(ending: format.rawValue) }
        guard FileManager.default.isReadableFile(atPath: path) else {
            throw ImportError.unreadable(path: path, reason: "there is no such file, or it may not be read")
        }
        do {
            let layers = try await layers(converter, folder)
            return try await written(layers, converter, folder)
        } catch let failure as Converter.Failure {
            throw ImportError.file(reason: "GDAL cannot read it: \(failure)")
        }
    }

    private func layers(_ converter: Converter, _ folder: String) async throws -> [String] {
        let told = try await converter.run(["-ro", "-so", "-al", format.source(path)], in: folder, asking: true)
        let summaries = LayerSummary.all(in: told).filter { !Self.passedOver.contains($0.name) }
        guard !summaries.isEmpty else { throw ImportError.file(reason: "there is no layer in it") }
        if system == nil, let lost = summaries.first(where: { $0.isPlaced && !$0.hasSystem }) {
            throw ImportError.file(
                reason: "the layer “\(lost.name)” does not say in which coordinate reference system its positions are;"
                    + " name it, as in --crs EPSG:2154")
        }
        return summaries.filter { $0.count != 0 }.map(\.name)
    }

    private func written(_ layers: [String], _ converter: Converter, _ folder: String) async throws -> String {
        let whole = "\(folder)/features.geojsonl"
        guard FileManager.default.createFile(atPath: whole, contents: nil, attributes: [.posixPermissions: 0o600]),
            let output = FileHandle(forWritingAtPath: whole)
        else { throw ImportError.cannotStage(reason: String(cString: strerror(errno))) }
        defer { try? output.close() }
        for (number, layer) in layers.enumerated() {
            let part = "\(folder)/\(number).geojsonl"
            // In degrees of WGS 84, longitude first, with seven decimals (RFC 7946).
            var words = ["-q", "-f", "GeoJSONSeq", "-lco", "RS=NO", "-lco", "COORDINATE_PRECISION=7", "-dim", "XY"]
            words += system.map { ["-s_srs", "EPSG:\($0)"] } ?? []
            try await converter.run(words + ["-t_srs", "OGC:CRS84", part, format.source(path), layer], in: folder)
            let input = try FileHandle(forReadingFrom: URL(fileURLWithPath: part))
            while let piece = try input.read(upToCount: 1 << 20), !piece.isEmpty { try output.write(contentsOf: piece) }
            try FileManager.default.removeItem(atPath: part)
        }
        return whole
    }
}

/// What `ogrinfo` tells of a layer.
private struct LayerSummary {
    let name: String
    private(set) var isPlaced = true
    private(set) var hasSystem = true
    private(set) var count: Int?

    static func all(in text: String) -> [LayerSummary] {
        var layers: [LayerSummary] = []
        var isSystemNext = false
        for line in text.split(separator: "\n") {
            if line.hasPrefix("Layer name: ") {
                layers.append(LayerSummary(name: String(line.dropFirst("Layer name: ".count))))
            } else if let last = layers.indices.last {
                if line == "Geometry: None" { layers[last].isPlaced = false }
                if isSystemNext { layers[last].hasSystem = line != "(unknown)" }
                if line.hasPrefix("Feature Count: ") { layers[last].count = Int(line.dropFirst(15)) }
            }
            isSystemNext = line == "Layer SRS WKT:"
        }
        return layers
    }

    private init(name: String) { self.name = name }
}
