import MapGeometry

/// Features of one segment that stand as points at a zoom, in the order of pages.
struct PointLikes {
    let selection: Selection
    /// Feature numbers, ascending.
    let numbers: [UInt32]
    /// Where the sums are, a place among the index's groups; nil when the numbers are a filter's candidates.
    private let group: Int?

    /// All of a snapshot's features that stand as points at a zoom, by source.
    static func of(_ selections: [Selection], zoom: Int) -> [PointLikes] {
        selections.flatMap { selection -> [PointLikes] in
            if let candidates = selection.candidates {
                let index = selection.index
                let numbers = candidates.filter {
                    index.isPlaced(Int($0)) && index.lastPointLikeZoom(Int($0)) >= zoom
                }
                return [PointLikes(selection: selection, numbers: numbers, group: nil)]
            }
            let groups = selection.index.groups
            return groups.indices.filter { groups[$0].lastZoom >= zoom && !groups[$0].numbers.isEmpty }
                .map { PointLikes(selection: selection, numbers: groups[$0].numbers, group: $0) }
        }
    }

    /// Those that stand as points up to one zoom and not beyond.
    func only(lastZoom: Int) -> PointLikes? {
        if let group { return selection.index.groups[group].lastZoom == lastZoom ? self : nil }
        let numbers = numbers.filter { selection.index.lastPointLikeZoom(Int($0)) == lastZoom }
        return PointLikes(selection: selection, numbers: numbers, group: nil)
    }

    /// The Hilbert key of a member.
    @inline(__always)
    func key(_ place: Int) -> UInt64 { selection.index.keys[Int(numbers[place])] }

    /// The first member from `start` on whose key is not below a limit. Doubles its stride, since the
    /// answer is usually near (Bentley and Yao, Inf. Proc. Letters 5(3), 1976).
    func firstMember(from start: Int, keyAtLeast limit: UInt64) -> Int {
        var low = start
        var stride = 1
        while low + stride <= numbers.count, key(low + stride - 1) < limit {
            low += stride
            stride *= 2
        }
        var high = min(low + stride, numbers.count)
        while low < high {
            let middle = (low + high) / 2
            if key(middle) < limit { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Adds the members of a run that match to what stands in a cell.
    func tally(_ run: Range<Int>, into tally: inout CellTally) {
        guard let group else { return tallyCandidates(run, into: &tally) }
        let lastZoom = selection.index.groups[group].lastZoom
        if selection.isFiltered {
            let sum = sum(run, of: selection.index.groups[group])
            return add(sum, run, lastZoom, to: &tally)
        }
        var sum = selection.index.groups[group].sum(run)
        let numbers = numbers[run.lowerBound]...numbers[run.upperBound - 1]
        if let removed = selection.segment.removedSum(group: group, numbers) { sum.subtract(removed) }
        add(sum, run, lastZoom, to: &tally)
    }

    /// The sum over those of a run that match, one by one.
    private func sum(_ run: Range<Int>, of group: PointLikeGroup) -> CellSum {
        var sum = CellSum()
        for place in run where selection.admits(Int(numbers[place])) {
            sum.add(group.sum(place..<(place + 1)))
        }
        return sum
    }

    private func add(_ sum: CellSum, _ run: Range<Int>, _ lastZoom: Int, to tally: inout CellTally) {
        guard sum.count > 0,
            let first = run.first(where: { selection.admits(Int(numbers[$0])) }),
            let last = run.last(where: { selection.admits(Int(numbers[$0])) })
        else { return }
        tally.add(sum, keys: key(first)...key(last), lastZoom: lastZoom) { reference(first) }
    }

    private func tallyCandidates(_ run: Range<Int>, into tally: inout CellTally) {
        for place in run {
            let key = key(place)
            var sum = CellSum()
            sum.add(key: key)
            let lastZoom = selection.index.lastPointLikeZoom(Int(numbers[place]))
            tally.add(sum, keys: key...key, lastZoom: lastZoom) { reference(place) }
        }
    }

    func reference(_ place: Int) -> FeatureReference {
        selection.segment.reference(Int(numbers[place]))
    }
}

/// What stands in one cell.
struct CellTally {
    private(set) var sum = CellSum()
    /// One of the features; the only one when the count is 1.
    private(set) var feature: FeatureReference?
    private var keys: ClosedRange<UInt64>?
    private var lastZoom = PointLikeGroup.everyZoom

    /// Adds features whose first and last keys and whose last zoom as points are known.
    mutating func add(
        _ more: CellSum, keys added: ClosedRange<UInt64>, lastZoom zoom: Int, _ first: () -> FeatureReference
    ) {
        if feature == nil { feature = first() }
        sum.add(more)
        keys = keys.map { min($0.lowerBound, added.lowerBound)...max($0.upperBound, added.upperBound) } ?? added
        lastZoom = min(lastZoom, zoom)
    }

    /// The cluster that these features form in their cell; nil for less than two.
    func cluster(_ cell: ClusterCell) -> FeatureCluster? {
        guard sum.count > 1, let keys else { return nil }
        let (x, y) = sum.mean
        return FeatureCluster(
            cell: cell, count: sum.count, x: x, y: y,
            expansionZoom: min(
                Self.firstZoomApart(keys), lastZoom == PointLikeGroup.everyZoom ? .max : lastZoom + 1, 17)
        )
    }

    /// The first zoom whose cells part two keys.
    private static func firstZoomApart(_ keys: ClosedRange<UInt64>) -> Int {
        let difference = keys.lowerBound ^ keys.upperBound
        guard difference != 0 else { return .max }
        let highestBit = UInt64.bitWidth - 1 - difference.leadingZeroBitCount
        return HilbertCurve.levels - highestBit / 2 - ClusterCell.levelsBelowTile
    }
}
