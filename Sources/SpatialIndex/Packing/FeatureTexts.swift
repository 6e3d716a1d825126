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

    func withText<Result, Failure: Error>(
        _ number: Int, _ body: (UnsafeRawBufferPointer, Int) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let range = starts[number]..<(starts[number] + Int(lengths[number]))
        let offset = Int(propertiesOffsets[number])
        return try buffer.span.extracting(range).bytes.withUnsafeBytes { (bytes) throws(Failure) in
            try body(bytes, offset)
        }
    }

    /// Renumbered. The bytes stay where they are: a large buffer is not worth copying.
    func gathered(_ order: [UInt32]) -> FeatureTexts {
        var texts = self
        texts.starts = starts.gathered(order)
        texts.lengths = lengths.gathered(order)
        texts.propertiesOffsets = propertiesOffsets.gathered(order)
        return texts
    }
}
