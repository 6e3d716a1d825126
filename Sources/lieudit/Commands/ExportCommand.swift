import ArgumentParser
import Contributions
import Curation
import Foundation
import MapServer
import SpatialDatabase

struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write a layer out as a file.",
        discussion: """
            GeoJSON as of RFC 7946, GeoJSON features one a line, CSV, KML or GPX; in UTF-8, longitude before latitude. \
            Archives of vector tiles, zooms 0 to 14: PMTiles, MBTiles. With GDAL (Debian package gdal-bin): GeoPackage \
            and FlatGeobuf.
            """)

    @OptionGroup var storeOptions: StoreOptions

    @Argument(help: "The id of the layer.")
    var id: String

    @Option(
        help: "\(ExportChoice.names). Default: told from the name of the output, else geojson")
    var format: ExportChoice?

    @Option(help: ArgumentHelp("Where to write. Default: standard output", valueName: "file"))
    var output: String?

    @Option(
        help: ArgumentHelp(
            "The coordinate reference system of GeoJSON, CSV, GeoPackage or FlatGeobuf. Default: WGS 84",
            valueName: "EPSG:code"))
    var crs: ReferenceSystemName?

    @Flag(
        name: .customLong("pending"),
        help:
            "With what nobody has decided about yet; each feature says its state. For those who look after the layer only: not to be published"
    )
    var isCurated = false

    func run() async throws {
        let settings = try await storeOptions.settings()
        let store = try SpatialStore.openForReading(path: settings.store)
        let identifier = try LayerIdentifier(id)
        guard let layer = try store.layers().first(where: { $0.identifier == identifier }) else {
            throw StoreError.unknownLayer(identifier)
        }
        let choice = format ?? output.flatMap(ExportChoice.init(fileName:)) ?? .stream(.geojson)
        if crs != nil, !choice.takesReferenceSystem {
            throw Refusal("--crs is for GeoJSON, CSV, GeoPackage and FlatGeobuf only")
        }
        if isCurated { try requireCuratable(choice) }
        let localTime = try settings.localTime()
        switch choice {
        case .stream(let format): try write(layer, of: store, as: format, localTime)
        case .file(let format): try await write(layer, of: store, as: format)
        }
        try store.close()
    }

    private var now: Int64 { Int64(Date().timeIntervalSince1970) }

    private func requireCuratable(_ choice: ExportChoice) throws {
        guard case .stream(let format) = choice, CuratedExport.formats.contains(format) else {
            throw Refusal("--pending is for geojson, geojsonl and csv only")
        }
        if crs != nil { throw Refusal("--pending writes WGS 84 only; leave --crs out") }
    }

    private func write(
        _ layer: Layer, of store: SpatialStore, as format: ExportFormat, _ localTime: LocalTime
    ) throws {
        guard let output else {
            signal(SIGPIPE, SIG_IGN)
            let leftOut = try write(layer, of: store, as: format, localTime) {
                try FileHandle.standardOutput.write(contentsOf: $0)
            }
            return Self.say(leftOut: leftOut, of: format.title)
        }
        try replacing(output) { partial in
            // What is not public is its owner's to read.
            let rights: [FileAttributeKey: Any]? = isCurated ? [.posixPermissions: 0o600] : nil
            guard FileManager.default.createFile(atPath: partial, contents: nil, attributes: rights),
                let file = FileHandle(forWritingAtPath: partial)
            else { throw Refusal(String(cString: strerror(errno))) }
            let leftOut = try write(layer, of: store, as: format, localTime) { try file.write(contentsOf: $0) }
            try file.close()
            Self.say(leftOut: leftOut, of: format.title)
        }
    }

    /// Returns how many features the format cannot hold.
    private func write(
        _ layer: Layer, of store: SpatialStore, as format: ExportFormat, _ localTime: LocalTime,
        to write: ([UInt8]) throws -> Void
    ) throws -> Int {
        if isCurated {
            let moment = now
            var pieces = try CuratedExport(layer, of: store, as: format, in: localTime) {
                try store.snapshot(of: layer, at: moment)
            }
            while let piece = try pieces.next() { try write(piece) }
            return 0
        }
        guard let crs else { return try store.export(layer, as: format, at: now, write: write) }
        var pieces = try ExportPieces(
            layer, store.snapshot(of: layer, at: now), as: format, inEPSG: crs.code)
        while let piece = try pieces.next() { try write(piece) }
        return 0
    }

    private func write(_ layer: Layer, of store: SpatialStore, as format: FileFormat) async throws {
        let file = LayerFile(
            layer, snapshot: try store.snapshot(of: layer, at: now), inEPSG: crs?.code)
        let folder = try PrivateFolder(besides: output)
        let interruption = Interruption(removing: folder.path)
        defer {
            folder.remove()
            interruption.cancel()
        }
        let path = try await file.write(format, in: folder.path)
        Self.say(leftOut: file.leftOut(of: format), of: format.title)
        if let output {
            try replacing(output) { partial in try FileManager.default.moveItem(atPath: path, toPath: partial) }
        } else {
            signal(SIGPIPE, SIG_IGN)
            let whole = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            while let piece = try whole.read(upToCount: 1 << 20), !piece.isEmpty {
                try FileHandle.standardOutput.write(contentsOf: piece)
            }
        }
    }

    private static func say(leftOut: Int, of format: String) {
        guard leftOut > 0 else { return }
        Terminal.say("Left out \(leftOut) features that \(format) cannot hold.")
    }

    /// A file under its final name is whole: it is written beside and then moved there.
    private func replacing(_ path: String, _ write: (String) throws -> Void) throws {
        let partial = path + ".part"
        do {
            try? FileManager.default.removeItem(atPath: partial)
            try write(partial)
        } catch {
            try? FileManager.default.removeItem(atPath: partial)
            throw Refusal("\(path) cannot be written: \(error)")
        }
        guard rename(partial, path) == 0 else {
            throw Refusal("\(path) cannot be written: \(String(cString: strerror(errno)))")
        }
    }
}
