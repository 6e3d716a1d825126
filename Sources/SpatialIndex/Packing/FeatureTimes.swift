/// When features are, by feature number; nothing is stored when no feature has a time.
struct FeatureTimes: Sendable {
    private var starts: [Int64] = []
    private var ends: [Int64] = []
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
        extent = extent.map { min($0.lowerBound, time.lowerBound)...max($0.upperBound, time.upperBound) } ?? time
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
        return times
    }

    /// A time that ends before it starts stands for none.
    private mutating func appendNone(_ count: Int) {
        starts.append(contentsOf: repeatElement(Int64.max, count: count))
        ends.append(contentsOf: repeatElement(Int64.min, count: count))
    }
}
