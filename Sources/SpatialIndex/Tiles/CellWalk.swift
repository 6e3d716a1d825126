import MapGeometry

/// Walks along Hilbert's curve through all sources at once, cell by cell or feature by feature.
struct CellWalk {
    private let sources: [PointLikes]
    /// By source: the next member, and the end of the members in the keys entered last.
    private var positions: [Int]
    private var ends: [Int]

    init(_ sources: [PointLikes]) {
        self.sources = sources
        positions = Array(repeating: 0, count: sources.count)
        ends = positions
    }

    /// Goes to some keys, which must lie after those entered before.
    mutating func enter(_ keys: ClosedRange<UInt64>) {
        for place in sources.indices {
            positions[place] = sources[place].firstMember(from: ends[place], keyAtLeast: keys.lowerBound)
            ends[place] = sources[place].firstMember(from: positions[place], keyAtLeast: keys.upperBound + 1)
        }
    }

    /// What stands in the next cell of a zoom where anything does.
    mutating func nextEntry(zoom: Int) -> TileEntry? {
        while let (cell, tally) = nextCell(zoom: zoom) {
            if let cluster = tally.cluster(cell) { return .cluster(cluster) }
            if let feature = tally.feature { return feature.pointEntry }
        }
        return nil
    }

    /// The next feature, by itself.
    mutating func nextFeature() -> TileEntry? {
        nextReference()?.pointEntry
    }

    /// The next feature in the order of pages.
    mutating func nextReference() -> FeatureReference? {
        while let source = leastSource() {
            let place = positions[source]
            positions[source] += 1
            if sources[source].selection.admits(Int(sources[source].numbers[place])) {
                return sources[source].reference(place)
            }
        }
        return nil
    }

    /// Everything in the keys entered, as if it were one cell.
    mutating func tallyAll() -> CellTally {
        var tally = CellTally()
        for place in sources.indices where positions[place] < ends[place] {
            sources[place].tally(positions[place]..<ends[place], into: &tally)
            positions[place] = ends[place]
        }
        return tally
    }

    private mutating func nextCell(zoom: Int) -> (ClusterCell, CellTally)? {
        guard let least = leastKey() else { return nil }
        let shift = UInt64(2 * (HilbertCurve.levels - zoom - ClusterCell.levelsBelowTile))
        let cell = ClusterCell(zoom: zoom, key: least >> shift)
        let limit = (cell.key + 1) << shift
        var tally = CellTally()
        for place in sources.indices where positions[place] < ends[place] {
            let end = min(sources[place].firstMember(from: positions[place], keyAtLeast: limit), ends[place])
            if end > positions[place] { sources[place].tally(positions[place]..<end, into: &tally) }
            positions[place] = end
        }
        return (cell, tally)
    }

    private func leastKey() -> UInt64? {
        var least: UInt64?
        for place in sources.indices where positions[place] < ends[place] {
            let key = sources[place].key(positions[place])
            least = least.map { min($0, key) } ?? key
        }
        return least
    }

    /// The source whose next member comes first in the order of pages.
    private func leastSource() -> Int? {
        var least: (source: Int, key: PageKey)?
        for place in sources.indices where positions[place] < ends[place] {
            let source = sources[place]
            let key = source.selection.index.pageKey(Int(source.numbers[positions[place]]))
            if let known = least, known.key < key { continue }
            least = (place, key)
        }
        return least?.source
    }
}
