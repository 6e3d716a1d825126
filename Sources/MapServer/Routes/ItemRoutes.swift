import Contributions
import Curation
import Foundation
import HTTPTypes
import MapFormats
import MapGeometry
import Projections
import SpatialIndex

/// The features of a layer: pages of them, and one by one.
enum ItemRoutes {
    static let parameters: [Parameter] =
        [.bbox, .bboxCRS, .near, .radius] + Parameter.filters + Parameter.texts
        + [.sortby, .limit, .cursor, .properties, .crs, .embed, .format("json", "geojson", "html", "csv", "geojsonl")]
    static let itemParameters: [Parameter] = [.properties, .crs, .embed, .format("json", "geojson", "html")]

    /// `GET /collections/{layer}/items`
    static func list(_ request: RouteRequest) throws -> Reply {
        let layer = try request.layer()
        let parser = FeatureQueryParser(parameters: request.parameters)
        let system = try parser.system(.crs, among: request.site.referenceSystems)
        if let format = try ItemDownload.format(request) {
            return try ItemDownload(request, layer, parser, format, system).reply()
        }
        let page = try ItemPage(request, layer, parser)
        return try page.reply(timeStamp: request.site.clock(), in: system)
    }

    /// `GET /collections/{layer}/items/{id}`
    static func one(_ request: RouteRequest) throws -> Reply {
        // With a receipt in hand one sees one's own, whatever its state.
        if request.headers[.authorization] != nil { return try ContributionRoutes.own(request) }
        let layer = try request.layer()
        let parser = FeatureQueryParser(parameters: request.parameters)
        try requireGeoJSON(parser)
        let system = try parser.system(.crs, among: request.site.referenceSystems)
        let feature = try feature(request, of: layer)
        let identifier = PublicIdentifier(bits: feature.identifier)
        let collection = "\(request.publicURL)/collections/\(layer.identifier)"
        let writing = FeatureWriting(properties: try parser.properties())
        let query = request.parameters.dropping { name, _ in name == "f" }.text
        var bytes: [UInt8] = []
        if system == .crs84 {
            writing.append(feature, to: &bytes)
        } else {
            try request.site.referenceSystems.transforming(to: system) {
                writing.append(feature, to: &bytes, placedBy: $0)
            }
        }
        bytes.removeLast()
        bytes += Array(#","links":"#.utf8)
        let item = "\(collection)/items/\(identifier)"
        Link.append(
            [
                Link("self", query.isEmpty ? item : "\(item)?\(query)", type: MediaType.geoJSON),
                Link(
                    "alternate", item + layer.query(and: "f=html"), type: "text/html"),
                Link("collection", collection, type: MediaType.json),
            ], to: &bytes)
        bytes.append(0x7D)
        return Reply(bytes, mediaType: MediaType.geoJSON, headers: [.contentCRS: system.headerValue])
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

extension CoordinateReferenceSystem {
    var headerValue: String { "<\(uri)>" }
}
