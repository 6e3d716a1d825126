/// A binary heap of what a search for neighbours has yet to look at
/// (Williams, "Algorithm 232: Heapsort", CACM 7(6), 1964).
///
/// In memory of its own: a search moves entries thousands of times, and an array would be asked each time whether it is
/// shared and whether the place is inside.
struct NearestQueue: ~Copyable {
    /// A node of a tree (level 1 and up), a feature (level 0), or a measured feature. Sixteen bytes, since a search
    /// moves hundreds of them about.
    struct Entry {
        /// The distance of a measured feature; otherwise at most the distance of what is inside.
        let metres: Double
        /// Of a measured feature its place among `measured`.
        fileprivate let number: UInt32
        private let place: UInt16
        private let height: Int8
        /// Whether the bound is a cheap one, to be made better when its turn comes.
        let isRough: Bool

        fileprivate static let measuredLevel = -1

        /// What is inside the node or feature has at least this distance.
        @inline(__always)
        init(metres: Double, selection: Int, level: Int, node: Int, isRough: Bool = false) {
            self.metres = metres
            number = UInt32(truncatingIfNeeded: node)
            place = UInt16(truncatingIfNeeded: selection)
            height = Int8(truncatingIfNeeded: level)
            self.isRough = isRough
        }

        var selection: Int { Int(place) }
        var level: Int { Int(height) }
        /// Of what is not measured.
        var node: Int { Int(number) }
        var isMeasured: Bool { level == Self.measuredLevel }
    }

    private var entries = UnsafeMutablePointer<Entry>.allocate(capacity: 256)
    private var capacity = 256
    private var count = 0
    private var measured: [Measured] = []

    /// A measured feature. Its identifier is read when two are as far away, and only then: it lies elsewhere in memory.
    private struct Measured {
        let number: UInt32
        let index: PackedIndex

        var identifier: UInt128 { index.identifiers[Int(number)] }
    }

    init() { measured.reserveCapacity(16) }

    deinit { entries.deallocate() }

    /// Whether a feature waits in it, measured or not.
    var holdsFeature: Bool { (0..<count).contains { entries[$0].level <= 0 } }

    /// The number of a measured feature.
    func feature(of entry: Entry) -> Int { Int(measured[entry.node].number) }

    /// Puts a feature back by its distance.
    mutating func push(metres: Double, measuring entry: Entry, of index: PackedIndex) {
        measured.append(Measured(number: entry.number, index: index))
        push(.init(metres: metres, selection: entry.selection, level: Entry.measuredLevel, node: measured.count - 1))
    }

    @inline(__always)
    private func isBefore(_ one: Entry, _ other: Entry) -> Bool {
        one.metres < other.metres || one.metres == other.metres && isBeforeAsNear(one, other)
    }

    /// At equal distance what is not measured yet goes first, since it may turn out to have the lower identifier.
    @inline(never)
    private func isBeforeAsNear(_ one: Entry, _ other: Entry) -> Bool {
        guard one.isMeasured, other.isMeasured else { return !one.isMeasured }
        return measured[one.node].identifier < measured[other.node].identifier
    }

    @inline(__always)
    mutating func push(_ entry: Entry) {
        if count == capacity { grow() }
        var place = count
        count += 1
        while place > 0 {
            let parent = (place - 1) / 2
            guard isBefore(entry, entries[parent]) else { break }
            entries[place] = entries[parent]
            place = parent
        }
        entries[place] = entry
    }

    @inline(never)
    private mutating func grow() {
        let larger = UnsafeMutablePointer<Entry>.allocate(capacity: 2 * capacity)
        larger.initialize(from: entries, count: count)
        entries.deallocate()
        entries = larger
        capacity *= 2
    }

    mutating func pop() -> Entry? {
        guard count > 0 else { return nil }
        let first = entries[0]
        count -= 1
        if count > 0 { sink(entries[count]) }
        return first
    }

    /// Puts an entry in at the root and lets it sink to its level.
    private mutating func sink(_ entry: Entry) {
        var place = 0
        while true {
            var child = 2 * place + 1
            if child >= count { break }
            if child + 1 < count, isBefore(entries[child + 1], entries[child]) { child += 1 }
            guard isBefore(entries[child], entry) else { break }
            entries[place] = entries[child]
            place = child
        }
        entries[place] = entry
    }
}
