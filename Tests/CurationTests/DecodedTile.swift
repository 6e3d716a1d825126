/// The features of a vector tile with their numbers and properties, read back by the letter of MVT 2.1 and
/// apart from the writer, so that a shared mistake does not hide.
struct DecodedTile {
    struct Feature {
        var number: UInt64 = 0
        var type: UInt64 = 0
        var properties: [String: Value] = [:]
        var commands: [UInt64] = []
    }

    enum Value: Equatable {
        case text(String)
        case integer(Int64)
        case real(Double)
        case boolean(Bool)
    }

    struct Malformed: Error {}

    private(set) var names: [String] = []
    private(set) var features: [Feature] = []

    init(_ tile: [UInt8]) throws {
        for field in try Self.fields(tile[...]) {
            guard field.number == 3 else { throw Malformed() }
            try read(layer: field.bytes())
        }
    }

    private mutating func read(layer: ArraySlice<UInt8>) throws {
        let fields = try Self.fields(layer)
        names += try fields.filter { $0.number == 1 }.map { try $0.text() }
        let keys = try fields.filter { $0.number == 3 }.map { try $0.text() }
        let values = try fields.filter { $0.number == 4 }.map { try Self.value($0.bytes()) }
        guard fields.contains(where: { $0.number == 15 && $0.value == 2 }),
            fields.contains(where: { $0.number == 5 && $0.value == 4_096 })
        else { throw Malformed() }
        for field in fields where field.number == 2 {
            features.append(try Self.feature(field.bytes(), keys, values))
        }
    }

    private static func feature(_ bytes: ArraySlice<UInt8>, _ keys: [String], _ values: [Value]) throws -> Feature {
        var feature = Feature()
        for field in try fields(bytes) {
            switch field.number {
            case 1: feature.number = field.value
            case 2:
                let tags = try numbers(field.bytes()).map(Int.init)
                for place in stride(from: 0, to: tags.count, by: 2) {
                    feature.properties[keys[tags[place]]] = values[tags[place + 1]]
                }
            case 3: feature.type = field.value
            case 4: feature.commands = try numbers(field.bytes())
            default: throw Malformed()
            }
        }
        return feature
    }

    private static func value(_ bytes: ArraySlice<UInt8>) throws -> Value {
        guard let field = try fields(bytes).first else { throw Malformed() }
        return switch field.number {
        case 1: .text(try field.text())
        case 3: .real(Double(bitPattern: field.value))
        case 4, 5: .integer(Int64(bitPattern: field.value))
        case 6: .integer(Int64(bitPattern: field.value >> 1) ^ -Int64(field.value & 1))
        case 7: .boolean(field.value == 1)
        default: throw Malformed()
        }
    }

    private struct Field {
        let number: Int
        var value: UInt64 = 0
        var content: ArraySlice<UInt8>?

        func bytes() throws -> ArraySlice<UInt8> {
            guard let content else { throw Malformed() }
            return content
        }

        func text() throws -> String { String(decoding: try bytes(), as: UTF8.self) }
    }

    private static func fields(_ message: ArraySlice<UInt8>) throws -> [Field] {
        var rest = message
        var fields: [Field] = []
        while !rest.isEmpty {
            let tag = try number(&rest)
            var field = Field(number: Int(tag >> 3))
            switch tag & 7 {
            case 0: field.value = try number(&rest)
            case 1:
                field.value = rest.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
                rest = rest.dropFirst(8)
            case 2:
                let length = Int(try number(&rest))
                guard rest.count >= length else { throw Malformed() }
                field.content = rest.prefix(length)
                rest = rest.dropFirst(length)
            default: throw Malformed()
            }
            fields.append(field)
        }
        return fields
    }

    private static func numbers(_ bytes: ArraySlice<UInt8>) throws -> [UInt64] {
        var rest = bytes
        var numbers: [UInt64] = []
        while !rest.isEmpty { numbers.append(try number(&rest)) }
        return numbers
    }

    /// A number of seven bits a byte, the lowest first.
    private static func number(_ rest: inout ArraySlice<UInt8>) throws -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            guard let byte = rest.popFirst() else { throw Malformed() }
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        throw Malformed()
    }
}
