/// When features are, by feature number; nothing is stored when no feature has a time.
struct FeatureTimes: Sendable {
    private var starts: [Int64] = []
    private var ends: [Int64] = []
    /// From the first start to the last end, once packed; nil when no feature has a time.
    private(set) var extent: ClosedRange<Int64>?

    /// Adds the time of the feature whose number is `count`.
    mutating func append(_ time: ClosedRange<Int64>?, count: Int) {
        guard let time else {
            if !starts.isEmpty { appendNone(1) }
            return
        }
        appendNone(count - starts.count)
        starts.append(time.lowerBound)
        ends.append(time.upperBound)
    }

    func range(_ number: Int) -> ClosedRange<Int64>? {
        guard !starts.isEmpty, starts[number] <= ends[number] else { return nil }
        return starts[number]...ends[number]
    }

    /// Whether a feature's time shares an instant with another; true for one without time.
    @inline(__always)
    func intersects(_ number: Int, _ other: ClosedRange<Int64>) -> Bool {
        guard !starts.isEmpty, starts[number] <= ends[number] else { return true }
        return starts[number] <= other.upperBound && ends[number] >= other.lowerBound
    }

    func gathered(_ order: [UInt32]) -> FeatureTimes {
        var times = self
        guard !starts.isEmpty else { return times }
        times.starts = starts.gathered(order)
        times.ends = ends.gathered(order)
        times.extent = times.extent { _ in true }
        return times
    }

    /// From the first start to the last end of those features that `isThere`.
    /// - Parameter bound: what it cannot go beyond; the search ends when it goes as far.
    func extent(
        atMost bound: ClosedRange<Int64> = .min ... .max, where isThere: (Int) -> Bool
    ) -> ClosedRange<Int64>? {
        var found: ClosedRange<Int64>?
        for number in starts.indices where starts[number] <= ends[number] && isThere(number) {
            let (start, end) = (starts[number], ends[number])
            found = found.map { min($0.lowerBound, start)...max($0.upperBound, end) } ?? start...end
            if found == bound { break }
        }
        return found
    }

    /// A time that ends before it starts stands for none.
    private mutating func appendNone(_ count: Int) {
        starts.append(contentsOf: repeatElement(Int64.max, count: count))
        ends.append(contentsOf: repeatElement(Int64.min, count: count))
    }
}
