import Contributions
import Curation
import Foundation
import HTTPTypes
import MapFormats
import Projections
import SpatialIndex

/// One page of features, on its way to becoming a FeatureCollection.
struct ItemPage {
    private let request: RouteRequest
    private let writing: FeatureWriting
    /// How many features there are in all, where that costs nothing to say.
    let matched: Int?
    let entries: [Entry]
    private let next: PageCursor?
    /// Where the next page of the same answer begins; nil on the last.
    let following: Position?

    /// Where in an answer of several pages one begins, and what all of them read.
    struct Position {
        let limit: Int
        let snapshot: IndexSnapshot
        var filter: FeatureFilter?
        var cursor: PageCursor?
    }

    struct Entry {
        let feature: FeatureReference
        /// Metres from the place asked about; nil when none was.
        let metres: Double?
    }

    /// - Parameter position: for a page inside an answer; nil for the page that the request asks for.
    /// - Throws: `WebError` for parameters that cannot be read.
    init(
        _ request: RouteRequest, _ layer: PublishedLayer, _ parser: FeatureQueryParser, at position: Position? = nil
    ) throws {
        self.request = request
        writing = FeatureWriting(properties: try parser.properties())
        let query = try parser.query(in: request.site.referenceSystems)
        let limit = try position?.limit ?? parser.limit()
        let cursor = try position?.cursor ?? parser.value(.cursor) { PageCursor($0, of: PageCursor.Question(request)) }
        let filter = try position?.filter ?? request.site.layers.filter(for: query, in: layer)
        let snapshot = position?.snapshot ?? layer.snapshot
        matched = query == FeatureQuery() ? snapshot.count : nil
        if let order = try parser.order() {
            let page = layer.sorted(
                by: order, in: query.box, matching: filter, after: try cursor?.sorted(by: order), limit: limit)
            entries = page.entries.map { Entry(feature: $0.feature, metres: nil) }
            next = page.next.map(PageCursor.sorted)
        } else if let near = query.near {
            let filter = try Self.within(query, filter, snapshot)
            let page = layer.nearest(near, matching: filter, after: try cursor?.distance(), limit: limit)
            entries = page.entries.map { Entry(feature: $0.feature, metres: $0.metres) }
            next = page.next.map(PageCursor.byDistance)
        } else {
            let page = snapshot.features(in: query.box, matching: filter, after: try cursor?.order(), limit: limit)
            entries = page.features.map { Entry(feature: $0, metres: nil) }
            next = page.next.map(PageCursor.inOrder)
        }
        following = next.map { Position(limit: limit, snapshot: snapshot, filter: filter, cursor: $0) }
    }

    /// With both a place and a box, only what is in the box is sorted by distance.
    private static func within(
        _ query: FeatureQuery, _ filter: FeatureFilter, _ snapshot: IndexSnapshot
    ) throws -> FeatureFilter {
        guard let box = query.box else { return filter }
        var filter = filter
        filter.identifiers = Set(
            snapshot.features(in: box, matching: filter, limit: .max).features.map(\.identifier))
        return filter
    }

    /// The validator is made of all but the time, which therefore comes last.
    /// - Throws: `ProjectionError` when PROJ fails.
    func reply(timeStamp: Date, in system: CoordinateReferenceSystem) throws -> Reply {
        var bytes = Array(#"{"type":"FeatureCollection","numberReturned":"#.utf8)
        JSONWriter.append(integer: entries.count, to: &bytes)
        if let matched {
            bytes += Array(#","numberMatched":"#.utf8)
            JSONWriter.append(integer: matched, to: &bytes)
        }
        bytes += Array(#","links":"#.utf8)
        Link.append(links, to: &bytes)
        bytes += Array(#","features":["#.utf8)
        bytes.reserveCapacity(bytes.count + entries.reduce(100) { $0 + $1.feature.textLength + 24 })
        if system == .crs84 {
            appendFeatures(to: &bytes)
        } else {
            try request.site.referenceSystems.transforming(to: system) { appendFeatures(to: &bytes, placedBy: $0) }
        }
        bytes += Array(#"],"timeStamp":""#.utf8)
        let tag = EntityTag.weak(ContentHash.of(bytes))
        bytes += Array((DateAndTime.text(seconds: Int64(timeStamp.timeIntervalSince1970)) ?? "").utf8)
        bytes += Array("\"}".utf8)
        return Reply(
            .bytes(bytes), mediaType: MediaType.geoJSON, entityTag: tag,
            headers: [.contentCRS: system.headerValue, .link: queryables])
    }

    private func appendFeatures(to bytes: inout [UInt8], placedBy transform: CoordinateTransform? = nil) {
        var isFirst = true
        for entry in entries {
            if !isFirst { bytes.append(0x2C) }
            isFirst = false
            append(entry, to: &bytes, placedBy: transform)
        }
    }

    /// OGC 19-079r2, requirement /req/queryables/queryables-link.
    private var queryables: String {
        let collection = "\(request.publicURL)/collections/\(request.captures["layer"] ?? "")"
        return Link.field([LayerSchema.queryables.link(at: collection)])
    }

    /// A feature with its distance, where it has one, beside its properties.
    func append(_ entry: Entry, to bytes: inout [UInt8], placedBy transform: CoordinateTransform?) {
        append(entry.feature, to: &bytes, placedBy: transform)
        guard let metres = entry.metres else { return }
        bytes.removeLast()
        bytes += Array(#","distance":"#.utf8)
        JSONWriter.append(degrees: metres, decimals: 3, to: &bytes)
        bytes.append(0x7D)
    }

    func append(
        _ feature: FeatureReference, to bytes: inout [UInt8], placedBy transform: CoordinateTransform?
    ) {
        writing.append(feature, to: &bytes, placedBy: transform)
    }

    private var links: [Link] {
        ItemLinks(request, as: "geojson").links(next: nextQuery)
    }

    /// The query of the next page, for pages of ours; nil on the last.
    var nextQuery: String? {
        next.map { request.parameters.replacing("cursor", with: $0.text(of: PageCursor.Question(request))) }
    }
}
