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
    func append(to message: inout ProtocolBuffer) {
        switch self {
        case .string(let text): message.append(field: 1, text: text)
        case .double(let number): message.append(field: 3, double: number)
        case .uint(let number): message.append(field: 5, varint: number)
        case .int(let number) where number >= 0: message.append(field: 4, varint: UInt64(number))
        case .int(let number):
            // The field for signed numbers: a negative int_value would always take ten bytes.
            message.append(field: 6, varint: UInt64(bitPattern: (number << 1) ^ (number >> 63)))
        case .bool(let flag): message.append(field: 7, varint: flag ? 1 : 0)
        }
    }
}
