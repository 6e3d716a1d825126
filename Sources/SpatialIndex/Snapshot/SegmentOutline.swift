import MapGeometry

/// Where, when and what the features of a segment are that are left in it: exactly what the segment would say
/// if it had been packed without those removed, so that nothing tells that they were ever there.
///
/// A class, so that the segments that queries hand around grow by one pointer only.
final class SegmentOutline: Sendable {
    let extent: BoundingBox?
    let timeExtent: ClosedRange<Int64>?
    let dimensions: DimensionCounts
    /// By number of a set of themes, how many of the removed have it.
    private let removedThemeSets: [UInt32: UInt32]

    private init(
        extent: BoundingBox?, timeExtent: ClosedRange<Int64>?, dimensions: DimensionCounts,
        removedThemeSets: [UInt32: UInt32]
    ) {
        self.extent = extent
        self.timeExtent = timeExtent
        self.dimensions = dimensions
        self.removedThemeSets = removedThemeSets
    }

    convenience init(_ index: PackedIndex) {
        self.init(
            extent: index.tree.extent, timeExtent: index.times.extent, dimensions: index.dimensions,
            removedThemeSets: [:])
    }

    /// The numbers of themes that some feature bears.
    func themes(of index: PackedIndex) -> Set<UInt32> {
        var themes: Set<UInt32> = []
        for (set, count) in index.themeSetCounts.enumerated() where count > removedThemeSets[UInt32(set)] ?? 0 {
            themes.formUnion(index.themes.numbers(ofSet: UInt32(set)))
        }
        return themes
    }

    /// Without some features, each of which is still in it.
    /// - Parameter isLeft: whether a feature is left after all that have been removed until now.
    func removing(_ numbers: Set<Int>, of index: PackedIndex, where isLeft: (Int) -> Bool) -> SegmentOutline {
        var (extent, timeExtent) = (extent, timeExtent)
        // What stands inside adds nothing to an extent, and takes nothing from it.
        if let whole = extent, numbers.contains(where: { index.tree.boxes[$0].reachesEdge(of: whole) }) {
            extent = index.tree.extent(where: isLeft)
        }
        if let whole = timeExtent, numbers.contains(where: { index.times.range($0)?.reachesEnd(of: whole) == true }) {
            timeExtent = index.times.extent(atMost: whole, where: isLeft)
        }
        var dimensions = dimensions
        for number in numbers where index.isPlaced(number) { dimensions.add(index.dimension(number), times: -1) }
        let removedThemeSets = numbers.reduce(into: removedThemeSets) { $0[index.themeSets[$1], default: 0] += 1 }
        return SegmentOutline(
            extent: extent, timeExtent: timeExtent, dimensions: dimensions, removedThemeSets: removedThemeSets)
    }
}

extension BoundingBox {
    fileprivate func reachesEdge(of other: BoundingBox) -> Bool {
        west <= other.west || south <= other.south || east >= other.east || north >= other.north
    }
}

extension ClosedRange<Int64> {
    fileprivate func reachesEnd(of other: ClosedRange<Int64>) -> Bool {
        lowerBound <= other.lowerBound || upperBound >= other.upperBound
    }
}
