package import MapGeometry

extension IndexSnapshot {
    /// The first features in an order that the caller makes, from right after `last` on.
    ///
    /// Every feature that matches is looked at, and no more of them are kept than are asked for.
    /// - Parameter box: as for pages in the order of Hilbert's curve.
    /// - Parameter key: where a feature stands in the order; no two features at the same place.
    package func features<Key: Comparable>(
        in box: BoundingBox? = nil, matching filter: FeatureFilter = .all, sortedBy key: (FeatureReference) -> Key,
        after last: Key? = nil, limit: Int
    ) -> SortedPage<Key> {
        // One more than a page tells whether there is another.
        var leading = LeadingEntries<Key>(capacity: limit + 1)
        for selection in selections(filter) {
            BoxSearch(selection, box: box).forEach(in: 0..<selection.index.count) { number in
                let feature = selection.segment.reference(number)
                let own = key(feature)
                if let last, own <= last { return true }
                leading.offer(.init(key: own, feature: feature))
                return true
            }
        }
        let entries = leading.sorted
        return SortedPage(entries: Array(entries.prefix(limit)), hasMore: entries.count > limit)
    }
}

/// Some features in an order of the caller's, with their places in it.
package struct SortedPage<Key: Comparable> {
    package struct Entry {
        package let key: Key
        package let feature: FeatureReference
    }

    package let entries: [Entry]
    /// Whether the order goes on behind the last of them.
    package let hasMore: Bool

    /// What to continue after; nil when this is the end.
    package var next: Key? { hasMore ? entries.last?.key : nil }
}

/// The least of all entries offered, as many as there is room for: a heap with the greatest at its root
/// (Williams, "Algorithm 232: Heapsort", CACM 7(6), 1964).
private struct LeadingEntries<Key: Comparable> {
    typealias Entry = SortedPage<Key>.Entry

    private let capacity: Int
    private var heap: [Entry] = []

    init(capacity: Int) {
        self.capacity = capacity
    }

    var sorted: [Entry] { heap.sorted { $0.key < $1.key } }

    mutating func offer(_ entry: Entry) {
        if heap.count < capacity {
            heap.append(entry)
            rise(from: heap.count - 1)
        } else if let greatest = heap.first, entry.key < greatest.key {
            sink(entry)
        }
    }

    private mutating func rise(from start: Int) {
        var place = start
        while place > 0, heap[(place - 1) / 2].key < heap[place].key {
            heap.swapAt(place, (place - 1) / 2)
            place = (place - 1) / 2
        }
    }

    /// Puts an entry in at the root, whose own goes, and lets it sink to its level.
    private mutating func sink(_ entry: Entry) {
        var place = 0
        heap[0] = entry
        while 2 * place + 1 < heap.count {
            var child = 2 * place + 1
            if child + 1 < heap.count, heap[child].key < heap[child + 1].key { child += 1 }
            guard heap[place].key < heap[child].key else { break }
            heap.swapAt(place, child)
            place = child
        }
    }
}
