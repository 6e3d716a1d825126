import MapGeometry
import SpatialIndex
import Testing

@Suite struct ClusterTests {
    @Test("over all tiles of a zoom every feature on the square is counted once", arguments: 0...4)
    func nothingIsMissing(zoom: Int) throws {
        var random = RandomFeatures(seed: UInt64(30 + zoom))
        let features = random.features(600)
        let index = FeatureIndex()
        index.apply(insert: features)
        var count = 0
        for column in 0..<(1 << zoom) {
            for row in 0..<(1 << zoom) {
                let tile = try TileAddress(zoom: zoom, column: column, row: row)
                count += index.snapshot.tileEntries(of: tile, buffer: 0.1).reduce(0) { $0 + $1.count(strictlyIn: tile) }
            }
        }
        let expected = features.filter {
            $0.geometry?.boundingBox != nil && $0.isPointLike(zoom: zoom) && $0.cell(level: 0) != nil
        }
        #expect(expected.count > 300)
        #expect(count == expected.count, "seed \(30 + zoom)")
    }

    @Test("the same cluster is seen in every tile whose buffer it stands in")
    func neighboursAgree() throws {
        let index = FeatureIndex()
        // The middle of the world is the corner of four tiles of zoom 1.
        let places = [at(0.0001, 0.0001), at(0.0002, 0.0001)]
        index.apply(insert: places.enumerated().map { .plain(UInt128($0), .point($1)) })
        let clusters = try (0...1).flatMap { column in
            try (0...1).flatMap { row in
                index.snapshot.tileEntries(of: try TileAddress(zoom: 1, column: column, row: row), buffer: 1.0 / 64)
            }
        }.map(\.sentence)
        #expect(clusters.count == 4 && Set(clusters).count == 1)
    }

    @Test("a cluster's members are those that it counts, in pages", arguments: [41, 42] as [UInt64])
    func membersAreThoseCounted(seed: UInt64) throws {
        var random = RandomFeatures(seed: seed)
        let index = FeatureIndex(rebuildThreshold: .max)
        let features = random.features(500)
        index.apply(insert: Array(features.prefix(400)))
        index.rebuildNow()
        index.apply(insert: Array(features.suffix(100)), remove: features.prefix(40).map(\.identifier))
        for (zoom, column, row) in [(0, 0, 0), (6, 32, 22), (10, 518, 352), (14, 8296, 5638)] {
            let tile = try TileAddress(zoom: zoom, column: column, row: row)
            for filter in [FeatureFilter.all, random.filter(knowing: features.map(\.identifier))] {
                for case .cluster(let cluster) in index.snapshot.tileEntries(of: tile, buffer: 0, matching: filter) {
                    try expectMembers(of: cluster, index.snapshot, filter, "seed \(seed)")
                }
            }
        }
    }

    private func expectMembers(
        of cluster: FeatureCluster, _ snapshot: IndexSnapshot, _ filter: FeatureFilter, _ label: String
    ) throws {
        let identifier = cluster.identifier
        #expect(snapshot.cluster(identifier: identifier, matching: filter) == cluster, "\(label)")
        let all = snapshot.clusterMembers(identifier: identifier, matching: filter, limit: .max)
        #expect(all.count == cluster.count && Set(all.map(\.identifier)).count == cluster.count, "\(label)")
        #expect(all.map(\.pageKey) == all.map(\.pageKey).sorted(), "\(label)")
        let part = snapshot.clusterMembers(identifier: identifier, matching: filter, offset: 1, limit: 2)
        #expect(part.map(\.identifier) == all.dropFirst().prefix(2).map(\.identifier), "\(label)")
        let children = snapshot.clusterChildren(identifier: identifier, matching: filter)
        let counted = children.reduce(0) { sum, child in
            if case .cluster(let cluster) = child { sum + cluster.count } else { sum + 1 }
        }
        #expect(counted == cluster.count, "\(label)")
        #expect(
            (children.count > 1) == (cluster.expansionZoom == cluster.cell.zoom + 1 || cluster.cell.zoom == 16),
            "\(label)")
    }

    @Test("numbers that no cluster has give nothing")
    func unknownClustersAreEmpty() throws {
        let index = FeatureIndex()
        index.apply(insert: [.plain(1, .point(at(2.3, 48.8))), .plain(2, .point(at(2.3, 48.8)))])
        let world = try TileAddress(zoom: 0, column: 0, row: 0)
        guard case .cluster(let known)? = index.snapshot.tileEntries(of: world, buffer: 0).first else {
            Issue.record("two features at one place are no cluster")
            return
        }
        #expect(known.expansionZoom == 17)
        for identifier in [0, .max, 17, 31, known.identifier + 1 << 5, known.identifier | 1, 1 << 60] as [UInt64] {
            #expect(index.snapshot.clusterMembers(identifier: identifier, limit: 10).isEmpty)
            #expect(index.snapshot.clusterChildren(identifier: identifier).isEmpty)
        }
        index.apply(remove: [2])
        #expect(index.snapshot.clusterMembers(identifier: known.identifier, limit: 10).isEmpty)
    }

    @Test("a shape is a point until it measures four units of the tile, then a shape")
    func smallShapesStandAsPoints() throws {
        // Degrees of longitude in 4 of the 4096 units of the only tile of zoom 0.
        let side = 360.0 * 4 / 4096
        for (width, isPoint) in [(side * 0.999, true), (side * 1.001, false)] {
            let index = FeatureIndex()
            let line = try LineString([at(10, 10), at(10 + width, 10)])
            index.apply(insert: [.plain(1, .lineString(line))])
            let entries = index.snapshot.tileEntries(of: try TileAddress(zoom: 0, column: 0, row: 0), buffer: 0)
            #expect(entries.map(\.sentence) == [isPoint ? "point 1" : "shape 1"])
            if case .shapeAsPoint(_, let x, _)? = entries.first {
                #expect(abs(x - (10 + width / 2) / 360 - 0.5) < 1e-12)
            }
        }
    }
}

extension TileEntry {
    /// Features of point-like entries that stand in the tile without its eastern and southern edge (which
    /// belong to the last tiles of the matrix).
    fileprivate func count(strictlyIn tile: TileAddress) -> Int {
        let (x, y, count): (Double, Double, Int)
        switch self {
        case .feature(let feature):
            guard case .point(let coordinate)? = feature.geometry else { return 0 }
            (x, y, count) = (WebMercator.project(coordinate).x, WebMercator.project(coordinate).y, 1)
        case .shapeAsPoint(_, let east, let south): (x, y, count) = (east, south, 1)
        case .cluster(let cluster): (x, y, count) = (cluster.x, cluster.y, cluster.count)
        }
        let side = Double(tile.matrixSize)
        let isHere = Int(min(x * side, side - 1)) == tile.column && Int(min(y * side, side - 1)) == tile.row
        return isHere ? count : 0
    }
}

extension IndexedFeature {
    /// A feature with nothing but an id and a geometry.
    static func plain(_ identifier: UInt128, _ geometry: Geometry?, time: ClosedRange<Int64>? = nil) -> IndexedFeature {
        IndexedFeature(
            identifier: identifier, geometry: geometry, kind: 0, time: time,
            text: Array("{\"properties\":{}}".utf8), propertiesOffset: 14
        )
    }
}
