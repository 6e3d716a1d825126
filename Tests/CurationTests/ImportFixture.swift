import Contributions
import Curation
import Foundation
import MapFormats
import SpatialDatabase
import SpatialIndex
import TestSupport

/// A store, and files to bring into it.
struct ImportFixture {
    private let temporary: TemporaryStore
    let layers: PublishedLayers
    let layer: Layer

    init() throws {
        temporary = try TemporaryStore()
        layers = try PublishedLayers(store: temporary.store)
        layer = Layer(identifier: try LayerIdentifier("apport"))
    }

    var store: SpatialStore { layers.store }
    private var folder: URL { URL(fileURLWithPath: store.path).deletingLastPathComponent() }

    /// Puts a file beside the store; its name may tell its format.
    func source(
        _ name: String, _ bytes: [UInt8], reader: ContributionReader = .init(), columns: CSVColumns.Names = .init(),
        skipsInvalid: Bool = false
    ) throws -> ImportSource {
        let file = folder.appendingPathComponent(name)
        try Data(bytes).write(to: file)
        return ImportSource(path: file.path, columns: columns, reader: reader, skipsInvalid: skipsInvalid)
    }

    func source(
        _ name: String, _ text: String, reader: ContributionReader = .init(), columns: CSVColumns.Names = .init(),
        skipsInvalid: Bool = false
    ) throws -> ImportSource {
        try source(name, Array(text.utf8), reader: reader, columns: columns, skipsInvalid: skipsInvalid)
    }

    /// Stages, publishes and takes the staged file away again, as the command does.
    @discardableResult
    func bringIn(_ source: ImportSource) async throws -> [GeoJSONFeature] {
        let staged = try source.stage(besideStore: store.path)
        defer { staged.remove() }
        let count = try await layers.publish(staged, in: layer)
        guard count == staged.count else { throw WrongCount(found: count, staged: staged.count) }
        return try published()
    }

    struct WrongCount: Error {
        let found: Int
        let staged: Int
    }

    /// What the layer publishes now, in the order of pages.
    func published(in identifier: LayerIdentifier? = nil) throws -> [GeoJSONFeature] {
        let snapshot = try layers.require(identifier ?? layer.identifier).snapshot
        return try snapshot.features(limit: .max).features.map { feature in
            try feature.withText { text, _ in try GeoJSONReader.feature(from: text) }
        }
    }

    /// Files of imports that stand beside the store.
    var leftovers: [String] {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.contains(".import-") }
        }
    }
}

/// One GeoJSON feature as text, with a point and some properties.
func feature(_ properties: String = "{}", id: String? = nil, at position: String = "[2.3795,48.868]") -> String {
    let identifier = id.map { #""id":"\#($0)","# } ?? ""
    return
        #"{"type":"Feature",\#(identifier)"geometry":{"type":"Point","coordinates":\#(position)},"properties":\#(properties)}"#
}

func collection(_ features: String...) -> String {
    "{\"type\":\"FeatureCollection\",\"features\":[\n" + features.joined(separator: ",\n") + "\n]}\n"
}
