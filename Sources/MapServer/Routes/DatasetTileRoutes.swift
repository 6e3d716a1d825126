import Contributions
import Curation
import MapFormats

/// Tiles with several layers at once.
enum DatasetTileRoutes {
    static let parameters = [TilesetRoutes.tileFormat, .collections] + Parameter.filters

    static let tilesetParameters = [Parameter.format("json", "html", "tilejson"), .collections]

    /// `GET /tiles`
    static func list(_ request: RouteRequest) throws -> Reply {
        _ = try MediaChoice.of(request, ["json": MediaType.json], byDefault: "json")
        return Reply(
            tileset(of: request.site.listedLayers).list(at: request.publicURL).bytes, mediaType: MediaType.json)
    }

    /// `GET /tiles/WebMercatorQuad`: as metadata of a tileset, or as TileJSON; of the layers that `collections=`
    /// names, in that order, or of all.
    static func one(_ request: RouteRequest) throws -> Reply {
        let offers: KeyValuePairs = ["json": MediaType.json, "tilejson": MediaType.tileJSON]
        if try MediaChoice.of(request, offers, byDefault: "json") == "tilejson" {
            let address = "\(request.publicURL)/tiles/\(WebMercatorQuad.identifier)/{z}/{y}/{x}?f=mvt"
            let layers = try layers(request)
            let selection = selection(request, layers).map { "&" + $0 } ?? ""
            let document = try TileJSON(tilesAt: address + selection, title: title, layers: layers)
            return Reply(document.bytes, mediaType: MediaType.tileJSON)
        }
        let layers = try layers(request)
        return tileset(of: layers, selection(request, layers)).reply(at: request.publicURL)
    }

    /// `GET /tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}`: the layers that `collections=` names, in
    /// that order, or all.
    static func tile(_ request: RouteRequest) async throws -> Reply {
        let format = try TilesetRoutes.format(request)
        let writer = try LayerTiles(request, at: TilesetRoutes.address(request), as: format, isOneOfSeveral: true)
        var tiles: [LayerTiles.Written] = []
        for layer in try layers(request) { tiles.append(try await writer.tile(of: layer)) }
        let bytes = tiles.map(\.bytes)
        let whole =
            switch format {
            case .geoJSON: TileContents.joining(geoJSON: bytes)
            case .vectorTile: TileContents.joining(vectorTiles: bytes)
            }
        return Reply(
            whole, mediaType: format.mediaType,
            headers: TileLinks.headers(request, format, hint: .joining(tiles.map(\.hint))))
    }

    private static let title = "Lieudit"

    private static func tileset(of layers: [PublishedLayer], _ selection: String? = nil) -> Tileset {
        Tileset(
            title: title,
            description: selection == nil ? "All layers of this service." : "Some layers of this service.", path: "",
            tileJSON: "/tiles/\(WebMercatorQuad.identifier)?f=tilejson" + (selection.map { "&" + $0 } ?? ""),
            layers: layers, selection: selection ?? "")
    }

    /// The parameter by which these layers were chosen, for the addresses of their tiles; nil when none were.
    private static func selection(_ request: RouteRequest, _ layers: [PublishedLayer]) -> String? {
        guard request.parameters[Parameter.collections.name] != nil else { return nil }
        return "\(Parameter.collections.name)=" + layers.map(\.identifier.text).joined(separator: ",")
    }

    /// Each once, since a name may stand once in a vector tile.
    private static func layers(_ request: RouteRequest) throws(WebError) -> [PublishedLayer] {
        guard let names = request.parameters[Parameter.collections.name] else { return request.site.listedLayers }
        var layers: [PublishedLayer] = []
        for name in names.split(separator: ",", omittingEmptySubsequences: false) {
            guard let identifier = try? LayerIdentifier(String(name)),
                let layer = request.site.listedLayers.first(where: { $0.identifier == identifier })
            else { throw .invalidParameter(Parameter.collections.name, expected: Parameter.collections.expected) }
            if !layers.contains(where: { $0.identifier == identifier }) { layers.append(layer) }
        }
        return layers
    }
}

extension Parameter {
    static let collections = Parameter(
        name: "collections", expected: "ids of layers, separated by commas, in the order in which to send them",
        schema: .texts)
}

extension MediaType {
    static let tileJSON = "application/vnd.mapbox.tile+json"
}
