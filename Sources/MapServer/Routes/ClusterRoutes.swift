import Contributions
import Curation
import MapFormats
import SpatialIndex

/// What a cluster of a tile holds.
enum ClusterRoutes {
    static let parameters = TileRoutes.parameters + [.format("json", "geojson", "html")]
    static let leafParameters = parameters + [.limit, .offset]

    /// `GET /xyz/{layer}/clusters/{cluster}/children`: what it opens into, as features and smaller clusters.
    static func children(_ request: RouteRequest) throws -> Reply {
        let (layer, cluster, parser) = try parts(request)
        let filter = try request.site.layers.filter(for: parser.query(), in: layer)
        let snapshot = layer.snapshot
        guard snapshot.cluster(identifier: cluster, matching: filter) != nil else { throw WebError.noSuchPage }
        let entries = snapshot.clusterChildren(identifier: cluster, matching: filter)
        return Reply(TileContents.geoJSON(of: entries), mediaType: MediaType.geoJSON)
    }

    /// `GET /xyz/{layer}/clusters/{cluster}/leaves`: its features, page by page.
    static func leaves(_ request: RouteRequest) throws -> Reply {
        let (layer, cluster, parser) = try parts(request)
        let limit = try parser.limit()
        let offset = try parser.value(.offset) { Int($0).flatMap { $0 >= 0 && $0 <= 1 << 40 ? $0 : nil } } ?? 0
        let filter = try request.site.layers.filter(for: parser.query(), in: layer)
        let snapshot = layer.snapshot
        guard let whole = snapshot.cluster(identifier: cluster, matching: filter) else { throw WebError.noSuchPage }
        let leaves = snapshot.clusterMembers(identifier: cluster, matching: filter, offset: offset, limit: limit)
        var bytes = Array(
            #"{"type":"FeatureCollection","numberMatched":\#(whole.count),"numberReturned":\#(leaves.count)"#.utf8)
        bytes += Array(#","links":"#.utf8)
        JSONWriter.append(Link.array(links(request, next: offset + leaves.count, of: whole.count)), to: &bytes)
        bytes += Array(#","features":["#.utf8)
        for (place, leaf) in leaves.enumerated() {
            if place > 0 { bytes.append(0x2C) }
            leaf.appendText(to: &bytes)
        }
        bytes += Array("]}".utf8)
        return Reply(bytes, mediaType: MediaType.geoJSON)
    }

    private static func parts(_ request: RouteRequest) throws -> (PublishedLayer, UInt64, FeatureQueryParser) {
        guard let cluster = UInt64(try request.capture("cluster")) else { throw WebError.noSuchPage }
        return (try request.layer(), cluster, FeatureQueryParser(parameters: request.parameters))
    }

    private static func links(_ request: RouteRequest, next offset: Int, of count: Int) -> [Link] {
        let own = Link("self", request.address, type: MediaType.geoJSON)
        guard offset < count else { return [own] }
        let query = request.parameters.replacing("offset", with: String(offset))
        return [own, Link("next", "\(request.publicURL)\(request.path)?\(query)", type: MediaType.geoJSON)]
    }
}

extension Parameter {
    static let offset = Parameter(
        name: "offset", expected: "how many leaves to skip, a whole number from 0",
        schema: .wholeNumber(0...(1 << 40), byDefault: 0))
}
