/// The order that sorts numbers: `result[0]` is the position of the smallest.
///
/// Equal numbers are put in the order of `tieBreak`. Large inputs are sorted by radix, eleven bits a
/// pass (Knuth, The Art of Computer Programming, vol. 3, 5.2.5), small ones by comparison.
func sortedOrder(of keys: [UInt64], tieBreak: (Int, Int) -> Bool) -> [UInt32] {
    var order = keys.count < 1_024 ? comparisonOrder(of: keys) : radixOrder(of: keys)
    var first = 0
    while first < order.count {
        let key = keys[Int(order[first])]
        var end = first + 1
        while end < order.count, keys[Int(order[end])] == key { end += 1 }
        if end - first > 1 { order[first..<end].sort { tieBreak(Int($0), Int($1)) } }
        first = end
    }
    return order
}

private func comparisonOrder(of keys: [UInt64]) -> [UInt32] {
    (0..<UInt32(keys.count)).sorted { keys[Int($0)] < keys[Int($1)] }
}

private func radixOrder(of keys: [UInt64]) -> [UInt32] {
    var items = keys.enumerated().map { Item(key: $1, position: UInt32($0)) }
    var other = items
    let all = keys.reduce(0, |)
    for shift in stride(from: 0, to: 64, by: digitBits) where (all >> UInt64(shift)) & digitMask != 0 {
        scatter(items, to: &other, shift: UInt64(shift))
        swap(&items, &other)
    }
    return items.map(\.position)
}

private struct Item {
    let key: UInt64
    let position: UInt32
}

private let digitBits = 11
private let digitMask: UInt64 = (1 << 11) - 1

/// One stable pass: by the digit at `shift`.
private func scatter(_ items: [Item], to other: inout [Item], shift: UInt64) {
    var places = [Int](repeating: 0, count: 1 << digitBits)
    for item in items { places[Int(item.key >> shift & digitMask)] += 1 }
    var sum = 0
    for digit in places.indices {
        (places[digit], sum) = (sum, sum + places[digit])
    }
    items.withUnsafeBufferPointer { items in
        other.withUnsafeMutableBufferPointer { other in
            for item in items {
                let digit = Int(item.key >> shift & digitMask)
                other[places[digit]] = item
                places[digit] += 1
            }
        }
    }
}

extension Array {
    /// The elements at some positions, in their order, in memory of exactly that size.
    func gathered(_ order: [UInt32], capacity: Int? = nil) -> [Element] {
        withUnsafeBufferPointer { source in
            [Element](unsafeUninitializedCapacity: capacity ?? order.count) { target, count in
                for (place, position) in order.enumerated() {
                    target.initializeElement(at: place, to: source[Int(position)])
                }
                count = order.count
            }
        }
    }
}
