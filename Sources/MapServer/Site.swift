package import Contributions
import Curation
package import Foundation
import Projections
package import SpatialDatabase

/// What every route needs: the layers, who we are, and what time it is.
///
/// A class, since every request hands it around: its parts would be counted one by one each time.
final class Site: Sendable {
    let layers: PublishedLayers
    let configuration: MapServerConfiguration
    let clock: @Sendable () -> Date
    let pages: Pages
    let theme: Theme
    let sitePages: SitePages
    let tiles: TileCache
    let referenceSystems: ReferenceSystems
    let participation: Participation
    let clients: ClientKeys
    let limits: Limits
    let visits = Visits()
    let sessions = Sessions()
    let history = HistoryMemory()
    let upkeep = UpkeepNotes()
    let meters = RequestMeters(RouteTable.routes)
    let usage = UsageCounter()
    let began = ContinuousClock.now
    let files: ExportShelf
    let imports = ImportDoor()
    let pageFields = KeptFields(most: 256)

    /// Whether names of streets and stations may be searched.
    var hasNames: Bool { configuration.basemap?.names != nil }

    var consentTexts: ConsentTexts { ConsentTexts(pages: sitePages) }

    var localTime: LocalTime { configuration.localTime }

    /// Seconds since 1970 UTC.
    var now: Int64 { Int64(clock().timeIntervalSince1970.rounded(.down)) }

    /// - Throws: `ProjectionError` for a coordinate reference system of the configuration that cannot be spoken.
    init(
        layers: PublishedLayers, configuration: MapServerConfiguration, clock: @escaping @Sendable () -> Date,
        pages: Pages, tiles: TileCache, theme: Theme = .plain,
        sitePages: SitePages = .none,
        randomness: @escaping @Sendable () -> any RandomNumberGenerator = { SystemRandomNumberGenerator() }
    ) throws(ProjectionError) {
        referenceSystems = try ReferenceSystems(adding: configuration.additionalCRS)
        self.layers = layers
        self.configuration = configuration
        self.clock = clock
        self.pages = pages
        self.theme = theme
        self.sitePages = sitePages
        self.tiles = tiles
        participation = Participation(
            layers: layers, localTime: configuration.localTime,
            allowsParentsOnPaper: configuration.allowsParentsOnPaper, randomness: randomness)
        clients = ClientKeys(trustedProxy: configuration.trustedProxy)
        limits = Limits(writesPerMinute: configuration.writesPerMinute)
        files = ExportShelf(root: configuration.exportsPath ?? MapServerConfiguration.temporaryExports)
    }

    /// Carries out what has become due, before anybody is answered.
    func catchUp() async throws {
        guard let due = layers.nextDue else { return }
        let now = now
        if due <= now, try await participation.catchUp(to: now) { upkeep.forgetSoon() }
    }

    /// Takes the last traces of what was erased out of the store and out of memory.
    func scrub() async throws {
        // Noted first: what is erased meanwhile asks again.
        upkeep.forgotten()
        do {
            try await participation.scrub()
            tiles.forgetChanged()
            await files.forgetAll()
        } catch {
            upkeep.forgetSoon()
            throw error
        }
    }

    /// The layers that are listed now: those that have opened.
    var listedLayers: [PublishedLayer] {
        let all = layers.all
        guard all.contains(where: { $0.layer.opens != nil }) else { return all }
        let now = now
        return all.filter { layer in
            if case .unopened = layer.layer.phase(at: now, in: localTime) { false } else { true }
        }
    }

    func layer(_ identifier: LayerIdentifier) throws -> PublishedLayer { try layers.require(identifier) }

    /// The configured address, or the one by which the client has reached us when none is.
    func publicURL(host: String?) -> String {
        if let url = configuration.publicURL { return url }
        let isSound =
            host.map { host in
                (1...255).contains(host.utf8.count) && host.utf8.allSatisfy(Site.mayStandInHost)
            } ?? false
        return "http://" + (isSound ? host ?? "" : "127.0.0.1:\(configuration.port)")
    }

    private static func mayStandInHost(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x3A, 0x5B, 0x5D: true
        default: false
        }
    }
}

/// How the server is run; see the table in the README.
package struct MapServerConfiguration: Sendable {
    package var host: String
    package var port: Int
    /// Without a slash at the end; nil: the address by which each client reaches us.
    package var publicURL: String?
    /// Addresses by which this server was known before, which stand on walls still: each an origin, without a path.
    package var formerPublicURLs: [String] = []
    /// The folder of MapLibre styles.
    package var stylesPath: String
    /// The folder with `maplibre-gl.js` and `maplibre-gl.css`; nil: pages are lists without a map.
    package var mapLibrePath: String?
    /// The ground under the map; nil: a quiet ground with nothing but the layer.
    package var basemap: Basemap?
    /// The folder of glyphs, one folder a font; nil: styles draw no text.
    package var fontsPath: String?
    /// The folder of the venue's own colours, logo and picture; nil: none.
    package var themePath: String?
    /// The folder of the pages that the site owes, as the operator has written them; nil: templates of ours.
    package var sitePagesPath: String?
    /// The folder in which files are made, which is the server's alone; nil: a temporary one.
    package var exportsPath: String?
    /// EPSG codes of the coordinate reference systems to speak beside the standard ones.
    package var additionalCRS: [Int]
    /// Where the instance stands in time: what a day is.
    package var localTime = LocalTime.paris
    /// What one client address may write in a minute; 0 sets no limit.
    package var writesPerMinute = 60
    /// How long the body of a request may take to arrive: what a very slow line needs for the largest one.
    package var bodyPatience = Duration.seconds(20)
    /// How long a connection may stay open without a word.
    package var idlePatience = Duration.seconds(30)
    /// The only address from which the last entry of `X-Forwarded-For` is believed.
    package var trustedProxy: String?
    /// Whether a group leader's word is taken that the parents of a group have agreed on paper.
    package var allowsParentsOnPaper = false
    /// What encoded tiles may take in memory, in bytes.
    package var tileCacheBytes = 64 << 20
    /// When the last backup was made, as its folder says; nil for none.
    package var lastBackup: @Sendable () -> Date? = { nil }
    /// Reads the files that curators send; nil: none are taken.
    package var importer: FileImporter?
    /// The largest file that is taken, in bytes.
    package var largestImport = 64 << 20
    /// How long such a file may take to arrive.
    package var importPatience = Duration.seconds(600)
    /// Answers `/constant/{bytes}` too: the ceiling that `Tools/bench` compares with.
    package var offersConstantBodies = false

    static var temporaryExports: String {
        FileManager.default.temporaryDirectory.appendingPathComponent("lieudit-\(UUID().uuidString)").path
    }

    /// As the configured address says.
    var isReachedByTLS: Bool { publicURL?.hasPrefix("https://") ?? false }

    package init(
        host: String = "127.0.0.1", port: Int = 8080, publicURL: String? = nil, stylesPath: String = "Styles",
        mapLibrePath: String? = nil, additionalCRS: [Int] = []
    ) {
        self.host = host
        self.port = port
        self.publicURL = publicURL.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
        self.stylesPath = stylesPath
        self.mapLibrePath = mapLibrePath
        self.additionalCRS = additionalCRS
    }
}
