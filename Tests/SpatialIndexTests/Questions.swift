import MapGeometry
import SpatialIndex

/// Questions of every sort, drawn once and put to several snapshots.
struct Questions {
    private let filters: [FeatureFilter]
    private let boxes: [BoundingBox?]
    private let places: [(place: Coordinate, radius: Double?)]
    private let tiles: [(address: TileAddress, buffer: Double)]
    private let identifiers: [UInt128]
    private let pageSize: Int

    /// - Parameter known: features that have been there; places of some are asked about.
    init(_ random: inout RandomFeatures, about known: [IndexedFeature]) {
        identifiers = known.map(\.identifier)
        let ids = identifiers
        filters = [.all] + (0..<3).map { _ in random.filter(knowing: ids) }
        boxes = [nil] + (0..<4).map { _ in random.box() }
        places = (0..<4).map { number in (random.place(), number % 2 == 0 ? nil : random.real(0...2_000_000)) }
        let corners = known.compactMap(\.geometry?.boundingBox).map(\.centre).shuffled(using: &random.generator)
        tiles = (0...22).flatMap { zoom in corners.prefix(3).compactMap { TileAddress(zoom, at: $0) } }
            .map { ($0, [0, 1.0 / 64, 0.3][random.number(3)]) }
        pageSize = 1 + random.number(20)
    }

    /// All that a snapshot answers, a line each, with every bit of every number.
    func answers(of snapshot: IndexSnapshot) -> [String] {
        var lines = [
            "extent \(snapshot.extent.map { "\($0)" } ?? "-")", "time \(snapshot.timeExtent.map { "\($0)" } ?? "-")",
            "dimension \(snapshot.geometryDimension ?? -1)", "themes \(snapshot.themes)", "count \(snapshot.count)",
        ]
        lines += identifiers.map { "feature \($0) \(snapshot.feature(identifier: $0)?.line ?? "-")" }
        for (number, filter) in filters.enumerated() {
            lines += answers(of: snapshot, filter).map { "filter \(number) \($0)" }
        }
        return lines
    }

    private func answers(of snapshot: IndexSnapshot, _ filter: FeatureFilter) -> [String] {
        ["count \(snapshot.count(matching: filter))"]
            + boxes.flatMap { pages(of: snapshot, in: $0, filter) }
            + places.flatMap { nearest(snapshot, to: $0.place, radius: $0.radius, filter) }
            + tiles.flatMap { tile, buffer in
                let entries = snapshot.tileEntries(of: tile, buffer: buffer, matching: filter)
                return ["tile \(tile) \(buffer)"] + entries.map(\.line)
                    + entries.flatMap { clusters(snapshot, under: $0, filter) }
            }
    }

    private func pages(of snapshot: IndexSnapshot, in box: BoundingBox?, _ filter: FeatureFilter) -> [String] {
        var lines: [String] = []
        var key: PageKey?
        repeat {
            let page = snapshot.features(in: box, matching: filter, after: key, limit: pageSize)
            lines += page.features.map(\.line) + ["more \(page.hasMore) \(page.next.map { "\($0)" } ?? "-")"]
            key = page.next
        } while key != nil
        return lines
    }

    private func nearest(
        _ snapshot: IndexSnapshot, to place: Coordinate, radius: Double?, _ filter: FeatureFilter
    ) -> [String] {
        var lines: [String] = []
        var key: DistanceKey?
        repeat {
            let page = snapshot.nearest(
                to: place, limit: pageSize, radius: radius, matching: filter, after: key
            ) { roughMetres(from: place, to: $0) }
            lines += page.entries.map { "\($0.metres) \($0.feature.line)" } + ["more \(page.hasMore)"]
            key = page.next
        } while key != nil
        return lines
    }

    private func clusters(_ snapshot: IndexSnapshot, under entry: TileEntry, _ filter: FeatureFilter) -> [String] {
        guard case .cluster(let cluster) = entry else { return [] }
        let identifier = cluster.identifier
        let again = snapshot.cluster(identifier: identifier, matching: filter).map { TileEntry.cluster($0).line }
        let leaves = snapshot.clusterMembers(identifier: identifier, matching: filter, offset: 1, limit: pageSize)
        return ["again \(again ?? "-")"] + leaves.map(\.line)
            + snapshot.clusterChildren(identifier: identifier, matching: filter).map(\.line)
    }
}

extension TileAddress {
    /// The tile that a place is in; nil outside the square.
    init?(_ zoom: Int, at place: Coordinate) {
        guard let cell = WebMercator.finestCell(of: place) else { return nil }
        try? self.init(zoom: zoom, column: Int(cell.x) >> (31 - zoom), row: Int(cell.y) >> (31 - zoom))
    }
}

extension FeatureReference {
    var line: String {
        let text = withText { text, offset in "\(String(decoding: text, as: UTF8.self)) \(offset)" }
        return
            "\(identifier) \(pageKey) \(kind) \(themes) \(String(describing: time)) \(String(describing: box)) \(text)"
    }
}

extension TileEntry {
    /// All that it says, with every bit of every number.
    var line: String {
        switch self {
        case .feature(let feature): "shape \(feature.line)"
        case .shapeAsPoint(let feature, let x, let y): "point \(x.bitPattern) \(y.bitPattern) \(feature.line)"
        case .cluster(let cluster):
            "cluster \(cluster.identifier) \(cluster.count) \(cluster.x.bitPattern) \(cluster.y.bitPattern) "
                + "\(cluster.expansionZoom)"
        }
    }
}
