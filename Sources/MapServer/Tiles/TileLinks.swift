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
        var field = ""
        field.reserveCapacity(3 * (request.publicURL.utf8.count + request.path.utf8.count) + 256)
        append("<", request.address, "self", format.mediaType, to: &field)
        append(", <", address(of: other, besides: format, request), "alternate", other.mediaType, to: &field)
        if let layer {
            append(
                ", <", request.publicURL + "/collections/" + layer.text, "collection", MediaType.json, to: &field)
        }
        var headers = TileHint.headers(hint)
        headers[.link] = field
        return headers
    }

    /// A link as `Link.field` writes it.
    private static func append(
        _ mark: String, _ address: String, _ relation: String, _ type: String, to field: inout String
    ) {
        field += mark
        field += address
        field += ">; rel=\""
        field += relation
        field += "\"; type=\""
        field += type
        field += "\""
    }

    /// The simple addresses end with the name of the format, the others take it in `f=`.
    private static func address(
        of other: TileCache.Format, besides format: TileCache.Format, _ request: RouteRequest
    ) -> String {
        let ending = "." + format.rawValue
        guard request.path.hasSuffix(ending) else {
            return "\(request.publicURL)\(request.path)?\(request.parameters.replacing("f", with: other.rawValue))"
        }
        let path = String(Substring(request.path.utf8.dropLast(ending.utf8.count)))
        let address = request.publicURL + path + "." + other.rawValue
        return request.parameters.values.isEmpty ? address : address + "?" + request.parameters.text
    }
}
