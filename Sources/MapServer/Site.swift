import Contributions
import Curation
import Foundation
import Projections

/// What every route needs: the layers, who we are, and what time it is.
struct Site: Sendable {
    let layers: PublishedLayers
    let configuration: MapServerConfiguration
    let clock: @Sendable () -> Date
    let pages: Pages
    let tiles: TileCache
    let referenceSystems: ReferenceSystems

    /// - Throws: `ProjectionError` for a coordinate reference system of the configuration that cannot be spoken.
    init(
        layers: PublishedLayers, configuration: MapServerConfiguration, clock: @escaping @Sendable () -> Date,
        pages: Pages, tiles: TileCache
    ) throws(ProjectionError) {
        referenceSystems = try ReferenceSystems(adding: configuration.additionalCRS)
        self.layers = layers
        self.configuration = configuration
        self.clock = clock
        self.pages = pages
        self.tiles = tiles
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
    /// The folder of MapLibre styles.
    package var stylesPath: String
    /// The folder with `maplibre-gl.js` and `maplibre-gl.css`; nil: pages are lists without a map.
    package var mapLibrePath: String?
    /// EPSG codes of the coordinate reference systems to speak beside the standard ones.
    package var additionalCRS: [Int]
    /// Answers `/constant/{bytes}` too: the ceiling that `Tools/bench` compares with.
    package var offersConstantBodies = false

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
