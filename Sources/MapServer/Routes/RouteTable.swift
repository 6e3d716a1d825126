import Curation

/// The contract, one line an address. What is not here does not exist.
enum RouteTable {
    static let routes: [Route] =
        standards + schemas + tilesets + tiles + exports + pages + ground + operating + writing + encounters
        + partners + embedding + sitePages + desk + codes + layers + imports + changes + curatedExports

    private static let standards = [
        Route("/", .landing, [.format("json", "html")], LandingRoutes.landing),
        Route("/conformance", .conformance, [.format("json", "html")], page: .document, DefinitionRoutes.conformance),
        Route("/api", .definition, [.format("json", "html")], DefinitionRoutes.definition),
        Route("/collections", .collections, [.format("json", "html")], page: .document, CollectionRoutes.list),
        Route("/collections/{layer}", .collection, [.format("json", "html")], page: .document, CollectionRoutes.one),
        Route("/collections/{layer}/items", .items, ItemRoutes.parameters, page: .features, ItemRoutes.list),
        Route(
            "/collections/{layer}/items/{id}", .item, ItemRoutes.itemParameters, page: .feature, ItemRoutes.one),
        Route("/styles", .styles, [.format("json", "html")], page: .document, StyleRoutes.list),
        Route("/styles/{style}", .style, [.layer, .format("json", "html")], page: .document, StyleRoutes.one),
    ]

    private static let tiles = [
        Route("/xyz/{layer}.json", .tileJSON, TileRoutes.parameters, TileRoutes.tileJSON),
        Route("/xyz/{layer}/{z}/{x}/{y}.geojson", .geoJSONTile, TileRoutes.parameters, TileRoutes.geoJSON),
        Route("/xyz/{layer}/{z}/{x}/{y}.mvt", .vectorTile, TileRoutes.parameters, TileRoutes.vectorTile),
        Route(
            "/xyz/{layer}/clusters/{cluster}/children", .clusterChildren, ClusterRoutes.parameters, page: .document,
            ClusterRoutes.children),
        Route(
            "/xyz/{layer}/clusters/{cluster}/leaves", .clusterLeaves, ClusterRoutes.leafParameters, page: .document,
            ClusterRoutes.leaves),
    ]

    private static let exports =
        ExportFormat.allCases.map { format in
            Route("/exports/{layer}.\(format.rawValue)", .export(format), ExportRoutes.parameters(of: format)) {
                try ExportRoutes.export($0, as: format)
            }
        } + FileExports.routes

    private static let pages = [
        Route(
            "/map/{layer}", nil, ItemRoutes.parameters.filter { $0.name != Parameter.embed.name },
            toleratesUnknownParameters: true, MapPageRoutes.map),
        Route("/contribute/{layer}", nil, [.embed, .interface], toleratesUnknownParameters: true, ContributePage.page),
        Route("/mine", nil, [.interface], toleratesUnknownParameters: true, OwnPage.page),
        Route("/sw.js", nil, [], OwnPage.serviceWorker),
        Route("/assets/{file}", nil, [], AssetRoutes.file),
        Route("/favicon.ico", nil, [], AssetRoutes.favicon),
    ]

    private static let operating = [
        Route("/health", .health, [.format("json", "html")], page: .document, OperatingRoutes.health),
        Route("/health/live", .healthLive, [.format("json", "html")], page: .document, OperatingRoutes.live),
        Route("/metrics", .metrics, [], OperatingRoutes.metrics),
    ]

    /// Only for who measures: a body of so many bytes, made once.
    static let constantBodies = [
        Route("/constant/{bytes}", nil, [], ConstantBodyRoutes.body)
    ]
}
