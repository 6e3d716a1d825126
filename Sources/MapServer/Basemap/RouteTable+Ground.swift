extension RouteTable {
    /// What styles draw under and beside a layer: no part of the API, and nothing that people gave.
    static let ground = [
        Route("/basemap.json", nil, [], BasemapRoutes.tileJSON),
        Route("/basemap/names.json", nil, [], BasemapRoutes.names),
        Route("/basemap/{z}/{x}/{y}.mvt", nil, [], BasemapRoutes.tile),
        Route("/fonts/{font}/{range}.pbf", nil, [], FontRoutes.glyphs),
    ]
}
