package import Contributions
import Foundation
import MapFormats
import MapGeometry
import SpatialDatabase
package import SpatialIndex

/// Compresses with gzip; nil when there is no memory left to do it.
package typealias TileCompression = ([UInt8]) -> [UInt8]?

/// The vector tiles of a layer, zooms 0 to 14, in one file.
package struct TileArchive {
    private let label: ExportLabel
    private let snapshot: IndexSnapshot
    private let filter: FeatureFilter
    private let pyramid: TilePyramid
    private let compress: TileCompression

    package init(
        _ layer: Layer, snapshot: IndexSnapshot, matching filter: FeatureFilter, compress: @escaping TileCompression
    ) {
        label = ExportLabel(of: layer)
        self.snapshot = snapshot
        self.filter = filter
        self.compress = compress
        pyramid = TilePyramid(of: layer.identifier, snapshot: snapshot, matching: filter)
    }

    /// - Parameter path: where no file is yet.
    /// - Throws: `ExportError`; what is there then is of no use.
    package func writePMTiles(to path: String) throws {
        var file = try PMTilesFile(path: path, compress: compress)
        var survey = AttributeSurvey()
        try pyramid.forEachRun(feature: { survey.look(at: $0) }) { try file.append($0) }
        var metadata = JSONObject(description.map { ($0.name, .string($0.value)) })
        metadata["vector_layers"] = survey.layers(of: label, zooms: TilePyramid.zooms)
        try file.finish(metadata: metadata, zooms: TilePyramid.zooms, bounds: bounds)
    }

    /// - Parameter path: where no file is yet.
    /// - Throws: `ExportError`, `DatabaseError`; what is there then is of no use.
    package func writeMBTiles(to path: String) throws {
        let file = try TileDatabase(path: path)
        var batch = TileBatch(file, compress: compress)
        var survey = AttributeSurvey()
        try pyramid.forEachRun(feature: { survey.look(at: $0) }) { try batch.append($0) }
        try batch.flush()
        var json: [UInt8] = []
        let layers: JSONObject = ["vector_layers": survey.layers(of: label, zooms: TilePyramid.zooms)]
        JSONWriter.append(layers, to: &json)
        var metadata = description + [("format", "pbf"), ("json", String(decoding: json, as: UTF8.self))]
        metadata += [("minzoom", "\(TilePyramid.zooms.lowerBound)"), ("maxzoom", "\(TilePyramid.zooms.upperBound)")]
        if let bounds {
            metadata.append(("bounds", [bounds.west, bounds.south, bounds.east, bounds.north].text))
            metadata.append(("center", [bounds.centre.longitude, bounds.centre.latitude].text + ",10"))
        }
        try file.finish(metadata: metadata)
    }

    private var description: [(name: String, value: String)] {
        var description = [("name", label.title), ("attribution", label.attribution.asMarkup)]
        description.append(("description", [label.description, ExportLabel.treatment].joinedText))
        if let licence = label.licence { description.append(("license", licence)) }
        return description + [("type", "overlay"), ("version", "1")]
    }

    /// Around what is in it, west ≤ east; nil when nothing stands anywhere.
    private var bounds: BoundingBox? {
        if filter.isAll { return snapshot.extent }
        var bounds: BoundingBox?
        snapshot.forEachInOrder(matching: filter) { feature in
            // A box across the antimeridian is written from −180 to 180.
            for part in feature.geometry?.boundingBox?.parts ?? [] { bounds = bounds?.union(part) ?? part }
        }
        return bounds
    }
}

/// Tiles on their way into an MBTiles file, some thousands in a transaction.
private struct TileBatch {
    private let file: TileDatabase
    private let compress: TileCompression
    private var contents: [TileDatabase.Content] = []
    private var number: Int64 = 0
    private var count = 0
    /// The numbers of contents that may come again.
    private var known: [[UInt8]: Int64] = [:]

    init(_ file: TileDatabase, compress: @escaping TileCompression) {
        self.file = file
        self.compress = compress
    }

    mutating func append(_ run: TilePyramid.Run) throws {
        count += Int(run.count)
        // Each tile of a run is a row here.
        guard count <= ExportError.mostTiles else { throw ExportError.tooManyTiles }
        if run.isUniform, let known = known[run.tile] {
            contents.append(.init(number: known, bytes: nil, addresses: run.addresses))
        } else {
            guard let bytes = compress(run.tile) else { throw ExportError.compression }
            number += 1
            if run.isUniform { known[run.tile] = number }
            contents.append(.init(number: number, bytes: bytes, addresses: run.addresses))
        }
        if contents.count >= 4_096 { try flush() }
    }

    mutating func flush() throws {
        try file.append(contents)
        contents.removeAll(keepingCapacity: true)
    }
}

extension [Double] {
    /// Degrees with commas between them.
    fileprivate var text: String { map { JSONWriter.text(of: .number($0)) }.joined(separator: ",") }
}

extension [String] {
    fileprivate var joinedText: String { filter { !$0.isEmpty }.joined(separator: " ") }
}

extension String {
    /// Maps set an attribution into their page as markup: what people wrote must stay text there.
    fileprivate var asMarkup: String {
        [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;"), ("'", "&#39;")]
            .reduce(self) { $0.replacing($1.0, with: $1.1) }
    }
}
