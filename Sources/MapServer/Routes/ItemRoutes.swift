import Contributions
import Curation
import Foundation
import HTTPTypes
import MapFormats
import MapGeometry
import SpatialIndex

/// The features of a layer: pages of them, and one by one.
enum ItemRoutes {
    static let parameters: [Parameter] =
        [.bbox, .near, .radius] + Parameter.filters + [.limit, .cursor, .properties, .format("json", "geojson", "html")]

    /// `GET /collections/{layer}/items`
    static func list(_ request: RouteRequest) throws -> Reply {
        let layer = try request.layer()
        let parser = FeatureQueryParser(parameters: request.parameters)
        try requireGeoJSON(parser)
        let page = try ItemPage(request, layer, parser)
        return page.reply(timeStamp: request.site.clock())
    }

    /// `GET /collections/{layer}/items/{id}`
    static func one(_ request: RouteRequest) throws -> Reply {
        let layer = try request.layer()
        try requireGeoJSON(FeatureQueryParser(parameters: request.parameters))
        let feature = try feature(request, of: layer)
        let identifier = PublicIdentifier(bits: feature.identifier)
        let collection = "\(request.publicURL)/collections/\(layer.identifier)"
        var bytes: [UInt8] = []
        feature.appendText(to: &bytes)
        bytes.removeLast()
        bytes += Array(#","links":"#.utf8)
        JSONWriter.append(
            Link.array([
                Link("self", "\(collection)/items/\(identifier)", type: MediaType.geoJSON),
                Link("collection", collection, type: MediaType.json),
            ]), to: &bytes)
        bytes.append(0x7D)
        return Reply(bytes, mediaType: MediaType.geoJSON)
    }

    /// The feature that the path names.
    static func feature(_ request: RouteRequest, of layer: PublishedLayer) throws -> FeatureReference {
        let text = try request.capture("id")
        guard let identifier = PublicIdentifier(text), let feature = layer.snapshot.feature(identifier: identifier.bits)
        else { throw WebError.noSuchFeature(text) }
        return feature
    }

    static func requireGeoJSON(_ parser: FeatureQueryParser) throws(WebError) {
        _ = try parser.value(.format("json", "geojson")) { ["json", "geojson"].contains($0) ? true : nil }
    }
}
