import Contributions
import Curation
import HTTPTypes
import MapFormats
import MapGeometry

/// The tiles of one layer as OGC API Tiles has them: row before column.
enum TilesetRoutes {
    static let parameters = [tileFormat] + Parameter.filters + [.embed]

    static let tileFormat = Parameter.format("geojson", "mvt")

    /// `GET /collections/{layer}/tiles`
    static func list(_ request: RouteRequest) throws -> Reply {
        _ = try MediaChoice.of(request, ["json": MediaType.json], byDefault: "json")
        return Reply(try tileset(request).list(at: request.publicURL).bytes, mediaType: MediaType.json)
    }

    /// `GET /collections/{layer}/tiles/WebMercatorQuad`
    static func one(_ request: RouteRequest) throws -> Reply {
        _ = try MediaChoice.of(request, ["json": MediaType.json], byDefault: "json")
        return try tileset(request).reply(at: request.publicURL)
    }

    /// `GET /collections/{layer}/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}`
    static func tile(_ request: RouteRequest) async throws -> Reply {
        let layer = try request.layer()
        return try await LayerTiles(request, at: address(request), as: format(request)).reply(of: layer)
    }

    /// - Throws: `WebError.noSuchTile`.
    static func address(_ request: RouteRequest) throws -> TileAddress {
        try TileAddress(
            zoom: request.capture("tileMatrix"), column: request.capture("tileCol"), row: request.capture("tileRow"))
    }

    /// GeoJSON for who leaves the choice to us. No page is offered: what shows tiles may send a browser's `Accept`.
    static func format(_ request: RouteRequest) throws(WebError) -> TileCache.Format {
        let name = try MediaChoice.of(
            request, ["geojson": MediaType.geoJSON, "mvt": MediaType.vectorTile], byDefault: "geojson")
        return TileCache.Format(rawValue: name) ?? .geoJSON
    }

    private static func tileset(_ request: RouteRequest) throws -> Tileset {
        let layer = try request.layer()
        return Tileset(
            title: layer.layer.title, description: layer.layer.description,
            path: "/collections/\(layer.identifier)", tileJSON: "/xyz/\(layer.identifier).json" + layer.query(),
            layers: [layer],
            selection: layer.embed.map { "\(Parameter.embed.name)=\($0)" } ?? "")
    }
}

extension Tileset {
    private static let templateField = HTTPField.Name("Link-Template")

    /// Its metadata, with the addresses of the tiles in the header too.
    func reply(at root: String) -> Reply {
        var reply = Reply(metadata(at: root).bytes, mediaType: MediaType.json)
        if let name = Self.templateField { reply.headers[name] = Link.templateHeader(templates(at: root)) }
        return reply
    }
}
