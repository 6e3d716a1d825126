import Contributions
import HTTPTypes
import HummingbirdTesting
import MapFormats
import Testing

@testable import MapServer

/// One address of each route of the table, so that whoever adds a route has it tested the same day.
struct EveryRoute {
    let route: Route
    let address: String

    /// Addresses with what `server` has in the place of each capture.
    static func addresses(on server: Server, where isMeant: (Route) -> Bool = { _ in true }) async throws
        -> [EveryRoute]
    {
        let whole = try await server.json("/xyz/quartier/0/0/0.geojson")["features"]?.array ?? []
        let clusters = whole.compactMap { $0["properties"]?["cluster_id"]?.integer }
        let cluster = try #require(clusters.first)
        let values = [
            "layer": "quartier", "id": Sample.identifier(1).description, "style": "lieudit", "cluster": String(cluster),
            "z": "8", "x": "129", "y": "88", "tileMatrix": "8", "tileRow": "88", "tileCol": "129", "file": "map.js",
            "code": try await server.encounterCode(),
            "font": "Noto%20Sans%20Regular", "range": "0-255", "page": "rules",
        ]
        let queries = ["/oembed": "?url=\(try await server.embedAddress())"]
        return RouteTable.routes.filter { $0.isPublicReading && isMeant($0) }.map { route in
            let address = route.captureNames.reduce(route.template) { address, name in
                if values[name] == nil { Issue.record("say here what stands for {\(name)} in \(route.template)") }
                return address.replacing("{\(name)}", with: values[name] ?? "")
            }
            return EveryRoute(route: route, address: address + (queries[route.template] ?? ""))
        }
    }

    /// Whether the address itself names an encoding, as those of tiles, exports and TileJSON do.
    static func namesItsEncoding(_ route: Route) -> Bool {
        route.template.split(separator: "/").last?.contains(".") ?? false
    }

    /// A tile has no page: what shows tiles may send a browser's `Accept`.
    static func isTile(_ route: Route) -> Bool { !Set(route.captureNames).isDisjoint(with: ["z", "tileMatrix"]) }
}
