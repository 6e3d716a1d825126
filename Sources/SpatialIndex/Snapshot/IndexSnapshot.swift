package import MapGeometry

/// The published features of one layer at one moment, for any number of readers.
///
/// Segments hold them: a large one, and small ones with what was written since it was packed. A feature
/// is in one segment only, and every query asks all of them in the same way, so that an answer does
/// not depend on where a feature sits.
package struct IndexSnapshot: Sendable {
    /// The base first; then from old to new.
    let segments: [IndexSegment]

    init(segments: [IndexSegment]) {
        self.segments = segments
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

    /// A box, west ≤ east, that holds every feature; the smallest right after a rebuild, while after
    /// removals it may be larger. Nil when nothing stands anywhere.
    package var extent: BoundingBox? {
        segments.filter { $0.count > 0 }.compactMap(\.index.tree.extent).reduce(nil) { $0?.union($1) ?? $1 }
    }

    /// From the first to the last instant of any feature, in seconds since 1970 UTC, with the same
    /// allowance as `extent`. Nil when no feature has a time.
    package var timeExtent: ClosedRange<Int64>? {
        segments.filter { $0.count > 0 }.compactMap(\.index.times.extent).reduce(nil) { sum, next in
            sum.map { min($0.lowerBound, next.lowerBound)...max($0.upperBound, next.upperBound) } ?? next
        }
    }

    func selections(_ filter: FeatureFilter) -> [Selection] {
        segments.filter { $0.count > 0 }.map { Selection(filter, in: $0) }
    }
}
