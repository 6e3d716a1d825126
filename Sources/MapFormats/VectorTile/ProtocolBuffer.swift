/// Writes the wire format of Protocol Buffers, as much of it as vector tiles need.
///
/// Source: "Encoding", Protocol Buffers documentation; field numbers from vector_tile.proto 2.1.
enum ProtocolBuffer {
    static func append(varint value: UInt64, to bytes: inout [UInt8]) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    static func append(field: UInt64, varint value: UInt64, to bytes: inout [UInt8]) {
        append(varint: field << 3, to: &bytes)
        append(varint: value, to: &bytes)
    }

    static func append(field: UInt64, double value: Double, to bytes: inout [UInt8]) {
        append(varint: field << 3 | 1, to: &bytes)
        let bits = value.bitPattern
        for shift in stride(from: UInt64(0), to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: bits >> shift)) }
    }

    static func append(field: UInt64, message: [UInt8], to bytes: inout [UInt8]) {
        append(varint: field << 3 | 2, to: &bytes)
        append(varint: UInt64(message.count), to: &bytes)
        bytes.append(contentsOf: message)
    }

    static func append(field: UInt64, text: String, to bytes: inout [UInt8]) {
        append(varint: field << 3 | 2, to: &bytes)
        append(varint: UInt64(text.utf8.count), to: &bytes)
        bytes.append(contentsOf: text.utf8)
    }

    static func append(field: UInt64, packed values: [UInt32], to bytes: inout [UInt8]) {
        append(varint: field << 3 | 2, to: &bytes)
        append(varint: UInt64(values.reduce(0) { $0 + length(varint: $1) }), to: &bytes)
        for value in values { append(varint: UInt64(value), to: &bytes) }
    }

    /// Seven bits a byte, at least one byte.
    private static func length(varint value: UInt32) -> Int { (38 - (value | 1).leadingZeroBitCount) / 7 }
}
