extension RouteTable {
    /// OGC API Tiles. The only tile matrix set stands in the addresses by its name: any other is not found.
    static let tilesets = [
        Route("/tileMatrixSets", [.format("json")], TileMatrixSetRoutes.list),
        Route("/tileMatrixSets/WebMercatorQuad", [.format("json")], TileMatrixSetRoutes.webMercatorQuad),
        Route("/collections/{layer}/tiles", [.format("json")], TilesetRoutes.list),
        Route("/collections/{layer}/tiles/WebMercatorQuad", [.format("json")], TilesetRoutes.one),
        Route(
            "/collections/{layer}/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}", TilesetRoutes.parameters,
            TilesetRoutes.tile),
        Route("/tiles", [.format("json")], DatasetTileRoutes.list),
        Route("/tiles/WebMercatorQuad", [.format("json", "tilejson")], DatasetTileRoutes.one),
        Route(
            "/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}", DatasetTileRoutes.parameters,
            DatasetTileRoutes.tile),
    ]
}
