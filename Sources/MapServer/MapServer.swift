package import Curation
package import Foundation
package import Hummingbird
package import Logging
import NIOCore
import ServiceLifecycle

/// Wires the whole server: the command and the tests call this one function.
///
/// - Parameters:
///   - clock: what time it is; tests give their own.
///   - randomness: gives the random numbers for one contribution; tests give their own.
///   - onRunning: called once it answers, with the port that it has.
/// - Throws: when the pages that ship with the server cannot be read; `ThemeError` for a theme and `SitePagesError` for
///   pages that cannot be taken; `ProjectionError` for a coordinate reference
///   system that cannot be spoken; `OperatorRefusal` for a store whose file name is too long.
package func buildMapServer(
    configuration: MapServerConfiguration, layers: PublishedLayers,
    clock: @escaping @Sendable () -> Date = { Date() },
    randomness: @escaping @Sendable () -> any RandomNumberGenerator = { SystemRandomNumberGenerator() },
    logger: Logger = Logger(label: "lieudit"), onRunning: @escaping @Sendable (Int) async -> Void = { _ in }
) throws -> some ApplicationProtocol {
    let site = try Site(
        layers: layers, configuration: configuration, clock: clock, pages: try Pages(),
        tiles: TileCache(capacity: configuration.tileCacheBytes),
        theme: try Theme(folder: configuration.themePath),
        sitePages: try SitePages(folder: configuration.sitePagesPath), randomness: randomness)
    site.files.removeLeftovers()
    let routes = RouteTable.routes + (configuration.offersConstantBodies ? RouteTable.constantBodies : [])
    let responder = MeteredResponder(
        base: SiteResponder(site: site, routes: routes, logger: logger), meters: site.meters, usage: site.usage,
        logger: logger)
    return Application(
        responder: responder,
        server: .http1(
            configuration: .init(
                additionalChannelHandlers: [AnswerWriter()], idleTimeout: TimeAmount(configuration.idlePatience))),
        configuration: ApplicationConfiguration(
            address: .hostname(configuration.host, port: configuration.port), serverName: "Lieudit"),
        services: [
            try OperatorSocket(site: site, logger: logger), Upkeep(site: site, logger: logger),
            Observation(site: site, usage: site.usage, logger: logger),
        ],
        onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? configuration.port) },
        logger: logger.withoutMetadata
    )
}
