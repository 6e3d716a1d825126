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
        let writing = FeatureWriting(properties: try parser.properties())
        var bytes: [UInt8] = []
        bytes.reserveCapacity(feature.textLength + 1_024)
        if system == .crs84 {
            writing.append(feature, to: &bytes)
        } else {
            try request.site.referenceSystems.transforming(to: system) {
                writing.append(feature, to: &bytes, placedBy: $0)
            }
        }
        bytes.removeLast()
        bytes.append(contentsOf: #","links":["#.utf8)
        appendLinks(of: layer, request, to: &bytes)
        bytes.append(contentsOf: "]}".utf8)
        return Reply(bytes, mediaType: MediaType.geoJSON, headers: system.headers)
    }

    /// To itself, to its page and to its layer, as `Link.append` writes them. Neither an id, nor the name of a layer,
    /// nor a query of ours needs an escape in JSON.
    private static func appendLinks(of layer: PublishedLayer, _ request: RouteRequest, to bytes: inout [UInt8]) {
        var address: [UInt8] = []
        address.reserveCapacity(256)
        address.append(contentsOf: #"{"href":""#.utf8)
        JSONWriter.append(escaping: request.publicURL, to: &address)
        address.append(contentsOf: "/collections/".utf8)
        address.append(contentsOf: layer.identifier.text.utf8)
        let collection = address.count
        address.append(contentsOf: "/items/".utf8)
        address.append(contentsOf: (request.captures["id"] ?? "").utf8)
        bytes.append(contentsOf: address)
        let start = bytes.count
        request.parameters.append(to: &bytes, without: "f")
        if bytes.count > start { bytes.insert(UInt8(ascii: "?"), at: start) }
        bytes.append(contentsOf: #"","rel":"self","type":"application/geo+json"},"#.utf8)
        bytes.append(contentsOf: address)
        bytes.append(contentsOf: layer.query(and: "f=html").utf8)
        bytes.append(contentsOf: #"","rel":"alternate","type":"text/html"},"#.utf8)
        bytes.append(contentsOf: address[..<collection])
        bytes.append(contentsOf: #"","rel":"collection","type":"application/json"}"#.utf8)
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

    /// `Content-Crs` alone.
    var headers: HTTPFields { self == .crs84 ? Self.crs84Headers : [.contentCRS: headerValue] }

    /// Made once, for nearly every answer is in it.
    private static let crs84Headers: HTTPFields = [.contentCRS: CoordinateReferenceSystem.crs84.headerValue]
}
