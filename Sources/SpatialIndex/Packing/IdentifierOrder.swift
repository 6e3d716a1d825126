/// Finds features by their identifiers.
///
/// Identifiers are random, so that their first bits tell nearly where one stands: a table says where in their order those
/// with the same first bits begin, and a search looks at the few of them. From the middle of a million it would look at
/// twenty, each in another place of memory. Identifiers that are not random cost no more than that.
struct IdentifierOrder: Sendable {
    /// Numbers in the order of identifiers.
    let numbers: [UInt32]
    /// By the first bits, the place in `numbers` of the first that has them or comes behind them; at the end their count.
    private let starts: [UInt32]
    /// How far to the right the first bits are to be moved.
    private let shift: UInt64

    /// - Parameter identifiers: by number.
    init(_ numbers: [UInt32], of identifiers: [UInt128]) {
        let bits = max(numbers.count.bitWidth - numbers.count.leadingZeroBitCount - Self.bitsOfSome, 0)
        let shift = UInt64(64 - bits)
        self.numbers = numbers
        self.shift = shift
        starts = Self.starts(count: 1 << bits, numbers) { Self.leading(identifiers[Int($0)], shift) }
    }

    /// - Parameter identifiers: those that the order was made of.
    func number(of identifier: UInt128, among identifiers: [UInt128]) -> Int? {
        let leading = Self.leading(identifier, shift)
        let some = Int(starts[leading])..<Int(starts[leading + 1])
        let place = some.partitionPoint { identifiers[Int(numbers[$0])] < identifier }
        guard place < some.upperBound else { return nil }
        let number = Int(numbers[place])
        return identifiers[number] == identifier ? number : nil
    }

    /// Between four and eight share their first bits: half a byte to one for each.
    private static let bitsOfSome = 3

    private static func leading(_ identifier: UInt128, _ shift: UInt64) -> Int {
        // A shift by all 64 bits leaves nothing.
        Int(UInt64(truncatingIfNeeded: identifier >> 64) >> shift)
    }

    private static func starts(count: Int, _ numbers: [UInt32], _ leading: (UInt32) -> Int) -> [UInt32] {
        var starts: [UInt32] = []
        starts.reserveCapacity(count + 1)
        for (place, number) in numbers.enumerated() {
            let bits = leading(number)
            while starts.count <= bits { starts.append(UInt32(place)) }
        }
        while starts.count <= count { starts.append(UInt32(numbers.count)) }
        return starts
    }
}
