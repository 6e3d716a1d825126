import Contributions
import Curation
import MapFormats
import MapGeometry
import SpatialIndex

/// One tile of any layer, with the conditions of one request, in one format.
struct LayerTiles {
    private let site: Site
    private let address: TileAddress
    private let format: TileCache.Format
    private let query: FeatureQuery

    /// - Throws: `WebError` for a condition that cannot be read.
    init(_ request: RouteRequest, at address: TileAddress, as format: TileCache.Format) throws(WebError) {
        site = request.site
        self.address = address
        self.format = format
        query = try FeatureQueryParser(parameters: request.parameters).query()
    }

    func reply(of layer: PublishedLayer) throws -> Reply {
        guard let tile = try kept(layer) else {
            return Reply(try made(layer, layer.snapshot), mediaType: format.mediaType)
        }
        return Reply(
            .precompressed(tile.bytes, gzip: tile.gzip), mediaType: format.mediaType, entityTag: tile.tag)
    }

    func bytes(of layer: PublishedLayer) throws -> [UInt8] {
        try kept(layer)?.bytes ?? made(layer, layer.snapshot)
    }

    /// Out of the cache, and put there now if it was not; nil for a tile that conditions narrow.
    private func kept(_ layer: PublishedLayer) throws -> TileCache.Tile? {
        guard query == FeatureQuery() else { return nil }
        if let tile = site.tiles.tile(address, of: layer, as: format) { return tile }
        let snapshot = layer.snapshot
        guard let tile = TileCache.Tile(try made(layer, snapshot)) else { return nil }
        site.tiles.keep(tile, address, of: layer, as: format, version: snapshot.version)
        return tile
    }

    private func made(_ layer: PublishedLayer, _ snapshot: IndexSnapshot) throws -> [UInt8] {
        let contents = TileContents(
            of: address, layer: layer.identifier.text, snapshot: snapshot,
            matching: try site.layers.filter(for: query, in: layer))
        return switch format {
        case .geoJSON: contents.geoJSON
        case .vectorTile: try contents.vectorTile
        }
    }
}

extension TileCache.Format {
    var mediaType: String {
        switch self {
        case .geoJSON: MediaType.geoJSON
        case .vectorTile: MediaType.vectorTile
        }
    }
}

extension TileAddress {
    /// As an address of ours names a tile.
    /// - Throws: `WebError.noSuchTile` for anything that is not three plain whole numbers inside the matrix.
    init(zoom: String, column: String, row: String) throws(WebError) {
        func number(_ text: String) throws(WebError) -> Int {
            guard text.utf8.count <= 8, text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), let number = Int(text) else {
                throw .noSuchTile
            }
            return number
        }
        let numbers = (try number(zoom), try number(column), try number(row))
        do {
            try self.init(zoom: numbers.0, column: numbers.1, row: numbers.2)
        } catch {
            throw .noSuchTile
        }
    }
}
