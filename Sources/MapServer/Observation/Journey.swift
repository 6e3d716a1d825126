import Contributions
import Curation
import HTTPTypes
import SpatialDatabase
import Synchronization

/// What is noted of one request on its way: its route, and the page that somebody looks at, if it is one.
final class Journey: Sendable {
    private let place = Mutex<(route: Route?, page: UsedPage?)>((nil, nil))

    func found(_ route: Route, _ request: RouteRequest) {
        let page = Self.page(route, request)
        place.withLock { $0 = (route, page) }
    }

    var route: Route? { place.withLock { $0.route } }
    var page: UsedPage? { place.withLock { $0.page } }

    private static func page(_ route: Route, _ request: RouteRequest) -> UsedPage? {
        switch route.template {
        case "/map/{layer}": request.namedLayer.map { UsedPage(layer: $0.identifier, embed: nil) }
        case "/embed/{layer}":
            request.namedLayer.flatMap { layer in
                request.parameters[Parameter.embed.name].flatMap { PublicIdentifier($0) }.map {
                    UsedPage(layer: layer.identifier, embed: $0)
                }
            }
        default: nil
        }
    }
}
