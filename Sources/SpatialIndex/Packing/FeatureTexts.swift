/// The GeoJSON of features, one after another in one buffer, by feature number.
struct FeatureTexts: Sendable {
    private var buffer: [UInt8] = []
    private var starts: [Int] = []
    private var lengths: [UInt32] = []
    private var propertiesOffsets: [UInt32] = []

    var byteCount: Int { buffer.count }

    mutating func reserve(count: Int, bytes: Int) {
        buffer.reserveCapacity(bytes)
        starts.reserveCapacity(count)
        lengths.reserveCapacity(count)
        propertiesOffsets.reserveCapacity(count)
    }

    /// - Precondition: the offset lies inside the text or at its end.
    mutating func append(_ text: UnsafeRawBufferPointer, propertiesOffset: Int) {
        precondition(0...text.count ~= propertiesOffset, "properties begin outside the text")
        starts.append(buffer.count)
        lengths.append(UInt32(text.count))
        propertiesOffsets.append(UInt32(propertiesOffset))
        buffer.append(contentsOf: text)
    }

    /// A text at the end of `bytes`. Where its properties begin is not looked up: that lies elsewhere in memory.
    func append(_ number: Int, to bytes: inout [UInt8]) {
        buffer.withUnsafeBytes { source in
            let start = starts[number]
            bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: source[start..<(start + Int(lengths[number]))]))
        }
    }

    /// How many bytes some texts have.
    @inline(__always)
    func length(of numbers: some Sequence<UInt32>) -> Int {
        lengths.withUnsafeBufferPointer { lengths in numbers.reduce(0) { $0 + Int(lengths[Int($1)]) } }
    }

    /// Copies texts to `bytes`, which have room for them, from `start` on, a comma before each that is not the first.
    /// - Parameter ending: puts in how a text ends in place of its last byte, which is where it is told, and answers
    ///   with where the text ends then.
    /// - Returns: where they end.
    @inline(__always)
    func copy(
        _ numbers: some Sequence<UInt32>, to bytes: UnsafeMutableRawBufferPointer, from start: Int,
        ending: (_ last: Int) -> Int = { $0 + 1 }
    ) -> Int {
        var end = start
        buffer.withUnsafeBytes { source in
            for number in numbers {
                if end > 0 {
                    bytes[end] = UInt8(ascii: ",")
                    end += 1
                }
                let text = source[starts[Int(number)]..<(starts[Int(number)] + Int(lengths[Int(number)]))]
                bytes[end...].copyBytes(from: text)
                end = ending(end + text.count - 1)
            }
        }
        return end
    }

    func withText<Result, Failure: Error>(
        _ number: Int, _ body: (UnsafeRawBufferPointer, Int) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let range = starts[number]..<(starts[number] + Int(lengths[number]))
        let offset = Int(propertiesOffsets[number])
        return try buffer.span.extracting(range).bytes.withUnsafeBytes { (bytes) throws(Failure) in
            try body(bytes, offset)
        }
    }

    /// Renumbered. The bytes stay where they are, for whoever shares them.
    func renumbered(_ order: [UInt32]) -> FeatureTexts {
        var texts = self
        texts.starts = starts.gathered(order)
        texts.lengths = lengths.gathered(order)
        texts.propertiesOffsets = propertiesOffsets.gathered(order)
        return texts
    }

    /// Renumbered, and laid down in the new order: what lies together on the map is then read from memory that lies
    /// together, where every text would else be waited for on its own.
    func gathered(_ order: [UInt32]) -> FeatureTexts {
        if isInOrder(order) { return self }
        var texts = FeatureTexts()
        texts.lengths = lengths.gathered(order)
        texts.propertiesOffsets = propertiesOffsets.gathered(order)
        texts.starts.reserveCapacity(order.count)
        var end = 0
        for length in texts.lengths {
            texts.starts.append(end)
            end += Int(length)
        }
        texts.buffer = buffer.withUnsafeBytes { source in
            [UInt8](unsafeUninitializedCapacity: end) { target, count in
                let bytes = UnsafeMutableRawBufferPointer(target)
                for (number, position) in order.enumerated() {
                    let start = starts[Int(position)]
                    let text = UnsafeRawBufferPointer(rebasing: source[start..<(start + Int(lengths[Int(position)]))])
                    bytes[texts.starts[number]...].copyBytes(from: text)
                }
                count = end
            }
        }
        return texts
    }

    private func isInOrder(_ order: [UInt32]) -> Bool {
        order.count == starts.count && order.indices.allSatisfy { order[$0] == UInt32($0) }
    }
}
