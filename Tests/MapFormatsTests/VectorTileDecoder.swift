import MapGeometry

@testable import MapFormats

/// Reads vector tiles back, written apart from the writer so that a shared mistake does not hide.
struct DecodedLayer {
    struct Feature: Equatable {
        var identifier: UInt64 = 0
        var type: UInt64 = 0
        var tags: [UInt64] = []
        var commands: [UInt64] = []
    }

    struct Malformed: Error {}

    var version: UInt64 = 0
    var name = ""
    var extent: UInt64 = 0
    var keys: [String] = []
    var values: [VectorTileValue] = []
    var features: [Feature] = []
    var fieldOrder: [Int] = []

    func properties(of feature: Feature) -> [String: VectorTileValue] {
        var properties: [String: VectorTileValue] = [:]
        for index in stride(from: 0, to: feature.tags.count, by: 2) {
            properties[keys[Int(feature.tags[index])]] = values[Int(feature.tags[index + 1])]
        }
        return properties
    }

    /// The paths of a feature, each with whether it was closed.
    func paths(of feature: Feature) throws -> [(positions: [TilePosition], isClosed: Bool)] {
        var paths: [(positions: [TilePosition], isClosed: Bool)] = []
        var rest = feature.commands[...]
        var (x, y) = (0, 0)
        func step() throws -> TilePosition {
            guard let dx = rest.popFirst(), let dy = rest.popFirst() else { throw Malformed() }
            x += Int(dx >> 1) ^ -Int(dx & 1)
            y += Int(dy >> 1) ^ -Int(dy & 1)
            return TilePosition(x: Int32(x), y: Int32(y))
        }
        while let command = rest.popFirst() {
            switch command & 7 {
            case 1: for _ in 0..<(command >> 3) { paths.append(([try step()], false)) }
            case 2: for _ in 0..<(command >> 3) { paths[paths.count - 1].positions.append(try step()) }
            case 7 where command >> 3 == 1: paths[paths.count - 1].isClosed = true
            default: throw Malformed()
            }
        }
        return paths
    }

    static func layers(of tile: [UInt8]) throws -> [DecodedLayer] {
        try fields(tile[...]).map { number, value in
            guard number == 3, case .bytes(let message) = value else { throw Malformed() }
            return try DecodedLayer(message)
        }
    }

    private enum Field {
        case number(UInt64)
        case fixed(UInt64)
        case bytes(ArraySlice<UInt8>)
    }

    private init(_ message: ArraySlice<UInt8>) throws {
        for (number, field) in try DecodedLayer.fields(message) {
            fieldOrder.append(number)
            switch (number, field) {
            case (15, .number(let version)): self.version = version
            case (1, .bytes(let bytes)): name = String(decoding: bytes, as: UTF8.self)
            case (2, .bytes(let bytes)): features.append(try DecodedLayer.feature(bytes))
            case (3, .bytes(let bytes)): keys.append(String(decoding: bytes, as: UTF8.self))
            case (4, .bytes(let bytes)): values.append(try DecodedLayer.value(bytes))
            case (5, .number(let extent)): self.extent = extent
            default: throw Malformed()
            }
        }
    }

    private static func feature(_ message: ArraySlice<UInt8>) throws -> Feature {
        var feature = Feature()
        for (number, field) in try fields(message) {
            switch (number, field) {
            case (1, .number(let identifier)): feature.identifier = identifier
            case (2, .bytes(let bytes)): feature.tags = try packed(bytes)
            case (3, .number(let type)): feature.type = type
            case (4, .bytes(let bytes)): feature.commands = try packed(bytes)
            default: throw Malformed()
            }
        }
        return feature
    }

    private static func value(_ message: ArraySlice<UInt8>) throws -> VectorTileValue {
        let all = try fields(message)
        guard all.count == 1 else { throw Malformed() }
        switch all[0] {
        case (1, .bytes(let bytes)): return .string(String(decoding: bytes, as: UTF8.self))
        case (3, .fixed(let bits)): return .double(Double(bitPattern: bits))
        case (4, .number(let number)): return .int(Int64(bitPattern: number))
        case (5, .number(let number)): return .uint(number)
        case (6, .number(let number)): return .int(Int64(bitPattern: number >> 1) ^ -Int64(number & 1))
        case (7, .number(let number)): return .bool(number == 1)
        default: throw Malformed()
        }
    }

    private static func fields(_ message: ArraySlice<UInt8>) throws -> [(Int, Field)] {
        var rest = message
        var fields: [(Int, Field)] = []
        while !rest.isEmpty {
            let tag = try varint(&rest)
            switch tag & 7 {
            case 0: fields.append((Int(tag >> 3), .number(try varint(&rest))))
            case 1:
                guard rest.count >= 8 else { throw Malformed() }
                let bits = rest.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
                rest = rest.dropFirst(8)
                fields.append((Int(tag >> 3), .fixed(bits)))
            case 2:
                let length = Int(try varint(&rest))
                guard rest.count >= length else { throw Malformed() }
                fields.append((Int(tag >> 3), .bytes(rest.prefix(length))))
                rest = rest.dropFirst(length)
            default: throw Malformed()
            }
        }
        return fields
    }

    private static func packed(_ bytes: ArraySlice<UInt8>) throws -> [UInt64] {
        var rest = bytes
        var numbers: [UInt64] = []
        while !rest.isEmpty { numbers.append(try varint(&rest)) }
        return numbers
    }

    private static func varint(_ rest: inout ArraySlice<UInt8>) throws -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            guard let byte = rest.popFirst() else { throw Malformed() }
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        throw Malformed()
    }
}
