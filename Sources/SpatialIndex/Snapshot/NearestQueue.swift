/// A binary heap of what a search for neighbours has yet to look at
/// (Williams, "Algorithm 232: Heapsort", CACM 7(6), 1964).
struct NearestQueue {
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

    private var entries: [Entry] = []
    private var measured: [Measured] = []

    /// A measured feature. Its identifier is read when two are as far away, and only then: it lies elsewhere in memory.
    private struct Measured {
        let number: UInt32
        let index: PackedIndex

        var identifier: UInt128 { index.identifiers[Int(number)] }
    }

    init() {
        entries.reserveCapacity(512)
        measured.reserveCapacity(32)
    }

    /// Whether a feature waits in it, measured or not.
    var holdsFeature: Bool { entries.contains { $0.level <= 0 } }

    /// The number of a measured feature.
    func feature(of entry: Entry) -> Int { Int(measured[entry.node].number) }

    /// Puts a feature back by its distance.
    mutating func push(metres: Double, measuring entry: Entry, of index: PackedIndex) {
        measured.append(Measured(number: entry.number, index: index))
        push(.init(metres: metres, selection: entry.selection, level: Entry.measuredLevel, node: measured.count - 1))
    }

    /// At equal distance what is not measured yet goes first, since it may turn out to have the lower identifier.
    @inline(__always)
    private static func isBefore(_ one: Entry, _ other: Entry, _ measured: [Measured]) -> Bool {
        if one.metres != other.metres { return one.metres < other.metres }
        guard one.isMeasured, other.isMeasured else { return !one.isMeasured }
        return measured[one.node].identifier < measured[other.node].identifier
    }

    @inline(__always)
    mutating func push(_ entry: Entry) {
        entries.append(entry)
        entries.withUnsafeMutableBufferPointer { entries in
            var place = entries.count - 1
            while place > 0 {
                let parent = (place - 1) / 2
                guard Self.isBefore(entry, entries[parent], measured) else { break }
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
                if child + 1 < entries.count, Self.isBefore(entries[child + 1], entries[child], measured) { child += 1 }
                guard Self.isBefore(entries[child], entry, measured) else { break }
                entries[place] = entries[child]
                place = child
            }
            entries[place] = entry
        }
    }
}
