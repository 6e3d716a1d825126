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
        var cursors = selections(filter).compactMap { BoxCursor($0, box: box, after: key) }
        var features: [FeatureReference] = []
        features.reserveCapacity(max(0, min(limit, 1_024)))
        while features.count < limit, let next = cursors.nextInOrder() {
            features.append(next)
        }
        return FeaturePage(features: features, hasMore: limit > 0 && !cursors.isEmpty)
    }
}

extension [BoxCursor] {
    /// Takes the first feature of all cursors; a cursor at its end goes.
    fileprivate mutating func nextInOrder() -> FeatureReference? {
        guard var least = indices.first else { return nil }
        for other in indices.dropFirst() where self[other].pageKey < self[least].pageKey { least = other }
        let feature = self[least].selection.segment.reference(self[least].number)
        if !self[least].advance() { remove(at: least) }
        return feature
    }
}

/// Walks the features of one segment that are in a box and match, in order. It always stands on one.
struct BoxCursor {
    let selection: Selection
    private(set) var number: Int
    private let box: BoundingBox?
    private let parts: [BoundingBox]

    /// Nil when there is none after the key.
    init?(_ selection: Selection, box: BoundingBox?, after key: PageKey?) {
        self.selection = selection
        self.box = box
        parts = box?.parts ?? []
        number = key.map(selection.index.count(through:)) ?? 0
        guard find() else { return nil }
    }

    var pageKey: PageKey { selection.index.pageKey(number) }

    /// Goes to the next; false when there is none.
    mutating func advance() -> Bool {
        number += 1
        return find()
    }

    /// Goes to the first from here on.
    private mutating func find() -> Bool {
        while let next = nextInBox() {
            number = next
            if selection.admits(next), isInBox(next) { return true }
            number += 1
        }
        return false
    }

    /// The first from here on that may be in the box, as far as boxes tell.
    private func nextInBox() -> Int? {
        let index = selection.index
        if let candidates = selection.candidates {
            let place = candidates.partitionPoint { Int($0) < number }
            return place < candidates.count ? Int(candidates[place]) : nil
        }
        if box == nil { return number < index.count ? number : nil }
        let placed = index.tree.firstLeaf(from: number, touching: parts)
        guard let last = index.unplaced.last, Int(last) >= number else { return placed }
        let unplaced = Int(index.unplaced[index.unplaced.partitionPoint { Int($0) < number }])
        return min(placed ?? unplaced, unplaced)
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
