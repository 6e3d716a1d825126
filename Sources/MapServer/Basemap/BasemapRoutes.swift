import HTTPTypes
import MapFormats
import MapGeometry
import SpatialDatabase

/// The ground under the map, where the operator has given one.
enum BasemapRoutes {
    /// It changes when the operator makes it anew and with nobody's contribution, so it may be kept for a while.
    private static let keeping: HTTPFields = [.cacheControl: "public, max-age=3600"]

    /// `GET /basemap/{z}/{x}/{y}.mvt`, zooms and numbers as those of a layer's tiles
    static func tile(_ request: RouteRequest) async throws -> Reply {
        let basemap = try basemap(request)
        let address = try TileAddress(
            zoom: request.capture("z"), column: request.capture("x"), row: request.capture("y"))
        guard basemap.zooms.contains(address.zoom) else { throw WebError.noSuchTile }
        // A tile of no bytes is a tile without layers.
        let bytes = try await basemap.tile(at: address) ?? []
        guard Gunzip.isCompressed(bytes) else { return Reply(bytes, mediaType: MediaType.vectorTile, headers: keeping) }
        return Reply(
            .gzipped(bytes), mediaType: MediaType.vectorTile, entityTag: .strong(ContentHash.of(bytes)),
            headers: keeping)
    }

    /// `GET /basemap.json`
    static func tileJSON(_ request: RouteRequest) throws -> Reply {
        let basemap = try basemap(request)
        var document = try TileJSON(
            tiles: ["\(request.publicURL)/basemap/{z}/{x}/{y}.mvt"], zooms: basemap.zooms,
            vectorLayers: vectorLayers(of: basemap))
        document.name = "Basemap"
        document.attribution = BasemapAttribution.markup(of: basemap.attribution)
        document.bounds = basemap.bounds
        return Reply(document.bytes, mediaType: MediaType.json)
    }

    /// `GET /basemap/names.json`: names of streets, squares, stations and venues, which a phone searches by itself
    static func names(_ request: RouteRequest) throws -> Reply {
        guard let names = try basemap(request).names else { throw WebError.noSuchPage }
        return Reply(names, mediaType: MediaType.json, headers: keeping)
    }

    private static func basemap(_ request: RouteRequest) throws(WebError) -> Basemap {
        guard let basemap = request.site.configuration.basemap else { throw .noSuchPage }
        return basemap
    }

    private static func vectorLayers(of basemap: Basemap) -> [TileJSON.VectorLayer] {
        guard let text = basemap.description,
            case .array(let layers)? = try? JSONParser.parse(Array(text.utf8))["vector_layers"]
        else { return [] }
        return layers.compactMap { layer in
            guard let identifier = layer["id"]?.text else { return nil }
            var fields: [String: String] = [:]
            if case .object(let members)? = layer["fields"] {
                for member in members.members { fields[member.name] = member.value.text }
            }
            return TileJSON.VectorLayer(identifier: identifier, fields: fields)
        }
    }
}

/// Whom a map thanks for its ground.
///
/// Source: the Open Database License 1.0, section 4.3, and the attribution guidelines of the OpenStreetMap Foundation.
enum BasemapAttribution {
    static let openStreetMap = "© OpenStreetMap contributors, ODbL"

    /// As map libraries set it into a page: what the file says is text there and never markup.
    /// - Parameter text: of the file; nil for OpenStreetMap, from which `Tools/basemap` makes all.
    static func markup(of text: String?) -> String {
        let escaped = [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;"), ("'", "&#39;")]
            .reduce(text ?? openStreetMap) { $0.replacing($1.0, with: $1.1) }
        return escaped.replacing(
            "OpenStreetMap", with: #"<a href="https://www.openstreetmap.org/copyright">OpenStreetMap</a>"#,
            maxReplacements: 1)
    }
}
