package import MapGeometry

extension IndexSnapshot {
    /// The features in a box, in the order of pages, from right after `key` on.
    ///
    /// Edges belong to the box, which may cross the antimeridian; lines and polygons are tested exactly.
    /// Features that stand nowhere are in every box and come last. Nil means no box: all features.
    /// Pages go on where they stopped, whatever is written between them: a feature that stays as it is
    /// comes once and only once.
    package func features(
        in box: BoundingBox? = nil, matching filter: FeatureFilter = .all, after key: PageKey? = nil, limit: Int
    ) -> FeaturePage {
        guard limit > 0 else { return FeaturePage(features: FeatureList(), hasMore: false) }
        // One more than a page tells whether there is another.
        let wanted = limit < .max ? limit + 1 : limit
        var features = FeatureList()
        for selection in selections(filter) {
            let index = selection.index
            let start = key.map(index.count(through:)) ?? 0
            // What comes after a full page of other segments is not on this one.
            let end = features.count < wanted ? index.count : index.count(through: features[wanted - 1].pageKey)
            let numbers = BoxSearch(selection, box: box).first(wanted, in: start..<max(start, end))
            features.merge(numbers, of: index, limit: wanted)
        }
        let hasMore = features.count > limit
        features.truncate(to: limit)
        return FeaturePage(features: features, hasMore: hasMore)
    }
}

/// Goes through the features of one segment that are in a box and match, in the order of pages.
struct BoxSearch {
    private let selection: Selection
    private let box: BoundingBox?
    private let parts: [BoundingBox]

    /// - Parameter box: nil for all.
    init(_ selection: Selection, box: BoundingBox?) {
        self.selection = selection
        self.box = box
        parts = box?.parts ?? []
    }

    /// The numbers of the first of them in a range, at most so many.
    func first(_ limit: Int, in range: Range<Int>) -> [UInt32] {
        var numbers: [UInt32] = []
        numbers.reserveCapacity(min(limit, range.count, 1_024))
        forEach(in: range) { number in
            numbers.append(UInt32(number))
            return numbers.count < limit
        }
        return numbers
    }

    /// Calls `body` with the numbers of those in a range until it answers false.
    @inline(__always)
    func forEach(in range: Range<Int>, _ body: (Int) -> Bool) {
        if let candidates = selection.candidates {
            for number in candidates where range.contains(Int(number)) && isInBox(Int(number)) {
                guard body(Int(number)) else { return }
            }
        } else if box == nil {
            for number in range where selection.admits(number) {
                guard body(number) else { return }
            }
        } else {
            forEachInBox(range, body)
        }
    }

    @inline(__always)
    private func forEachInBox(_ range: Range<Int>, _ body: (Int) -> Bool) {
        let index = selection.index
        let hasShapes = !index.shapes.isEmpty
        // Most layers are points, all of them asked for.
        if !hasShapes, index.unplaced.isEmpty, selection.admitsAll {
            _ = index.tree.forEachLeaf(in: range, touching: parts, body)
            return
        }
        var unplaced = index.unplaced.partitionPoint { Int($0) < range.lowerBound }
        /// Those that stand nowhere and come before a number.
        func visitUnplaced(before end: Int) -> Bool {
            while unplaced < index.unplaced.count, index.unplaced[unplaced] < end {
                let number = Int(index.unplaced[unplaced])
                unplaced += 1
                if selection.admits(number), !body(number) { return false }
            }
            return true
        }
        let isAtEnd = index.tree.forEachLeaf(in: range, touching: parts) { number in
            guard visitUnplaced(before: number) else { return false }
            guard selection.admits(number), !hasShapes || isInBox(number) else { return true }
            return body(number)
        }
        if isAtEnd { _ = visitUnplaced(before: range.upperBound) }
    }

    private func isInBox(_ number: Int) -> Bool {
        let index = selection.index
        guard let box, index.isPlaced(number) else { return true }
        let own = index.tree.boxes[number]
        guard own.touches(parts) else { return false }
        let slot = index.slots[number]
        if slot < 0 || parts.contains(where: { $0.containsPlanar(own) }) { return true }
        return index.shapes[Int(slot)].intersects(box)
    }
}
