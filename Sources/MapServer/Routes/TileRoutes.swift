import Contributions
import Curation
import HTTPTypes
import MapFormats
import MapGeometry
import SpatialIndex

/// Tiles of a layer by the simple addresses that map libraries know: column (x) before row (y).
enum TileRoutes {
    static let parameters = Parameter.filters

    /// `GET /xyz/{layer}/{z}/{x}/{y}.geojson`
    static func geoJSON(_ request: RouteRequest) throws -> Reply { try tile(request, as: .geoJSON) }

    /// `GET /xyz/{layer}/{z}/{x}/{y}.mvt`
    static func vectorTile(_ request: RouteRequest) throws -> Reply { try tile(request, as: .vectorTile) }

    private static func tile(_ request: RouteRequest, as format: TileCache.Format) throws -> Reply {
        let layer = try request.layer()
        let address = try self.address(request)
        let query = try FeatureQueryParser(parameters: request.parameters).query()
        let mediaType = format == .geoJSON ? MediaType.geoJSON : MediaType.vectorTile
        guard query == FeatureQuery() else {
            let filter = try request.site.layers.filter(for: query, in: layer)
            let contents = TileContents(
                of: address, layer: layer.identifier.text, snapshot: layer.snapshot, matching: filter)
            return Reply(try contents.bytes(as: format), mediaType: mediaType)
        }
        if let tile = request.site.tiles.tile(address, of: layer, as: format) { return Reply(tile, mediaType) }
        let bytes = try TileContents(of: address, layer: layer.identifier.text, snapshot: layer.snapshot)
            .bytes(as: format)
        guard let tile = TileCache.Tile(bytes) else { return Reply(bytes, mediaType: mediaType) }
        request.site.tiles.keep(tile, address, of: layer, as: format)
        return Reply(tile, mediaType)
    }

    /// - Throws: `WebError.noSuchTile` for anything that is not three plain whole numbers inside the matrix.
    private static func address(_ request: RouteRequest) throws -> TileAddress {
        func number(_ name: String) throws -> Int {
            let text = try request.capture(name)
            guard text.utf8.count <= 8, text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), let number = Int(text) else {
                throw WebError.noSuchTile
            }
            return number
        }
        do {
            return try TileAddress(zoom: number("z"), column: number("x"), row: number("y"))
        } catch {
            throw WebError.noSuchTile
        }
    }

    /// `GET /xyz/{layer}.json`
    static func tileJSON(_ request: RouteRequest) throws -> Reply {
        let layer = try request.layer()
        _ = try FeatureQueryParser(parameters: request.parameters).query()
        let query = request.parameters.text
        let tiles = "\(request.publicURL)/xyz/\(layer.identifier)/{z}/{x}/{y}.mvt" + (query.isEmpty ? "" : "?\(query)")
        var document = try TileJSON(
            tiles: [tiles],
            vectorLayers: [
                TileJSON.VectorLayer(
                    identifier: layer.identifier.text, description: layer.layer.description, fields: fields)
            ])
        document.name = layer.layer.title
        document.description = layer.layer.description
        document.bounds = layer.snapshot.extent
        document.centre = layer.snapshot.extent.map { TileJSON.View(position: $0.centre, zoom: 14) }
        return Reply(document.bytes, mediaType: MediaType.json)
    }

    private static let fields = [
        "id": "String: the public id", "kind": "String: place, memory or encounter", "title": "String",
        "text": "String",
        "theme": "String: themes separated by commas", "when": "String: EDTF", "lang": "String", "precision": "String",
        "author": "String", "licence": "String", "cluster": "Boolean: true on clusters only", "cluster_id": "Number",
        "point_count": "Number", "point_count_abbreviated": "String or Number", "expansion_zoom": "Number",
    ]
}

extension Reply {
    fileprivate init(_ tile: TileCache.Tile, _ mediaType: String) {
        self.init(.precompressed(tile.bytes, gzip: tile.gzip), mediaType: mediaType, entityTag: tile.tag)
    }
}

extension TileContents {
    fileprivate func bytes(as format: TileCache.Format) throws -> [UInt8] {
        switch format {
        case .geoJSON: geoJSON
        case .vectorTile: try vectorTile
        }
    }
}
