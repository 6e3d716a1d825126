import Contributions
import Curation
import HTTPTypes
import SpatialIndex
import Synchronization

/// Whole layers as files at stable addresses, streamed in constant memory.
enum ExportRoutes {
    /// `GET /exports/{layer}.geojson`, `.geojsonl`, `.csv`
    static func export(_ request: RouteRequest, as format: ExportFormat) throws -> Reply {
        let layer = try request.layer()
        let query = try FeatureQueryParser(parameters: request.parameters).query()
        let filter = try request.site.layers.filter(for: query, in: layer)
        let snapshot = layer.snapshot
        let (tag, count) = ExportHash.of(snapshot, filter, format)
        let columns = format == .csv ? try ExportColumns(snapshot, filter) : ExportColumns()
        let pieces = ExportPieces(
            snapshot, filter, LayerExport(format: format, of: layer.layer, columns: columns))
        let leftOut = try LayerExport.leftOut(of: snapshot, matching: filter, as: format)
        var headers: HTTPFields = [
            .contentDisposition: ExportHeaders.disposition(request, layer, ending: format.rawValue),
            .numberMatched: String(count), .numberReturned: String(count - leftOut),
            .link: Link.field(links(request, layer, format)),
        ]
        if leftOut > 0 { headers[.leftOut] = String(leftOut) }
        return Reply(
            .pieces { try pieces.next() }, mediaType: format.mediaType, entityTag: .strong(tag), headers: headers)
    }

    private static func links(_ request: RouteRequest, _ layer: PublishedLayer, _ format: ExportFormat) -> [Link] {
        let query = request.parameters.text
        let others = ExportFormat.allCases.filter { $0 != format }.map { other in
            Link(
                "alternate",
                "\(request.publicURL)/exports/\(layer.identifier).\(other.rawValue)\(query.isEmpty ? "" : "?" + query)",
                type: other.bareMediaType)
        }
        let collection = Link(
            "collection", "\(request.publicURL)/collections/\(layer.identifier)", type: MediaType.json)
        return [Link("self", request.address, type: format.bareMediaType)] + others + [collection]
            + layer.layer.licenceLinks
    }

    static let pageSize = 500
}

/// The validator of an export, of every feature in its order and of the form in which it is written; and how many
/// features that is.
private enum ExportHash {
    static func of(
        _ snapshot: IndexSnapshot, _ filter: FeatureFilter, _ format: ExportFormat
    ) -> (hash: UInt64, count: Int) {
        var hash = ContentHash.of(Array(format.rawValue.utf8))
        var count = 0
        snapshot.forEachFeature(matching: filter) { feature in
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

/// Writes the next piece of an export each time that it is asked, by one task at a time.
private final class ExportPieces: Sendable {
    private struct State {
        var export: LayerExport
        var after: PageKey?
        var hasBegun = false
        var hasEnded = false
    }

    private let snapshot: IndexSnapshot
    private let filter: FeatureFilter
    private let state: Mutex<State>

    init(_ snapshot: IndexSnapshot, _ filter: FeatureFilter, _ export: LayerExport) {
        self.snapshot = snapshot
        self.filter = filter
        state = Mutex(State(export: export))
    }

    /// Nil behind the last.
    func next() throws -> [UInt8]? {
        try state.withLock { state in
            if state.hasEnded { return nil }
            var bytes: [UInt8] = []
            if !state.hasBegun { state.export.begin(&bytes) }
            state.hasBegun = true
            let page = snapshot.features(matching: filter, after: state.after, limit: ExportRoutes.pageSize)
            for feature in page.features {
                try feature.withText { text, _ in try state.export.append(text, to: &bytes) }
            }
            state.after = page.next
            if page.next == nil, !state.export.beginsAnotherPass() {
                state.export.end(&bytes)
                state.hasEnded = true
            }
            return bytes
        }
    }
}

extension ExportColumns {
    fileprivate init(_ snapshot: IndexSnapshot, _ filter: FeatureFilter) throws {
        self.init()
        var failure: (any Error)?
        snapshot.forEachFeature(matching: filter) { feature in
            feature.withText { text, _ in
                do { try look(at: text) } catch { failure = error }
            }
        }
        if let failure { throw failure }
    }
}

extension IndexSnapshot {
    /// Every matching feature, in the order of pages.
    fileprivate func forEachFeature(matching filter: FeatureFilter, _ body: (FeatureReference) -> Void) {
        var after: PageKey?
        repeat {
            let page = features(matching: filter, after: after, limit: ExportRoutes.pageSize)
            page.features.forEach(body)
            after = page.next
        } while after != nil
    }
}
