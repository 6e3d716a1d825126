import Contributions
import Curation
import HTTPTypes
import MapFormats
import MapGeometry
import SpatialIndex

/// Tiles of a layer by the simple addresses that map libraries know: column (x) before row (y).
enum TileRoutes {
    static let parameters = Parameter.filters + [.embed]

    /// `GET /xyz/{layer}/{z}/{x}/{y}.geojson`
    static func geoJSON(_ request: RouteRequest) async throws -> Reply {
        try await tile(request, as: .geoJSON)
    }

    /// `GET /xyz/{layer}/{z}/{x}/{y}.mvt`
    static func vectorTile(_ request: RouteRequest) async throws -> Reply {
        try await tile(request, as: .vectorTile)
    }

    private static func tile(_ request: RouteRequest, as format: TileCache.Format) async throws -> Reply {
        let layer = try request.layer()
        let address = try TileAddress(
            zoom: request.capture("z"), column: request.capture("x"), row: request.capture("y"))
        return try await LayerTiles(request, at: address, as: format).reply(of: layer)
    }

    /// `GET /xyz/{layer}.json`
    static func tileJSON(_ request: RouteRequest) throws -> Reply {
        let layer = try request.layer()
        _ = try FeatureQueryParser(parameters: request.parameters).query()
        let query = request.parameters.text
        let tiles = "\(request.publicURL)/xyz/\(layer.identifier)/{z}/{x}/{y}.mvt" + (query.isEmpty ? "" : "?\(query)")
        return Reply(
            try TileJSON(tilesAt: tiles, title: layer.layer.title, layers: [layer]).bytes, mediaType: MediaType.json)
    }
}

extension TileJSON {
    /// What the tiles at an address hold.
    /// - Parameter address: absolute, with `{z}`, `{x}` and `{y}`.
    init(tilesAt address: String, title: String, layers: [PublishedLayer]) throws {
        try self.init(
            tiles: [address],
            vectorLayers: layers.map {
                VectorLayer(
                    identifier: $0.identifier.text, description: $0.layer.description, fields: TileFields.inWords)
            })
        name = title
        if layers.count == 1 { description = layers[0].layer.description }
        bounds = layers.extent
        #if DEBUG
            bounds = SeededLeak.planted.map { $0.extent(of: layers, instead: bounds) } ?? bounds
        #endif
        centre = bounds.map { View(position: $0.centre.rounded(decimals: 6), zoom: 14) }
    }
}

extension [PublishedLayer] {
    /// A box around everything, west ≤ east; nil when nothing stands anywhere.
    var extent: BoundingBox? {
        compactMap(\.snapshot.extent).reduce(nil) { $0?.union($1) ?? $1 }
    }
}
