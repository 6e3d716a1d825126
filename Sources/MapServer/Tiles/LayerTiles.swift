import Contributions
import Curation
import HTTPTypes
import MapFormats
import MapGeometry
import SpatialIndex

/// One tile of any layer, with the conditions of one request, in one format.
struct LayerTiles {
    /// A tile written out, and what it tells of those inside it.
    typealias Written = (bytes: [UInt8], hint: TileHint?)

    private let site: Site
    private let request: RouteRequest
    private let address: TileAddress
    private let format: TileCache.Format
    private let namesLayer: Bool
    private let query: FeatureQuery

    /// - Parameter isOneOfSeveral: whether layers stand side by side, so that in GeoJSON each feature must say of
    ///   which it is; in vector tiles its source layer does.
    /// - Throws: `WebError` for a condition that cannot be read.
    init(
        _ request: RouteRequest, at address: TileAddress, as format: TileCache.Format, isOneOfSeveral: Bool = false
    ) throws(WebError) {
        site = request.site
        self.request = request
        self.address = address
        self.format = format
        namesLayer = isOneOfSeveral && format == .geoJSON
        query = try FeatureQueryParser(parameters: request.parameters).query()
    }

    func reply(of layer: PublishedLayer) async throws -> Reply {
        guard let tile = try await kept(layer) else {
            let (bytes, hint) = try written(layer, layer.snapshot)
            let headers = TileLinks.headers(request, format, of: layer.identifier, hint: hint)
            return Reply(bytes, mediaType: format.mediaType, headers: headers)
        }
        let body: Reply.Body = tile.gzip.map { .precompressed(tile.bytes, gzip: $0) } ?? .bytes(tile.bytes)
        return Reply(body, mediaType: format.mediaType, entityTag: tile.tag, headers: fields(of: tile, layer))
    }

    private func fields(of tile: TileCache.Tile, _ layer: PublishedLayer) -> HTTPFields {
        func made() -> HTTPFields { TileLinks.headers(request, format, of: layer.identifier, hint: tile.hint) }
        guard request.parameters.values.isEmpty else { return made() }
        return tile.fields.fields(for: .init(root: request.publicURL, path: request.path), make: made)
    }

    func tile(of layer: PublishedLayer) async throws -> Written {
        if let tile = try await kept(layer) { return (tile.bytes, tile.hint) }
        return try written(layer, layer.snapshot)
    }

    /// Out of the cache, and put there now if it was not; nil for a tile that conditions narrow.
    private func kept(_ layer: PublishedLayer) async throws -> TileCache.Tile? {
        guard request.parameters.values.isEmpty || query == FeatureQuery() else { return nil }
        let key = TileCache.Key(address, of: layer, as: format, namesLayer: namesLayer)
        if let tile = site.tiles.held(key, of: layer, compressed: request.takesGzip) { return tile }
        return try await site.tiles.tile(key, of: layer, compressed: request.takesGzip) { snapshot in
            let (bytes, hint) = try written(layer, snapshot)
            return TileCache.Tile(bytes, hint: hint)
        }
    }

    private func written(_ layer: PublishedLayer, _ snapshot: IndexSnapshot) throws -> Written {
        let contents = TileContents(
            of: address, layer: layer.identifier.text, snapshot: snapshot,
            matching: try site.layers.filter(for: query, in: layer))
        return switch format {
        case .geoJSON: (namesLayer ? contents.geoJSONNamingLayer : contents.geoJSON, contents.hint)
        case .vectorTile: (try contents.vectorTile, contents.hint)
        }
    }
}

extension TileHint {
    /// Made once: an empty tile is asked for as often as any other.
    private static let made: [TileHint: HTTPFields] = {
        guard let name = HTTPField.Name("OATiles-hint") else { return [:] }
        return [.empty: [name: TileHint.empty.rawValue], .full: [name: TileHint.full.rawValue]]
    }()

    /// How an answer says it; no header for a tile that tells nothing.
    static func headers(_ hint: TileHint?) -> HTTPFields { hint.flatMap { made[$0] } ?? [:] }
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
            // A zero in front would give one tile many addresses.
            guard text.utf8.count <= 8, text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }),
                text.utf8.first != 0x30 || text.utf8.count == 1, let number = Int(text)
            else { throw .noSuchTile }
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
