/// A binary heap of what a search for neighbours has yet to look at
/// (Williams, "Algorithm 232: Heapsort", CACM 7(6), 1964).
struct NearestQueue {
    /// A node of a tree (level 1 and up), a feature (level 0), or a measured feature.
    struct Entry {
        /// The distance of a measured feature; otherwise at most the distance of what is inside.
        let metres: Double
        /// Of a measured feature; otherwise 0.
        private let identifier: UInt128
        private let number: UInt32
        private let place: UInt32
        private let height: Int16

        /// Whether the bound is a cheap one, to be made better when its turn comes.
        let isRough: Bool

        private static let measuredHeight: Int16 = -1

        /// What is inside the node or feature has at least this distance.
        @inline(__always)
        init(metres: Double, selection: Int, level: Int, node: Int, isRough: Bool = false) {
            self.metres = metres
            self.isRough = isRough
            identifier = 0
            number = UInt32(node)
            place = UInt32(selection)
            height = Int16(level)
        }

        /// The feature of `entry`, measured.
        init(metres: Double, measuring entry: Entry, identifier: UInt128) {
            self.metres = metres
            self.identifier = identifier
            isRough = false
            number = entry.number
            place = entry.place
            height = Self.measuredHeight
        }

        var selection: Int { Int(place) }
        var level: Int { Int(height) }
        var node: Int { Int(number) }
        var isMeasured: Bool { height == Self.measuredHeight }

        /// At equal distance what is not measured yet goes first, since it may turn out to have the lower
        /// identifier.
        @inline(__always)
        func isBefore(_ other: Entry) -> Bool {
            if metres != other.metres { return metres < other.metres }
            guard isMeasured, other.isMeasured else { return !isMeasured }
            return identifier < other.identifier
        }
    }

    private var entries: [Entry] = []

    init() {
        entries.reserveCapacity(512)
    }

    /// Whether a feature waits in it, measured or not.
    var holdsFeature: Bool { entries.contains { $0.level <= 0 } }

    mutating func push(_ entry: Entry) {
        entries.append(entry)
        entries.withUnsafeMutableBufferPointer { entries in
            var place = entries.count - 1
            while place > 0 {
                let parent = (place - 1) / 2
                guard entry.isBefore(entries[parent]) else { break }
                entries[place] = entries[parent]
                place = parent
            }
            entries[place] = entry
        }
    }

    mutating func pop() -> Entry? {
        guard let first = entries.first, let last = entries.popLast() else { return nil }
        if !entries.isEmpty { sink(last) }
        return first
    }

    /// Puts an entry in at the root and lets it sink to its level.
    private mutating func sink(_ entry: Entry) {
        entries.withUnsafeMutableBufferPointer { entries in
            var place = 0
            while true {
                var child = 2 * place + 1
                if child >= entries.count { break }
                if child + 1 < entries.count, entries[child + 1].isBefore(entries[child]) { child += 1 }
                guard entries[child].isBefore(entry) else { break }
                entries[place] = entries[child]
                place = child
            }
            entries[place] = entry
        }
    }
}
