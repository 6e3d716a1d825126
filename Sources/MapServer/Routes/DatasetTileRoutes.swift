import Contributions
import Curation
import MapFormats

/// Tiles with several layers at once.
enum DatasetTileRoutes {
    static let parameters = [TilesetRoutes.tileFormat, .collections] + Parameter.filters

    /// `GET /tiles`
    static func list(_ request: RouteRequest) throws -> Reply {
        _ = try MediaChoice.of(request, ["json": MediaType.json], byDefault: "json")
        return Reply(tileset(request).list(at: request.publicURL).bytes, mediaType: MediaType.json)
    }

    /// `GET /tiles/WebMercatorQuad`: as metadata of a tileset, or as TileJSON.
    static func one(_ request: RouteRequest) throws -> Reply {
        let offers: KeyValuePairs = ["json": MediaType.json, "tilejson": MediaType.tileJSON]
        if try MediaChoice.of(request, offers, byDefault: "json") == "tilejson" {
            let address = "\(request.publicURL)/tiles/\(WebMercatorQuad.identifier)/{z}/{y}/{x}?f=mvt"
            let document = try TileJSON(tilesAt: address, title: title, layers: request.site.layers.all)
            return Reply(document.bytes, mediaType: MediaType.tileJSON)
        }
        return Reply(tileset(request).metadata(at: request.publicURL).bytes, mediaType: MediaType.json)
    }

    /// `GET /tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}`: the layers that `collections=` names, in
    /// that order, or all.
    static func tile(_ request: RouteRequest) throws -> Reply {
        let format = try TilesetRoutes.format(request)
        let tiles = try LayerTiles(request, at: TilesetRoutes.address(request), as: format)
        let bytes = try layers(request).map(tiles.bytes)
        let whole =
            switch format {
            case .geoJSON: TileContents.joining(geoJSON: bytes)
            case .vectorTile: TileContents.joining(vectorTiles: bytes)
            }
        return Reply(whole, mediaType: format.mediaType, headers: TileLinks.headers(request, format))
    }

    private static let title = "Lieudit"

    private static func tileset(_ request: RouteRequest) -> Tileset {
        Tileset(
            title: title, description: "All layers of this service.", path: "",
            tileJSON: "/tiles/\(WebMercatorQuad.identifier)?f=tilejson", layers: request.site.layers.all)
    }

    /// Each once, since a name may stand once in a vector tile.
    private static func layers(_ request: RouteRequest) throws(WebError) -> [PublishedLayer] {
        guard let names = request.parameters[Parameter.collections.name] else { return request.site.layers.all }
        var layers: [PublishedLayer] = []
        for name in names.split(separator: ",", omittingEmptySubsequences: false) {
            guard let identifier = try? LayerIdentifier(String(name)), let layer = request.site.layers[identifier]
            else { throw .invalidParameter(Parameter.collections.name, expected: Parameter.collections.expected) }
            if !layers.contains(where: { $0.identifier == identifier }) { layers.append(layer) }
        }
        return layers
    }
}

extension Parameter {
    static let collections = Parameter(
        name: "collections", expected: "ids of layers, separated by commas, in the order in which to send them")
}

extension MediaType {
    static let tileJSON = "application/vnd.mapbox.tile+json"
}
