package import MapGeometry

/// The published features of one layer at one moment, for any number of readers.
///
/// Segments hold them: a large one, and small ones with what was written since it was packed. A feature
/// is in one segment only, and every query asks all of them in the same way, so that an answer does
/// not depend on where a feature sits.
package struct IndexSnapshot: Sendable {
    /// The base first; then from old to new.
    let segments: [IndexSegment]
    /// Counts what has been written: of one index, two snapshots with the same number hold the same features.
    package let version: Int

    init(segments: [IndexSegment], version: Int = 0) {
        self.segments = segments
        self.version = version
    }

    package init(_ index: PackedIndex) {
        self.init(segments: [IndexSegment(index)])
    }

    /// All features, those that stand nowhere included.
    package var count: Int { segments.reduce(0) { $0 + $1.count } }

    /// How many features match; instant for `.all`, otherwise each is looked at.
    package func count(matching filter: FeatureFilter) -> Int {
        if filter.isAll { return count }
        return selections(filter).reduce(0) { sum, selection in
            if let candidates = selection.candidates { return sum + candidates.count }
            return sum + (0..<selection.index.count).count { selection.admits($0) }
        }
    }

    package func feature(identifier: UInt128) -> FeatureReference? {
        for segment in segments {
            if let number = segment.number(of: identifier) { return segment.reference(number) }
        }
        return nil
    }

    /// The smallest box, west ≤ east, that holds every feature; nil when nothing stands anywhere.
    package var extent: BoundingBox? {
        guard let box = segments.compactMap(\.outline.extent).reduce(nil, { $0?.union($1) ?? $1 }) else { return nil }
        // Of 0 and −0 the least is either, by the order of looking: + 0 makes both 0.
        return BoundingBox(
            uncheckedWest: box.west + 0, south: box.south + 0, east: box.east + 0, north: box.north + 0)
    }

    /// From the first to the last instant of any feature, in seconds since 1970 UTC; nil when no feature has a
    /// time.
    package var timeExtent: ClosedRange<Int64>? {
        segments.compactMap(\.outline.timeExtent).reduce(nil) { sum, next in
            sum.map { min($0.lowerBound, next.lowerBound)...max($0.upperBound, next.upperBound) } ?? next
        }
    }

    /// 0 when all that stands on the map are points, 1 for lines, 2 for areas; nil when they differ, when a
    /// feature has parts that differ, and when nothing stands anywhere.
    package var geometryDimension: Int? {
        segments.reduce(into: DimensionCounts()) { $0.add($1.outline.dimensions) }.common
    }

    /// The numbers of the themes that some feature bears, ascending.
    package var themes: [UInt32] {
        segments.reduce(into: Set()) { $0.formUnion($1.themes) }.sorted()
    }

    func selections(_ filter: FeatureFilter) -> [Selection] {
        segments.filter { $0.count > 0 }.map { Selection(filter, in: $0) }
    }
}
