import Curation

/// The contract, one line an address. What is not here does not exist.
enum RouteTable {
    static let routes: [Route] =
        standards + tiles + exports + pages + operating

    private static let standards = [
        Route("/", [.format("json", "html")], LandingRoutes.landing),
        Route("/collections", [.format("json")], CollectionRoutes.list),
        Route("/collections/{layer}", [.format("json")], CollectionRoutes.one),
        Route("/collections/{layer}/items", ItemRoutes.parameters, ItemRoutes.list),
        Route("/collections/{layer}/items/{id}", ItemRoutes.itemParameters, ItemRoutes.one),
        Route("/styles", [.format("json")], StyleRoutes.list),
        Route("/styles/{style}", [.layer], StyleRoutes.one),
    ]

    private static let tiles = [
        Route("/xyz/{layer}.json", TileRoutes.parameters, TileRoutes.tileJSON),
        Route("/xyz/{layer}/{z}/{x}/{y}.geojson", TileRoutes.parameters, TileRoutes.geoJSON),
        Route("/xyz/{layer}/{z}/{x}/{y}.mvt", TileRoutes.parameters, TileRoutes.vectorTile),
        Route("/xyz/{layer}/clusters/{cluster}/children", TileRoutes.parameters, ClusterRoutes.children),
        Route("/xyz/{layer}/clusters/{cluster}/leaves", ClusterRoutes.leafParameters, ClusterRoutes.leaves),
    ]

    private static let exports = [
        Route("/exports/{layer}.geojson", Parameter.filters) { try ExportRoutes.export($0, as: .geojson) },
        Route("/exports/{layer}.geojsonl", Parameter.filters) { try ExportRoutes.export($0, as: .geojsonl) },
        Route("/exports/{layer}.csv", Parameter.filters) { try ExportRoutes.export($0, as: .csv) },
    ]

    private static let pages = [
        Route("/map/{layer}", ItemRoutes.parameters, toleratesUnknownParameters: true, MapPageRoutes.map),
        Route("/assets/{file}", [], AssetRoutes.file),
        Route("/favicon.ico", [], AssetRoutes.favicon),
    ]

    private static let operating = [
        Route("/health", [], OperatingRoutes.health)
    ]

    /// Only for who measures: a body of so many bytes, made once.
    static let constantBodies = [
        Route("/constant/{bytes}", [], ConstantBodyRoutes.body)
    ]
}
