import ArgumentParser
import Contributions
import Curation
import Foundation
import SpatialDatabase

struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write a layer out as a file.",
        discussion: "GeoJSON as of RFC 7946, GeoJSON features one a line, or CSV; in UTF-8, longitude before latitude.")

    @OptionGroup var storeOptions: StoreOptions

    @Argument(help: "The id of the layer.")
    var id: String

    @Option(help: "geojson, geojsonl or csv.")
    var format = ExportFormat.geojson

    @Option(help: ArgumentHelp("Where to write. Default: standard output", valueName: "file"))
    var output: String?

    func run() async throws {
        let store = try SpatialStore.openForReading(path: try await storeOptions.settings().store)
        let identifier = try LayerIdentifier(id)
        guard let layer = try store.layers().first(where: { $0.identifier == identifier }) else {
            throw StoreError.unknownLayer(identifier)
        }
        if let output {
            try write(layer, of: store, to: output)
        } else {
            signal(SIGPIPE, SIG_IGN)
            try store.export(layer, as: format, at: Int64(Date().timeIntervalSince1970)) {
                try FileHandle.standardOutput.write(contentsOf: $0)
            }
        }
        try store.close()
    }

    /// A file under its final name is whole: it is written beside and then moved there.
    private func write(_ layer: Layer, of store: SpatialStore, to path: String) throws {
        let partial = path + ".part"
        guard FileManager.default.createFile(atPath: partial, contents: nil),
            let file = FileHandle(forWritingAtPath: partial)
        else { throw Refusal("\(path) cannot be written: \(String(cString: strerror(errno)))") }
        do {
            try store.export(layer, as: format, at: Int64(Date().timeIntervalSince1970)) {
                try file.write(contentsOf: $0)
            }
            try file.close()
        } catch {
            try? FileManager.default.removeItem(atPath: partial)
            throw Refusal("\(path) cannot be written: \(error)")
        }
        guard rename(partial, path) == 0 else {
            throw Refusal("\(path) cannot be written: \(String(cString: strerror(errno)))")
        }
    }
}

extension ExportFormat: ExpressibleByArgument {}
