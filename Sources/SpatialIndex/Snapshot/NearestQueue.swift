/// A binary heap of what a search for neighbours has yet to look at
/// (Williams, "Algorithm 232: Heapsort", CACM 7(6), 1964).
struct NearestQueue: ~Copyable {
    /// A node of a tree (level 1 and up), a feature (level 0), or a measured feature. Sixteen bytes, since a search
    /// moves hundreds of them about.
    struct Entry {
        /// The distance of a measured feature; otherwise at most the distance of what is inside.
        let metres: Double
        /// All the rest in one word, which moves at once: from the lowest bit on the node in 32, the selection in 16,
        /// one more than the level in 8, and roughness.
        private let rest: UInt64

        private static let measuredLevel = -1

        /// What is inside the node or feature has at least this distance.
        @inline(__always)
        init(metres: Double, selection: Int, level: Int, node: Int, isRough: Bool = false) {
            self.metres = metres
            let height = UInt64(UInt8(truncatingIfNeeded: level &+ 1)) | (isRough ? 0x100 : 0)
            let place = UInt64(UInt16(truncatingIfNeeded: selection))
            rest = height << 48 | place << 32 | UInt64(UInt32(truncatingIfNeeded: node))
        }

        /// A feature whose distance is known.
        @inline(__always)
        init(measured feature: Entry, metres: Double) {
            self.init(metres: metres, selection: feature.selection, level: Self.measuredLevel, node: feature.node)
        }

        @inline(__always) var selection: Int { Int(rest >> 32 & 0xFFFF) }
        @inline(__always) var level: Int { Int(rest >> 48 & 0xFF) &- 1 }
        /// On its level; of a feature its number.
        @inline(__always) var node: Int { Int(rest & 0xFFFF_FFFF) }
        @inline(__always) var isMeasured: Bool { level == Self.measuredLevel }
        /// Whether the bound is a cheap one, to be made better when its turn comes.
        @inline(__always) var isRough: Bool { rest >> 56 != 0 }
    }

    private var entries = NearestPile(capacity: 128)
    private let indexes: [PackedIndex]

    /// - Parameter indexes: of the selections.
    init(of indexes: [PackedIndex]) { self.indexes = indexes }

    /// Whether a feature waits in it, measured or not.
    var holdsFeature: Bool { (0..<entries.count).contains { entries[$0].level <= 0 } }

    /// Of a feature. It is read when two are as far away, and only then: it lies elsewhere in memory.
    func identifier(of entry: Entry) -> UInt128 { indexes[entry.selection].identifiers[entry.node] }

    @inline(__always)
    private func isBefore(_ one: Entry, _ other: Entry) -> Bool {
        one.metres < other.metres || one.metres == other.metres && isBeforeAsNear(one, other)
    }

    /// At equal distance what is not measured yet goes first, since it may turn out to have the lower identifier.
    @inline(never)
    private func isBeforeAsNear(_ one: Entry, _ other: Entry) -> Bool {
        guard one.isMeasured, other.isMeasured else { return !one.isMeasured }
        return identifier(of: one) < identifier(of: other)
    }

    @inline(__always)
    mutating func push(_ entry: Entry) {
        entries.append(entry)
        rise(entry, from: entries.count - 1)
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

    mutating func pop() -> Entry? {
        guard let last = entries.popLast() else { return nil }
        guard !entries.isEmpty else { return last }
        let first = entries[0]
        sink(last)
        return first
    }

    /// Puts an entry in where the first was. What stood last belongs far below, so that the free place goes down all the
    /// way before the entry is looked at: half the comparisons
    /// (I. Wegener, "Bottom-up-heapsort", Theoretical Computer Science 118, 1993).
    private func sink(_ entry: Entry) {
        let count = entries.count
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
