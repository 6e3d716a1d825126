import Contributions
import Curation
import Foundation
import MapFormats
import SpatialDatabase

/// A file that a curator brings in while a server runs.
struct ImportedFile {
    let text: String

    /// So many points around 94 rue Jean-Pierre-Timbaud, all of one title.
    static func points(_ count: Int, titled title: String) throws -> ImportedFile {
        let lines = (0..<count).map { number in
            #"{"type":"Feature","geometry":{"type":"Point","coordinates":[2.3\#(number),48.87]},"properties":{"title":"\#(title)"}}"#
        }
        return ImportedFile(text: lines.joined(separator: "\n"))
    }

    /// Read, checked and put aside beside the store, as the command does.
    func staged(besideStore store: String) throws -> StagedImport {
        let file = store + "-apport-\(UUID().uuidString).geojsonl"
        try Data(text.utf8).write(to: URL(fileURLWithPath: file))
        return try ImportSource(path: file).stage(besideStore: store)
    }

    func bringIn(through layers: PublishedLayers, layer: String = "quartier") async throws {
        let staged = try staged(besideStore: layers.store.path)
        defer { staged.remove() }
        _ = try await layers.publish(staged, in: Layer(identifier: try LayerIdentifier(layer)))
    }
}
