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
        /// All the rest in one word, which moves at once: from the lowest bit on the node (of a measured feature its
        /// place among `measured`) in 32, the selection in 16, one more than the level in 8, and roughness.
        private let rest: UInt64

        fileprivate static let measuredLevel = -1

        /// What is inside the node or feature has at least this distance.
        @inline(__always)
        init(metres: Double, selection: Int, level: Int, node: Int, isRough: Bool = false) {
            self.metres = metres
            let height = UInt64(UInt8(truncatingIfNeeded: level &+ 1)) | (isRough ? 0x100 : 0)
            let place = UInt64(UInt16(truncatingIfNeeded: selection))
            rest = height << 48 | place << 32 | UInt64(UInt32(truncatingIfNeeded: node))
        }

        @inline(__always) var selection: Int { Int(rest >> 32 & 0xFFFF) }
        @inline(__always) var level: Int { Int(rest >> 48 & 0xFF) &- 1 }
        /// Of what is not measured.
        @inline(__always) var node: Int { Int(rest & 0xFFFF_FFFF) }
        @inline(__always) var isMeasured: Bool { level == Self.measuredLevel }
        /// Whether the bound is a cheap one, to be made better when its turn comes.
        @inline(__always) var isRough: Bool { rest >> 56 != 0 }
    }

    private var entries = UnsafeMutablePointer<Entry>.allocate(capacity: 128)
    private var capacity = 128
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
        measured.append(Measured(number: UInt32(entry.node), index: index))
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
        count += 1
        rise(entry, from: count - 1)
    }

    /// Puts an entry in at a free place, or above it.
    @inline(__always)
    private func rise(_ entry: Entry, from free: Int) {
        var place = free
        while place > 0 {
            let parent = (place &- 1) >> 1
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

    /// Puts an entry in where the first was. What stood last belongs far below, so that the free place goes down all the
    /// way before the entry is looked at: half the comparisons
    /// (I. Wegener, "Bottom-up-heapsort", Theoretical Computer Science 118, 1993).
    private func sink(_ entry: Entry) {
        var (place, child) = (0, 1)
        while child < count {
            if child &+ 1 < count, isBefore(entries[child &+ 1], entries[child]) { child &+= 1 }
            entries[place] = entries[child]
            place = child
            child = 2 &* place &+ 1
        }
        rise(entry, from: place)
    }
}
