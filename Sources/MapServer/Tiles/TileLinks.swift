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
        let root = Array(request.publicURL.utf8)
        var field: [UInt8] = []
        field.reserveCapacity(3 * (root.count + request.path.utf8.count) + 256)
        field.append(UInt8(ascii: "<"))
        field.append(contentsOf: root)
        field.append(contentsOf: request.path.utf8)
        if !request.parameters.values.isEmpty {
            field.append(UInt8(ascii: "?"))
            request.parameters.append(to: &field)
        }
        field.append(contentsOf: Endings.of(format).asSelf)
        field.append(contentsOf: root)
        appendAddress(of: other, besides: format, request, to: &field)
        field.append(contentsOf: Endings.of(other).asAlternate)
        if let layer {
            field.append(contentsOf: root)
            field.append(contentsOf: "/collections/".utf8)
            field.append(contentsOf: layer.text.utf8)
            field.append(contentsOf: collectionEnding)
        }
        var headers = TileHint.headers(hint)
        headers[.link] = String(decoding: layer == nil ? field.dropLast(3) : field[...], as: UTF8.self)
        return headers
    }

    /// The simple addresses end with the name of the format, the others take it in `f=`.
    private static func appendAddress(
        of other: TileCache.Format, besides format: TileCache.Format, _ request: RouteRequest, to field: inout [UInt8]
    ) {
        let ending = "." + format.rawValue
        guard request.path.hasSuffix(ending) else {
            field.append(contentsOf: request.path.utf8)
            field.append(UInt8(ascii: "?"))
            field.append(contentsOf: request.parameters.replacing("f", with: other.rawValue).utf8)
            return
        }
        field.append(contentsOf: request.path.utf8.dropLast(format.rawValue.utf8.count))
        field.append(contentsOf: other.rawValue.utf8)
        if request.parameters.values.isEmpty { return }
        field.append(UInt8(ascii: "?"))
        request.parameters.append(to: &field)
    }

    /// What follows the address of a tile in a link that another one follows, as `Link.field` writes them.
    private struct Endings {
        let asSelf: [UInt8]
        let asAlternate: [UInt8]

        private static let geoJSON = Endings(.geoJSON)
        private static let vectorTile = Endings(.vectorTile)

        private init(_ format: TileCache.Format) {
            asSelf = Array(">; rel=\"self\"; type=\"\(format.mediaType)\", <".utf8)
            asAlternate = Array(">; rel=\"alternate\"; type=\"\(format.mediaType)\", <".utf8)
        }

        static func of(_ format: TileCache.Format) -> Endings {
            switch format {
            case .geoJSON: geoJSON
            case .vectorTile: vectorTile
            }
        }
    }

    private static let collectionEnding = Array(">; rel=\"collection\"; type=\"\(MediaType.json)\"".utf8)
}
