import ArgumentParser
import Contributions
import Curation
import Foundation
import MapFormats
import SpatialDatabase

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Bring a file of features into a layer.",
        discussion: """
            Takes a GeoJSON FeatureCollection, newline-delimited GeoJSON, or CSV with columns for longitude and \
            latitude. A table may be in UTF-8, UTF-16 with its mark, or Windows-1252, with commas, semicolons or \
            tabs, and with decimal commas; the command says how it has read it. The whole file is read and checked first; then everything is written at once or, \
            when a record is bad, nothing is. What is imported is published at its exact position, but for cells of \
            ours, which come back as they were.

            With GDAL (Debian package gdal-bin) also GeoPackage, FlatGeobuf, KML, KMZ, GPX and shapefiles, alone or \
            in a .zip; a program of its own reads them, with limits and without network, and transforms positions.

            With --key the same file can come again: what it has changed is changed, with the same id, what is new is \
            added, and what is gone stays. Each feature says where it comes from, as source and source_id. What was \
            coarsened, hidden or erased here stays so. --undo takes back what the last import has added.

            The layer is created when it is missing. Property names of ours (kind, title, text, theme, when, \
            lang, author, licence) get their meaning, all others are carried through.
            """)

    @OptionGroup var storeOptions: StoreOptions

    @Argument(help: "The file, or - for standard input.")
    var file: String?

    @Option(help: ArgumentHelp("The layer to bring it into.", valueName: "id"))
    var layer: String

    @Option(help: "geojson, geojsonl or csv. Default: told from the name or the first bytes")
    var format: RecordFormat?

    @Option(
        help: ArgumentHelp("The column with the longitude. Default: lon, longitude, lng, long or x", valueName: "name"))
    var lon: String?

    @Option(help: ArgumentHelp("The column with the latitude. Default: lat, latitude or y", valueName: "name"))
    var lat: String?

    @Option(
        help: ArgumentHelp(
            "The column or property with the title. Default: title, titre, name or nom", valueName: "name"))
    var title: String?

    @Option(
        help: ArgumentHelp(
            "Of the positions in a GeoPackage, FlatGeobuf or shapefile that does not say it.", valueName: "EPSG:code"))
    var crs: ReferenceSystemName?

    @Option(help: "Of a table: utf-8, utf-16 or windows-1252. Default: told from its bytes")
    var encoding: TextEncoding?

    @Option(help: "Of a table: a comma, a semicolon or a tab (\\t) between fields. Default: told from its header")
    var delimiter: TableDelimiter?

    @Option(help: "The kind of records that name none: place, memory or encounter.")
    var kind = Kind.place

    @Option(
        name: .customLong("map"),
        help: ArgumentHelp(
            "Read FIELD of the file as PROPERTY of ours. May be given several times.", valueName: "field=property"))
    var renamings: [Renaming] = []

    @Option(
        help: ArgumentHelp(
            "The column or property that tells records apart over all imports of this file.", valueName: "name"))
    var key: String?

    @Option(help: ArgumentHelp("With --key: what the file goes by. Default: its name", valueName: "text"))
    var source: String?

    @Flag(name: .customLong("skip-invalid"), help: "Leave bad records out and name them, instead of stopping.")
    var skipsInvalid = false

    @Flag(name: .customLong("dry-run"), help: "Read and check only.")
    var isDryRun = false

    @Flag(name: .customLong("undo"), help: "Take back what the last import into the layer has added.")
    var isUndo = false

    @Flag(
        name: .customLong("json"),
        help: "Print {layer, imported, skipped, rehearsal} as JSON, and what else there is to say.")
    var isJSON = false

    func validate() throws {
        if isUndo {
            guard file == nil, key == nil, source == nil, !isDryRun else {
                throw ValidationError("--undo goes with --layer alone: it takes back the last import, whatever it was.")
            }
        } else if file == nil {
            throw ValidationError("Missing expected argument '<file>'")
        }
        if source != nil, key == nil { throw ValidationError("--source goes with --key.") }
        if key != nil, source == nil, file == "-" {
            throw ValidationError("What comes through standard input has no name; say --source TEXT.")
        }
    }

    func run() async throws {
        if isUndo { return try await undo() }
        guard let file else { return }
        try await bringIn(file)
    }

    private func undo() async throws {
        let settings = try await storeOptions.settings()
        let outcome = try await Writing(store: settings.store, tombstones: settings.tombstones)
            .undoImport(into: try LayerIdentifier(layer))
        if isJSON { return try ImportReport.print(outcome) }
        print(outcome.sentence)
    }

    private func bringIn(_ file: String) async throws {
        let settings = try await storeOptions.settings()
        let layer = Layer(identifier: try LayerIdentifier(layer))
        let terminal = Terminal()
        let skipped = Tally()
        let observer = observer(file, terminal, skipped)
        let foreign = file == "-" || format != nil ? nil : ForeignFormat(path: file)
        if crs != nil, foreign == nil { throw Refusal("--crs is for files that GDAL reads") }
        let folder = try foreign.map { _ in try PrivateFolder() }
        let conversion = folder.map { Interruption(removing: $0.path) }
        defer {
            folder?.remove()
            conversion?.cancel()
        }
        var source = importSource(file)
        if let foreign, let folder {
            source.path = try await ForeignFile(path: file, format: foreign, system: crs?.code).lines(in: folder.path)
            source.format = .geojsonl
            source.reader.dialect = foreign.dialect
        }
        if isDryRun {
            let (count, fields) = try source.rehearse(observer: observer)
            terminal.clear()
            var report = ImportReport(layer: layer, imported: count, skipped: skipped.count, rehearsal: true)
            report.fields = fields
            if isJSON { return try ImportReport.print(report) }
            print(fields.sentence)
            print(
                "\(count) features would be imported into \(layer.identifier), \(skipped.count) skipped. Nothing was written."
            )
            return
        }
        try FileManager.default.createDirectory(
            at: URL(fileURLWithPath: settings.store).deletingLastPathComponent(), withIntermediateDirectories: true)
        let path = StagedImport.newPath(besideStore: settings.store)
        let interruption = Interruption(removing: path)
        let staged = try source.stage(besideStore: settings.store, at: path, observer: observer)
        defer {
            staged.remove()
            interruption.cancel()
        }
        let writing = try Writing(store: settings.store, tombstones: settings.tombstones)
        let progress: @Sendable (Int) -> Void = { terminal.progress("Writing", $0, of: staged.count) }
        if let key = source.key {
            let update = try await writing.update(staged, in: layer, from: key.source, progress: progress)
            terminal.clear()
            return try tell(update, layer, skipped.count)
        }
        let count = try await writing.publish(staged, in: layer, progress: progress)
        terminal.clear()
        if isJSON {
            return try ImportReport.print(
                ImportReport(layer: layer, imported: count, skipped: skipped.count, rehearsal: false))
        }
        print("Imported \(count) features into \(layer.identifier), \(skipped.count) skipped.")
    }

    private func tell(_ update: ImportUpdate, _ layer: Layer, _ skipped: Int) throws {
        if update.isNewSource {
            Terminal.say(
                "Nothing here comes from this source, though something comes from others. If the file goes by another "
                    + "name now, take this import back with --undo and say --source with the name from before.")
        }
        guard isJSON else {
            print(update.sentence + (skipped > 0 ? " \(skipped) skipped." : ""))
            return
        }
        var report = ImportReport(
            layer: layer, imported: update.added + update.changed, skipped: skipped, rehearsal: false)
        report.update = update
        try ImportReport.print(report)
    }

    private func recordKey(_ file: String) -> RecordKey? {
        key.map { RecordKey(field: $0, source: source ?? URL(fileURLWithPath: file).lastPathComponent) }
    }

    private func importSource(_ file: String) -> ImportSource {
        var source = ImportSource(
            path: file, format: format, columns: .init(longitude: lon, latitude: lat, title: title),
            reader: ContributionReader(
                titleName: title, kind: kind,
                renamed: Dictionary(renamings.map { ($0.field, $0.property) }) { $1 }),
            skipsInvalid: skipsInvalid)
        source.encoding = encoding
        source.delimiter = delimiter?.character
        source.key = recordKey(file)
        return source
    }

    private func observer(_ file: String, _ terminal: Terminal, _ skipped: Tally) -> ImportSource.Observer {
        let attributes = try? FileManager.default.attributesOfItem(atPath: file)
        let size = attributes?[.size] as? Int ?? 0
        return ImportSource.Observer(
            progress: { terminal.progress("Reading", $0, of: size) },
            skipped: { error in
                skipped.count += 1
                terminal.clear()
                Terminal.say("Skipped \(error)")
            },
            recognised: { Terminal.say($0.sentence) })
    }
}

/// How many records were left out so far.
private final class Tally {
    var count = 0
}

/// `FIELD=PROPERTY`
struct Renaming: ExpressibleByArgument {
    let field: String
    let property: String

    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        field = String(parts[0])
        property = String(parts[1])
    }
}

extension RecordFormat: ExpressibleByArgument {}
extension Kind: ExpressibleByArgument {}
extension TextEncoding: ExpressibleByArgument {}

/// What stands between the fields of a table.
struct TableDelimiter: ExpressibleByArgument {
    let character: Character

    init?(argument: String) {
        switch argument {
        case ",", ";", "\t": character = Character(argument)
        case "\\t": character = "\t"
        default: return nil
        }
    }
}
