/// Bytes in the wire format of Protocol Buffers, as much of it as tiles need, that grow at their end.
///
/// A tile is written by single bytes, and this is never copied, so that none of them looks for another owner.
/// Source: "Encoding", Protocol Buffers documentation; field numbers from vector_tile.proto 2.1.
struct ProtocolBuffer: ~Copyable {
    private var base: UnsafeMutableRawPointer
    private var capacity: Int
    private(set) var count = 0

    init(capacity: Int = 256) {
        self.capacity = max(capacity, 16)
        base = .allocate(byteCount: self.capacity, alignment: 1)
    }

    deinit { base.deallocate() }

    var isEmpty: Bool { count == 0 }

    /// Valid until it is changed.
    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }

    mutating func removeAll() { count = 0 }

    /// Most are a single byte.
    @inline(__always)
    mutating func append(varint value: UInt64) {
        if value < 0x80, count < capacity { put(UInt8(truncatingIfNeeded: value)) } else { append(long: value) }
    }

    private mutating func append(long value: UInt64) {
        reserve(10)
        var rest = value
        while rest >= 0x80 {
            put(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        put(UInt8(truncatingIfNeeded: rest))
    }

    mutating func append(_ more: UnsafeRawBufferPointer) {
        guard let start = more.baseAddress else { return }
        reserve(more.count)
        (base + count).copyMemory(from: start, byteCount: more.count)
        count += more.count
    }

    mutating func append(field: UInt64, varint value: UInt64) {
        append(varint: field << 3)
        append(varint: value)
    }

    mutating func append(field: UInt64, double value: Double) {
        append(varint: field << 3 | 1)
        withUnsafeBytes(of: value.bitPattern.littleEndian) { append($0) }
    }

    mutating func append(field: UInt64, message: UnsafeRawBufferPointer) {
        append(field: field, length: message.count)
        append(message)
    }

    mutating func append(field: UInt64, text: String) {
        var text = text
        text.withUTF8 { append(field: field, message: UnsafeRawBufferPointer($0)) }
    }

    /// The head of a field of so many bytes, which are to come next.
    mutating func append(field: UInt64, length: Int) {
        append(varint: field << 3 | 2)
        append(varint: UInt64(length))
    }

    mutating func append(field: UInt64, packed values: [UInt32]) {
        append(field: field, length: values.reduce(0) { $0 + Self.length(varint: $1) })
        for value in values { append(varint: UInt64(value)) }
    }

    /// Seven bits a byte, at least one byte.
    private static func length(varint value: UInt32) -> Int { (38 - (value | 1).leadingZeroBitCount) / 7 }

    @inline(__always)
    private mutating func put(_ byte: UInt8) {
        base.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
        count += 1
    }

    @inline(__always)
    private mutating func reserve(_ more: Int) {
        if capacity - count < more { grow(more) }
    }

    private mutating func grow(_ more: Int) {
        let larger = max(capacity * 2, count + more)
        let room = UnsafeMutableRawPointer.allocate(byteCount: larger, alignment: 1)
        room.copyMemory(from: base, byteCount: count)
        base.deallocate()
        (base, capacity) = (room, larger)
    }
}
