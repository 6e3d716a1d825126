/// An attribute's value in a vector tile (MVT 2.1, section 4.4): text or a number, never null.
package enum VectorTileValue: Hashable, Sendable {
    case string(String)
    case double(Double)
    case int(Int64)
    case uint(UInt64)
    case bool(Bool)

    /// A JSON value in a tile: structures become text as `JSONValue.flattened` says; nil for null, for an
    /// empty list and for a number that is not finite.
    package init?(_ value: JSONValue) {
        switch value.flattened {
        case .string(let text): self = .string(text)
        case .boolean(let flag): self = .bool(flag)
        case .integer(let number): self = .int(number)
        case .number(let number) where number.isFinite: self = .double(number)
        case .number, .null, .array, .object, nil: return nil
        }
    }
}

extension VectorTileValue {
    /// The message Value of MVT 2.1: exactly one field of the seven.
    func append(to bytes: inout [UInt8]) {
        switch self {
        case .string(let text): ProtocolBuffer.append(field: 1, text: text, to: &bytes)
        case .double(let number): ProtocolBuffer.append(field: 3, double: number, to: &bytes)
        case .uint(let number): ProtocolBuffer.append(field: 5, varint: number, to: &bytes)
        case .int(let number) where number >= 0:
            ProtocolBuffer.append(field: 4, varint: UInt64(number), to: &bytes)
        case .int(let number):
            // The field for signed numbers: a negative int_value would always take ten bytes.
            ProtocolBuffer.append(field: 6, varint: UInt64(bitPattern: (number << 1) ^ (number >> 63)), to: &bytes)
        case .bool(let flag): ProtocolBuffer.append(field: 7, varint: flag ? 1 : 0, to: &bytes)
        }
    }
}
