import ArgumentParser
import Backups
import Curation
import Foundation
import Hummingbird
import Logging
import MapServer
import NIOCore
import SpatialDatabase

/// The flags of `serve`; what is not given comes from the environment or the file.
struct ServeFlags: ParsableArguments {
    @Option(help: "Where to listen. Default: LIEUDIT_HOST, else 127.0.0.1")
    var host: String?

    @Option(help: "The port; 0 takes a free one. Default: LIEUDIT_PORT, else 8080")
    var port: Int?

    @Option(
        name: .customLong("public-url"),
        help: ArgumentHelp(
            "The address by which others reach this server, behind a proxy. Default: LIEUDIT_PUBLIC_URL, else the one they ask for.",
            valueName: "url"))
    var publicURL: String?

    @Option(
        name: .customLong("former-public-url"),
        help: ArgumentHelp(
            "An address by which this server was known before, for codes that were printed with it; may be repeated. Default: LIEUDIT_FORMER_PUBLIC_URLS, addresses separated by commas",
            valueName: "url"))
    var formerPublicURLs: [String] = []

    @Option(help: ArgumentHelp("The folder of map styles. Default: LIEUDIT_STYLES, else ./Styles", valueName: "dir"))
    var styles: String?

    @Option(
        help: ArgumentHelp(
            "The folder of your own colours (theme.json), logo.svg or .png, and picture.jpg or .png for shared links. Default: LIEUDIT_THEME, else none",
            valueName: "dir"))
    var theme: String?

    @Option(
        help: ArgumentHelp(
            "The folder of your own pages: rules, legal, privacy, accessibility and contact, each as rules.fr.md and rules.en.md. Default: LIEUDIT_PAGES, else templates to fill in",
            valueName: "dir"))
    var pages: String?

    @Option(
        name: .customLong("maplibre"),
        help: ArgumentHelp(
            "The folder with maplibre-gl.js and maplibre-gl.css. Default: LIEUDIT_MAPLIBRE, else ./.tools/maplibre",
            valueName: "dir"))
    var mapLibre: String?

    @Option(
        help: ArgumentHelp(
            "The MBTiles file that Tools/basemap has made, to draw under the layers. Default: LIEUDIT_BASEMAP, else none",
            valueName: "file"))
    var basemap: String?

    @Option(
        help: ArgumentHelp(
            "The folder of glyphs that Tools/glyphs has made. Default: LIEUDIT_FONTS, else ./.tools/fonts",
            valueName: "dir"))
    var fonts: String?

    @Option(
        name: .customLong("crs"),
        help: ArgumentHelp(
            "The EPSG code of one more coordinate reference system to speak; may be repeated. Default: LIEUDIT_CRS, codes separated by commas",
            valueName: "code"))
    var additionalCRS: [Int] = []

    @Option(
        name: .customLong("time-zone"),
        help: ArgumentHelp(
            "Where the instance stands in time, such as Europe/Paris: what a day is. Default: LIEUDIT_TIME_ZONE, else Europe/Paris",
            valueName: "zone"))
    var timeZone: String?

    @Option(
        name: .customLong("writes-per-minute"),
        help: ArgumentHelp(
            "What one address may write in a minute; 0 sets no limit. Default: LIEUDIT_WRITES_PER_MINUTE, else 60",
            valueName: "count"))
    var writesPerMinute: Int?

    @Option(
        name: .customLong("trusted-proxy"),
        help: ArgumentHelp(
            "The address of the proxy in front: only from it is the last entry of X-Forwarded-For the client. Default: LIEUDIT_TRUSTED_PROXY, else none",
            valueName: "address"))
    var trustedProxy: String?

    @Flag(
        name: .customLong("parents-on-paper"),
        help:
            "Take a group leader's word that the parents of a group have agreed on paper. Default: LIEUDIT_PARENTS_ON_PAPER, else not"
    )
    var allowsParentsOnPaper = false

    @Option(
        name: .customLong("tile-cache"),
        help: ArgumentHelp(
            "What encoded tiles may take in memory, in MiB; 0 keeps none. Default: LIEUDIT_TILE_CACHE, else 64",
            valueName: "mebibytes"))
    var tileCache: Int?

    @Flag(name: .customLong("constant-bodies"), help: .hidden)
    var offersConstantBodies = false

    func validate() throws {
        if let writesPerMinute, writesPerMinute < 0 {
            throw ValidationError("--writes-per-minute is a number from 0")
        }
        if let tileCache, !(0...1_048_576).contains(tileCache) {
            throw ValidationError("--tile-cache is a number from 0 to 1048576")
        }
        if let port, !(0...65_535).contains(port) { throw ValidationError("--port is a number from 0 to 65535") }
    }
}

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serve the layers of a store over HTTP.",
        discussion: """
            Prints “Lieudit: http://127.0.0.1:PORT” on standard output once it answers, and stops cleanly on \
            SIGTERM and SIGINT.
            """)

    @OptionGroup var storeOptions: StoreOptions
    @OptionGroup var flags: ServeFlags

    func run() async throws {
        // A file that may not grow is an error to be told of, and no reason to end.
        signal(SIGXFSZ, SIG_IGN)
        Allocator.giveLargePiecesBack()
        let settings = try await storeOptions.settings()
        let logger = Self.logger(settings)
        let schedule = try BackupSchedule(
            settings, configurationFile: storeOptions.configurationFile, logger: logger)
        let configuration = try configuration(settings, schedule)
        let store = try SpatialStore.openForWriting(path: settings.store, tombstones: settings.tombstones)
        StagedImport.removeLeftovers(besideStore: settings.store)
        OperatorClient.removeLeftover(besideStore: settings.store)
        let layers = try PublishedLayers(store: store)
        try await forgetAgain(layers, settings)
        let server = try buildMapServer(configuration: configuration, layers: layers, logger: logger) { port in
            print("Lieudit: http://\(configuration.host):\(port)")
            fflush(nil)
            ServiceManager.tellReady()
        }
        let backups = Task { await schedule?.run() }
        defer { backups.cancel() }
        do {
            try await server.runService()
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw Refusal("port \(configuration.port) of \(configuration.host) is taken; choose another with --port")
        } catch is SocketAddressError.UnknownHost {
            throw Refusal("there is no address \(configuration.host) to listen on")
        }
        try store.close()
    }

    /// A store that was put back by hand may show what was withdrawn since: nobody is answered before that is gone.
    private func forgetAgain(_ layers: PublishedLayers, _ settings: Settings) async throws {
        let unsettled = try layers.store.unsettledTombstones()
        guard !unsettled.isEmpty else { return }
        let participation = Participation(layers: layers, localTime: try settings.localTime())
        let forgotten = try await participation.forgetAgain(unsettled, at: Int64(Date().timeIntervalSince1970))
        Terminal.say(
            "The store was older than its tombstones: \(forgotten.erased) contributions and \(forgotten.layers) layers were erased again, \(forgotten.hidden) hidden."
        )
    }

    private func configuration(_ settings: Settings, _ schedule: BackupSchedule?) throws -> MapServerConfiguration {
        var configuration = try settings.server(flags)
        configuration.importer = SentFileImport(
            store: settings.store, configurationFile: storeOptions.configurationFile).callAsFunction
        if let folder = schedule?.folder { configuration.lastBackup = { folder.backups.last?.moment } }
        return configuration
    }

    private static func logger(_ settings: Settings) -> Logger {
        let isJSON = settings.logsJSON
        var logger = Logger(label: "lieudit") { label -> any LogHandler in
            isJSON ? JSONLogHandler() : StreamLogHandler.standardError(label: label)
        }
        logger.logLevel = .warning
        return logger
    }
}
