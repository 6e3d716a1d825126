import Contributions
import Curation
import Foundation
import HTTPTypes
import MapFormats
import NIOCore
import Projections
import SpatialIndex

/// One page of features, on its way to becoming a FeatureCollection.
///
/// A class, since it holds the request and what was found: each copy would count many references.
final class ItemPage {
    private let request: RouteRequest
    private let writing: FeatureWriting
    /// How many features there are in all, where that costs nothing to say.
    let matched: Int?
    let features: FeatureList
    /// How far each is from the place asked about; nil when none was.
    private let metres: [Double]?
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
            (features, metres) = (FeatureList(page.entries.map(\.feature)), nil)
            next = page.next.map(PageCursor.sorted)
        } else if let near = query.near {
            let filter = try Self.within(query, filter, snapshot)
            let page = layer.nearest(near, matching: filter, after: try cursor?.distance(), limit: limit)
            (features, metres) = (page.features, page.metres)
            next = page.next.map(PageCursor.byDistance)
        } else {
            let page = snapshot.features(in: query.box, matching: filter, after: try cursor?.order(), limit: limit)
            (features, metres) = (page.features, nil)
            next = page.next.map(PageCursor.inOrder)
        }
        following = next.map { Position(limit: limit, snapshot: snapshot, filter: filter, cursor: $0) }
    }

    /// One by one, for whoever does not send them as they are.
    var entries: [Entry] {
        features.indices.map { Entry(feature: features[$0], metres: metres?[$0]) }
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
        var body = try body(in: system)
        body.writeStaticString(#"],"timeStamp":""#)
        let tag = EntityTag.weak(body.withUnsafeReadableBytes { ContentHash.of($0) })
        body.writeString(DateAndTime.text(seconds: Int64(timeStamp.timeIntervalSince1970)) ?? "")
        body.writeStaticString("\"}")
        return Reply(
            .buffer(body), mediaType: MediaType.geoJSON, entityTag: tag, headers: headers(of: system))
    }

    /// Up to the last feature.
    private func body(in system: CoordinateReferenceSystem) throws -> ByteBuffer {
        var bytes = beginning
        if system == .crs84, writing.properties == nil { return asTheyAre(after: bytes) }
        if system == .crs84 {
            bytes.reserveCapacity(bytes.count + features.textLength + 24 * features.count)
            appendFeatures(to: &bytes)
        } else {
            try request.site.referenceSystems.transforming(to: system) { appendFeatures(to: &bytes, placedBy: $0) }
        }
        var body = ByteBufferAllocator().buffer(capacity: bytes.count + Self.roomForTheEnd)
        body.writeBytes(bytes)
        return body
    }

    /// What comes before the features.
    private var beginning: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(2_048)
        bytes.append(contentsOf: #"{"type":"FeatureCollection","numberReturned":"#.utf8)
        JSONWriter.append(integer: features.count, to: &bytes)
        if let matched {
            bytes.append(contentsOf: #","numberMatched":"#.utf8)
            JSONWriter.append(integer: matched, to: &bytes)
        }
        bytes.append(contentsOf: #","links":"#.utf8)
        ItemLinks.append(request, cursor: cursor, to: &bytes)
        bytes.append(contentsOf: #","features":["#.utf8)
        return bytes
    }

    /// The features as they lie in memory, and their distances, written once, into what will be sent.
    private func asTheyAre(after beginning: [UInt8]) -> ByteBuffer {
        let length = features.textLength
        let room = length + (metres?.count ?? 0) * Self.roomForADistance
        var body = ByteBufferAllocator().buffer(capacity: beginning.count + room + Self.roomForTheEnd)
        body.writeBytes(beginning)
        body.writeWithUnsafeMutableBytes(minimumWritableBytes: room) { bytes in
            if let metres {
                return features.copyTexts(to: bytes, endingsOf: Self.roomForADistance) {
                    Self.writeDistance(metres[$0], to: $1)
                }
            }
            features.copyTexts(to: bytes)
            return length
        }
        return body
    }

    /// For the time.
    private static let roomForTheEnd = 64

    private static let distanceName: StaticString = #","distance":"#
    private static let distanceDecimals = 3
    private static let roomForADistance = distanceName.utf8CodeUnitCount + JSONWriter.mostOfNumber + 1

    /// The end of a feature, from its last property on.
    private static func writeDistance(_ metres: Double, to bytes: UnsafeMutableRawBufferPointer) -> Int {
        distanceName.withUTF8Buffer { bytes.copyBytes(from: $0) }
        let start = distanceName.utf8CodeUnitCount
        let number = UnsafeMutableRawBufferPointer(rebasing: bytes[start...])
        let end = start + JSONWriter.write(degrees: metres, decimals: distanceDecimals, to: number)
        bytes[end] = UInt8(ascii: "}")
        return end + 1
    }

    private func appendFeatures(to bytes: inout [UInt8], placedBy transform: CoordinateTransform? = nil) {
        var isFirst = true
        for place in features.indices {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            append(Entry(feature: features[place], metres: metres?[place]), to: &bytes, placedBy: transform)
        }
    }

    private func headers(of system: CoordinateReferenceSystem) -> HTTPFields {
        func made() -> HTTPFields {
            var headers = system.headers
            headers[.link] = queryables
            return headers
        }
        guard system == .crs84 else { return made() }
        let key = KeptFields.Key(root: request.publicURL, path: request.captures["layer"] ?? "")
        return request.site.pageFields.fields(for: key, make: made)
    }

    /// OGC 19-079r2, requirement /req/queryables/queryables-link.
    private var queryables: String {
        var field = "<"
        field.reserveCapacity(256)
        field += request.publicURL
        field += "/collections/"
        field += request.captures["layer"] ?? ""
        field += Self.queryablesEnding
        return field
    }

    /// What follows the address of the layer.
    private static let queryablesEnding = String(Link.field([LayerSchema.queryables.link(at: "")]).dropFirst())

    /// A feature with its distance, where it has one, beside its properties.
    func append(_ entry: Entry, to bytes: inout [UInt8], placedBy transform: CoordinateTransform?) {
        append(entry.feature, to: &bytes, placedBy: transform)
        guard let metres = entry.metres else { return }
        bytes.removeLast()
        JSONWriter.append(literal: Self.distanceName, to: &bytes)
        JSONWriter.append(degrees: metres, decimals: Self.distanceDecimals, to: &bytes)
        bytes.append(UInt8(ascii: "}"))
    }

    func append(
        _ feature: FeatureReference, to bytes: inout [UInt8], placedBy transform: CoordinateTransform?
    ) {
        writing.append(feature, to: &bytes, placedBy: transform)
    }

    /// The query of the next page, for pages of ours; nil on the last.
    var nextQuery: String? {
        cursor.map { request.parameters.replacing(Parameter.cursor.name, with: $0) }
    }

    private var cursor: String? {
        next?.text(of: PageCursor.Question(layer: request.captures["layer"] ?? "", request.parameters))
    }
}
