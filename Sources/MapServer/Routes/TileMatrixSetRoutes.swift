import MapFormats

/// The one way in which this service cuts the world into tiles.
enum TileMatrixSetRoutes {
    /// `GET /tileMatrixSets`
    static func list(_ request: RouteRequest) throws -> Reply {
        _ = try MediaChoice.of(request, ["json": MediaType.json], byDefault: "json")
        let root = request.publicURL
        let address = "\(root)/tileMatrixSets/\(WebMercatorQuad.identifier)"
        let document: JSONObject = [
            "links": Link.array([
                Link("self", "\(root)/tileMatrixSets", type: MediaType.json),
                Link("alternate", "\(root)/tileMatrixSets?f=html", type: MediaType.page),
            ]),
            "tileMatrixSets": [
                [
                    "id": .string(WebMercatorQuad.identifier), "title": .string(WebMercatorQuad.title),
                    "uri": .string(WebMercatorQuad.uri), "crs": .string(WebMercatorQuad.crs),
                    // The standard's word is `self`; its official test suite looks for `item`.
                    "links": Link.array([
                        Link("self", address, type: MediaType.json), Link("item", address, type: MediaType.json),
                    ]),
                ]
            ],
        ]
        return Reply(document.bytes, mediaType: MediaType.json)
    }

    /// `GET /tileMatrixSets/WebMercatorQuad`: the registry's own document.
    static func webMercatorQuad(_ request: RouteRequest) throws -> Reply {
        _ = try MediaChoice.of(request, ["json": MediaType.json], byDefault: "json")
        return Reply(WebMercatorQuad.document.bytes, mediaType: MediaType.json)
    }
}
