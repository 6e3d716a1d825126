/// A packed index, less the features that have been removed from it since it was packed.
struct IndexSegment: Sendable {
    let index: PackedIndex
    private(set) var removedCount = 0
    private(set) var outline: SegmentOutline
    /// A bit for every feature, set for the removed; empty while there are none.
    private var removedBits: [UInt64] = []
    /// The removed that stand somewhere, by place among the index's groups; empty while there are none.
    private var removedGroups: [RemovedGroup] = []

    init(_ index: PackedIndex) {
        self.index = index
        outline = SegmentOutline(index)
    }

    /// The numbers of themes that some feature bears.
    var themes: Set<UInt32> { outline.themes(of: index) }

    var count: Int { index.count - removedCount }

    @inline(__always)
    func isRemoved(_ number: Int) -> Bool {
        !removedBits.isEmpty && removedBits[number >> 6] >> UInt64(number & 63) & 1 == 1
    }

    /// The number of a feature that has not been removed.
    func number(of identifier: UInt128) -> Int? {
        guard let number = index.number(of: identifier), !isRemoved(number) else { return nil }
        return number
    }

    /// Removes those of some features that are here.
    mutating func remove(_ identifiers: [UInt128]) {
        let numbers = Set(identifiers.compactMap(number))
        if numbers.isEmpty { return }
        if removedBits.isEmpty {
            removedBits = Array(repeating: 0, count: (index.count + 63) / 64)
            removedGroups = index.groups.map { _ in RemovedGroup([], keys: []) }
        }
        for number in numbers { removedBits[number >> 6] |= 1 << UInt64(number & 63) }
        removedCount += numbers.count
        outline = outline.removing(numbers, of: index) { !isRemoved($0) }
        if numbers.count <= Self.fewRemovals {
            for number in numbers { insertIntoGroup(number) }
        } else {
            regroup()
        }
    }

    /// Numbers of the features that are removed here and were not in an earlier state, ascending.
    func removed(since earlier: IndexSegment) -> [Int] {
        removedBits.indices.flatMap { place in
            let before = earlier.removedBits.isEmpty ? 0 : earlier.removedBits[place]
            return (0..<64).filter { (removedBits[place] & ~before) >> UInt64($0) & 1 == 1 }.map { place << 6 + $0 }
        }
    }

    /// The sum over the removed members of a group whose numbers are in a range.
    func removedSum(group: Int, _ range: ClosedRange<UInt32>) -> CellSum? {
        removedGroups.isEmpty ? nil : removedGroups[group].sum(range)
    }

    /// Up to so many are put in one by one; more make it worth sorting all.
    private static let fewRemovals = 16

    private mutating func insertIntoGroup(_ number: Int) {
        guard let group = index.group(number) else { return }
        removedGroups[group].insert(UInt32(number), key: index.keys[number])
    }

    private mutating func regroup() {
        var numbers = index.groups.map { _ in [UInt32]() }
        for number in removed(since: IndexSegment(index)) {
            if let group = index.group(number) { numbers[group].append(UInt32(number)) }
        }
        removedGroups = numbers.map { RemovedGroup($0, keys: index.keys) }
    }

    func reference(_ number: Int) -> FeatureReference {
        FeatureReference(index: index, number: number)
    }
}

/// The removed members of a group, with running sums, so that what to take off a cell's sum costs no more
/// than a search, however many they are.
private struct RemovedGroup {
    /// Ascending.
    private var numbers: [UInt32]
    private var sums: RunningSums

    init(_ numbers: [UInt32], keys: [UInt64]) {
        self.numbers = numbers
        sums = RunningSums(numbers.lazy.map { keys[Int($0)] })
    }

    mutating func insert(_ number: UInt32, key: UInt64) {
        let place = numbers.partitionPoint { $0 < number }
        numbers.insert(number, at: place)
        sums.insert(key: key, at: place)
    }

    func sum(_ range: ClosedRange<UInt32>) -> CellSum? {
        if numbers.isEmpty { return nil }
        let first = numbers.partitionPoint { $0 < range.lowerBound }
        return sums.sum(first..<numbers.partitionPoint { $0 <= range.upperBound })
    }
}
