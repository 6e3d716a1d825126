import Contributions
import Curation
import HTTPTypes

/// The links of a tile, which stand in its header: a vector tile has no place for them.
enum TileLinks {
    /// - Parameter layer: the layer that the tile shows; nil for a tile of several.
    static func headers(
        _ request: RouteRequest, _ format: TileCache.Format, of layer: LayerIdentifier? = nil,
        hint: TileHint?
    ) -> HTTPFields {
        let other: TileCache.Format = format == .geoJSON ? .vectorTile : .geoJSON
        var links = [
            Link("self", request.address, type: format.mediaType),
            Link("alternate", address(of: other, besides: format, request), type: other.mediaType),
        ]
        if let layer {
            links.append(Link("collection", "\(request.publicURL)/collections/\(layer)", type: MediaType.json))
        }
        var headers = TileHint.headers(hint)
        headers[.link] = Link.field(links)
        return headers
    }

    /// The simple addresses end with the name of the format, the others take it in `f=`.
    private static func address(
        of other: TileCache.Format, besides format: TileCache.Format, _ request: RouteRequest
    ) -> String {
        let ending = "." + format.rawValue
        guard request.path.hasSuffix(ending) else {
            return "\(request.publicURL)\(request.path)?\(request.parameters.replacing("f", with: other.rawValue))"
        }
        let query = request.parameters.text
        return "\(request.publicURL)\(request.path.dropLast(ending.count)).\(other.rawValue)"
            + (query.isEmpty ? "" : "?\(query)")
    }
}
