import MapGeometry

extension GeometryBlob {
    /// Reads back what `encode` wrote.
    /// - Throws: `StoreError.damagedGeometry` for any other bytes; never reads beyond them.
    static func decode(_ bytes: UnsafeRawBufferPointer) throws(StoreError) -> Geometry {
        var reader = BlobReader(bytes: bytes)
        do {
            return try reader.geometry()
        } catch {
            throw .damagedGeometry
        }
    }
}

private struct BlobReader {
    let bytes: UnsafeRawBufferPointer
    var position = 0

    struct Malformed: Error {}

    mutating func geometry() throws -> Geometry {
        guard try byte() == 0x00, try byte() == 0x01, try integer() == GeometryBlob.srid else { throw Malformed() }
        position += 32
        guard try byte() == 0x7C else { throw Malformed() }
        let geometry = try entity()
        guard try byte() == 0xFE, position == bytes.count else { throw Malformed() }
        return geometry
    }

    private mutating func byte() throws -> UInt8 {
        guard position < bytes.count else { throw Malformed() }
        defer { position += 1 }
        return bytes[position]
    }

    private mutating func integer() throws -> Int32 {
        guard position + 4 <= bytes.count else { throw Malformed() }
        defer { position += 4 }
        return Int32(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: Int32.self))
    }

    private mutating func number() throws -> Double {
        guard position + 8 <= bytes.count else { throw Malformed() }
        defer { position += 8 }
        return Double(bitPattern: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)))
    }

    /// A count of things that each take at least `size` bytes: an absurd one is refused before it is allocated for.
    private mutating func count(of size: Int) throws -> Int {
        let count = Int(try integer())
        guard count >= 0, count <= (bytes.count - position) / size else { throw Malformed() }
        return count
    }

    private mutating func coordinate() throws -> Coordinate {
        try Coordinate(longitude: number(), latitude: number())
    }

    private mutating func path() throws -> [Coordinate] {
        let count = try count(of: 16)
        return try (0..<count).map { _ in try coordinate() }
    }

    private mutating func polygon() throws -> Polygon {
        let count = try count(of: 4)
        let rings = try (0..<count).map { _ in try LinearRing(path()) }
        guard let exterior = rings.first else { throw Malformed() }
        return Polygon(exterior: exterior, holes: Array(rings.dropFirst()))
    }

    private mutating func entity() throws -> Geometry {
        guard let type = GeometryBlob.EntityType(rawValue: try integer()) else { throw Malformed() }
        switch type {
        case .point: return .point(try coordinate())
        case .lineString: return .lineString(try LineString(path()))
        case .polygon: return .polygon(try polygon())
        case .multiPoint, .multiLineString, .multiPolygon, .geometryCollection:
            return try collection(type, members())
        }
    }

    private mutating func members() throws -> [Geometry] {
        let count = try count(of: 9)
        return try (0..<count).map { _ in
            guard try byte() == 0x69 else { throw Malformed() }
            return try entity()
        }
    }

    private func collection(_ type: GeometryBlob.EntityType, _ members: [Geometry]) throws -> Geometry {
        switch type {
        case .multiPoint:
            return .multiPoint(try members.map { if case .point(let point) = $0 { point } else { throw Malformed() } })
        case .multiLineString:
            return .multiLineString(
                try members.map { if case .lineString(let line) = $0 { line } else { throw Malformed() } })
        case .multiPolygon:
            return .multiPolygon(
                try members.map { if case .polygon(let polygon) = $0 { polygon } else { throw Malformed() } })
        default:
            return .geometryCollection(members)
        }
    }
}
