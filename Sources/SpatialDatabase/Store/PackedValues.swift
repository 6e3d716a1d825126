/// Values of columns in one piece of memory, to be bound without a copy of each.
struct PackedValues: Sendable {
    enum Value: Sendable {
        case none
        case integer(Int64)
        /// Where it lies in `bytes`.
        case text(start: UInt32, count: UInt32)
        case blob(start: UInt32, count: UInt32)
    }

    private(set) var bytes: [UInt8] = []
    private(set) var values: [Value] = []

    /// - Parameter byteCount: about how many bytes there will be, and `valueCount` values.
    init(byteCount: Int, valueCount: Int) {
        bytes.reserveCapacity(byteCount)
        values.reserveCapacity(valueCount)
    }

    mutating func append(_ number: Int64?) { values.append(number.map(Value.integer) ?? .none) }

    mutating func append(_ text: String?) {
        guard let text else { return values.append(.none) }
        let start = bytes.count
        bytes.append(contentsOf: text.utf8)
        values.append(.text(start: UInt32(start), count: UInt32(bytes.count - start)))
    }

    /// Returns the value, which may be appended once more without its bytes.
    @discardableResult
    mutating func append(_ blob: [UInt8]?) -> Value {
        guard let blob else {
            values.append(.none)
            return .none
        }
        let value = Value.blob(start: UInt32(bytes.count), count: UInt32(blob.count))
        bytes.append(contentsOf: blob)
        values.append(value)
        return value
    }

    mutating func append(_ value: Value) { values.append(value) }
}
