import MapGeometry

extension IndexSnapshot {
    /// A cluster by its number; nil when no cluster has it now.
    package func cluster(identifier: UInt64, matching filter: FeatureFilter = .all) -> FeatureCluster? {
        guard let cell = ClusterCell(identifier: identifier) else { return nil }
        return cluster(cell, selections(filter))
    }

    /// The features of a cluster in the order of pages; none when no cluster has this number.
    package func clusterMembers(
        identifier: UInt64, matching filter: FeatureFilter = .all, offset: Int = 0, limit: Int
    ) -> [FeatureReference] {
        let selections = selections(filter)
        guard let cell = ClusterCell(identifier: identifier), cluster(cell, selections) != nil else { return [] }
        var walk = CellWalk(PointLikes.of(selections, zoom: cell.zoom))
        walk.enter(cell.finestKeys)
        for _ in 0..<max(offset, 0) where walk.nextReference() == nil { return [] }
        var members: [FeatureReference] = []
        while members.count < limit, let member = walk.nextReference() { members.append(member) }
        return members
    }

    /// What a cluster falls into one zoom further: shapes seen as shapes there, then clusters and
    /// single points. At zoom 17 these are its features one by one, at most `limit`.
    package func clusterChildren(
        identifier: UInt64, matching filter: FeatureFilter = .all, limit: Int = 1_000
    ) -> [TileEntry] {
        let selections = selections(filter)
        guard let cell = ClusterCell(identifier: identifier), cluster(cell, selections) != nil else { return [] }
        let before = PointLikes.of(selections, zoom: cell.zoom)
        var grown = CellWalk(before.compactMap { $0.only(lastZoom: cell.zoom) })
        var remaining = CellWalk(PointLikes.of(selections, zoom: cell.zoom + 1))
        grown.enter(cell.finestKeys)
        remaining.enter(cell.finestKeys)
        let isClustered = ClusterCell.zooms.contains(cell.zoom + 1)
        var children: [TileEntry] = []
        while children.count < limit, let shape = grown.nextReference() { children.append(.feature(shape)) }
        while children.count < limit,
            let next = isClustered ? remaining.nextEntry(zoom: cell.zoom + 1) : remaining.nextFeature()
        {
            children.append(next)
        }
        return children
    }

    private func cluster(_ cell: ClusterCell, _ selections: [Selection]) -> FeatureCluster? {
        var walk = CellWalk(PointLikes.of(selections, zoom: cell.zoom))
        walk.enter(cell.finestKeys)
        return walk.tallyAll().cluster(cell)
    }
}

extension ClusterCell {
    fileprivate var finestKeys: ClosedRange<UInt64> { HilbertCurve.finestKeys(in: key, level: level) }
}
