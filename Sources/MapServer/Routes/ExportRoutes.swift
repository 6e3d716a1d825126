import Contributions
import Curation
import HTTPTypes
import Projections
import SpatialIndex
import Synchronization

/// Whole layers as files at stable addresses, streamed in constant memory.
enum ExportRoutes {
    static func parameters(of format: ExportFormat) -> [Parameter] {
        ExportSelection.parameters + (format.takesReferenceSystem ? [.crs] : [])
    }

    /// `GET /exports/{layer}.geojson`, `.geojsonl`, `.csv`, `.kml`, `.gpx`
    static func export(_ request: RouteRequest, as format: ExportFormat) throws -> Reply {
        let layer = try request.layer()
        let systems = request.site.referenceSystems
        let system = try FeatureQueryParser(parameters: request.parameters).system(.crs, among: systems)
        let filter = try ExportSelection.filter(request, in: layer)
        let snapshot = layer.snapshot
        let (tag, count) = ExportHash.of(snapshot, filter, layer.layer, "\(format.rawValue) \(system.uri)")
        let pieces = Mutex(
            try ExportPieces(layer.layer, snapshot, matching: filter, as: format, in: system, among: systems))
        let leftOut = try LayerExport.leftOut(of: snapshot, matching: filter, as: format)
        var headers: HTTPFields = [
            .contentDisposition: ExportHeaders.disposition(request, layer, ending: format.rawValue),
            .numberMatched: String(count), .numberReturned: String(count - leftOut),
            .link: Link.field(links(request, layer, format)),
        ]
        if leftOut > 0 { headers[.leftOut] = String(leftOut) }
        if format.takesReferenceSystem { headers[.contentCRS] = system.headerValue }
        return Reply(
            .pieces { try pieces.withLock { try $0.next() } }, mediaType: format.mediaType, entityTag: .strong(tag), headers: headers)
    }

    private static func links(_ request: RouteRequest, _ layer: PublishedLayer, _ format: ExportFormat) -> [Link] {
        let elsewhere = request.parameters.dropping { name, _ in name == Parameter.crs.name }
        let others = ExportFormat.allCases.filter { $0 != format }.map { other in
            let query = (other.takesReferenceSystem ? request.parameters : elsewhere).text
            return Link(
                "alternate",
                "\(request.publicURL)/exports/\(layer.identifier).\(other.rawValue)\(query.isEmpty ? "" : "?" + query)",
                type: other.bareMediaType)
        }
        let collection = Link(
            "collection", "\(request.publicURL)/collections/\(layer.identifier)", type: MediaType.json)
        return [Link("self", request.address, type: format.bareMediaType)] + others + [collection]
            + layer.layer.licenceLinks
    }
}

/// The validator of an export, of every feature in its order, of what the file says of itself and of the form in which
/// it is written; and how many features that is.
private enum ExportHash {
    static func of(
        _ snapshot: IndexSnapshot, _ filter: FeatureFilter, _ layer: Layer, _ form: String
    ) -> (hash: UInt64, count: Int) {
        var hash = ContentHash.of(Array(form.utf8))
        hash = ExportLabel(of: layer).bytes.withUnsafeBytes { ContentHash.of($0, seed: hash) }
        var count = 0
        snapshot.forEachInOrder(matching: filter) { feature in
            feature.withText { text, _ in hash = ContentHash.of(text, seed: hash) }
            count += 1
        }
        return (hash, count)
    }
}

extension ExportFormat {
    /// Without its parameters, as links have it.
    fileprivate var bareMediaType: String { String(mediaType.prefix { $0 != ";" }) }
}
