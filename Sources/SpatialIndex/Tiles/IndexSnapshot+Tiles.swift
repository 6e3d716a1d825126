package import MapGeometry

extension IndexSnapshot {
    /// What stands in a tile and a buffer around it: large shapes in the order of pages, then clusters
    /// and what stands alone along Hilbert's curve.
    ///
    /// Points, and shapes that are small at this zoom, stand in the tile when the position where they (or
    /// their cluster) are shown lies in the buffered tile, edges included; a large shape when its
    /// box meets it. Nothing is clustered beyond zoom 16, and nothing shows across the matrix's edge.
    /// Unfiltered, the cost does not depend on how many features the tile holds.
    /// - Parameters:
    ///   - buffer: a share of the tile's side, 0…1; 64/4096 for a tile of 4096 units.
    ///   - mayCluster: false for every feature by itself, whatever the zoom; the cost is that of all of them then.
    package func tileEntries(
        of tile: TileAddress, buffer: Double, matching filter: FeatureFilter = .all, mayCluster: Bool = true
    ) -> [TileEntry] {
        let selections = selections(filter)
        let cells = TileCells(tile, buffer: buffer)
        var entries = largeShapes(selections, in: tile.boundingBox(buffer: buffer), zoom: tile.zoom)
        var walk = CellWalk(PointLikes.of(selections, zoom: tile.zoom))
        let isClustered = mayCluster && ClusterCell.zooms.contains(tile.zoom)
        for keys in cells.keys {
            walk.enter(keys)
            while let next = isClustered ? walk.nextEntry(zoom: tile.zoom) : walk.nextFeature() {
                let (x, y) = next.position
                if cells.contains(x: x, y: y) { entries.append(next) }
            }
        }
        return entries
    }

    /// Shapes seen as shapes at a zoom whose boxes meet a planar box, in the order of pages.
    private func largeShapes(_ selections: [Selection], in box: BoundingBox, zoom: Int) -> [TileEntry] {
        selections.flatMap { $0.largeShapes(in: box, zoom: zoom) }
            .sorted { $0.pageKey < $1.pageKey }
            .map(TileEntry.feature)
    }
}

extension Selection {
    fileprivate func largeShapes(in box: BoundingBox, zoom: Int) -> [FeatureReference] {
        if let candidates {
            return candidates.map(Int.init).filter {
                index.lastPointLikeZoom($0) < zoom && index.tree.boxes[$0].intersectsPlanar(box)
            }.map(segment.reference)
        }
        var shapes: [FeatureReference] = []
        for group in index.groups where group.lastZoom < zoom {
            guard let tree = group.tree else { continue }
            var next = 0
            while let place = tree.firstLeaf(from: next, touching: [box]) {
                let number = Int(group.numbers[place])
                if admits(number) { shapes.append(segment.reference(number)) }
                next = place + 1
            }
        }
        return shapes
    }
}

extension TileEntry {
    /// Where it is shown in the mercator square.
    fileprivate var position: (x: Double, y: Double) {
        switch self {
        case .feature(let feature): feature.centre
        case .shapeAsPoint(_, let x, let y): (x, y)
        case .cluster(let cluster): (cluster.x, cluster.y)
        }
    }
}

extension FeatureReference {
    /// The centre of a placed feature's box in the mercator square.
    var centre: (x: Double, y: Double) { WebMercator.project(index.tree.boxes[number].centre) }

    /// The entry of a feature that stands as a point.
    var pointEntry: TileEntry {
        guard index.slots[number] != PackedIndex.Slot.point else { return .feature(self) }
        let (x, y) = centre
        return .shapeAsPoint(self, x: x, y: y)
    }
}
