/// What a search for neighbours has put aside, in the order of putting.
///
/// In memory of its own: a search moves entries thousands of times, and an array would be asked each time whether it is
/// shared and whether the place is inside.
struct NearestPile: ~Copyable {
    private var entries: UnsafeMutablePointer<NearestQueue.Entry>
    private var capacity: Int
    private(set) var count = 0

    init(capacity: Int) {
        entries = .allocate(capacity: capacity)
        self.capacity = capacity
    }

    deinit { entries.deallocate() }

    var isEmpty: Bool { count == 0 }

    /// - Precondition: the place is below `count`.
    @inline(__always)
    subscript(place: Int) -> NearestQueue.Entry {
        get { entries[place] }
        nonmutating set { entries[place] = newValue }
    }

    @inline(__always)
    mutating func append(_ entry: NearestQueue.Entry) {
        if count == capacity { grow() }
        (entries + count).initialize(to: entry)
        count &+= 1
    }

    @inline(__always)
    mutating func popLast() -> NearestQueue.Entry? {
        guard count > 0 else { return nil }
        count &-= 1
        return entries[count]
    }

    mutating func removeAll() { count = 0 }

    @inline(never)
    private mutating func grow() {
        let larger = UnsafeMutablePointer<NearestQueue.Entry>.allocate(capacity: 2 * capacity)
        larger.initialize(from: entries, count: count)
        entries.deallocate()
        entries = larger
        capacity *= 2
    }
}
