extension RouteTable {
    /// OGC API Tiles. The only tile matrix set stands in the addresses by its name: any other is not found.
    static let tilesets = [
        Route(
            "/tileMatrixSets", .tileMatrixSets, [.format("json", "html")], page: .document, TileMatrixSetRoutes.list),
        Route(
            "/tileMatrixSets/WebMercatorQuad", .tileMatrixSet, [.format("json", "html")], page: .document,
            TileMatrixSetRoutes.webMercatorQuad),
        Route(
            "/collections/{layer}/tiles", .layerTilesets, [.embed, .format("json", "html")], page: .document,
            TilesetRoutes.list),
        Route(
            "/collections/{layer}/tiles/WebMercatorQuad", .layerTileset, [.embed, .format("json", "html")],
            page: .document,
            TilesetRoutes.one),
        Route(
            "/collections/{layer}/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}", .layerTile,
            TilesetRoutes.parameters, TilesetRoutes.tile),
        Route("/tiles", .datasetTilesets, [.format("json", "html")], page: .document, DatasetTileRoutes.list),
        Route(
            "/tiles/WebMercatorQuad", .datasetTileset, DatasetTileRoutes.tilesetParameters, page: .document,
            DatasetTileRoutes.one),
        Route(
            "/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}", .datasetTile, DatasetTileRoutes.parameters,
            DatasetTileRoutes.tile),
    ]
}
