import MapGeometry

/// Geometry as SpatiaLite stores it: the only bytes of ours that ever reach its readers.
///
/// Source: SpatiaLite, "BLOB-Geometry internal format" (little-endian, SRID 4326, envelope, entity).
enum GeometryBlob {
    static let srid: Int32 = 4326

    /// Nil for an empty geometry, which SpatiaLite cannot hold.
    static func encode(_ geometry: Geometry) -> [UInt8]? {
        guard let box = geometry.boundingBox else { return nil }
        var writer = BlobWriter()
        writer.append([0x00, 0x01])
        writer.append(srid)
        for edge in [box.west, box.south, box.east, box.north] { writer.append(edge) }
        writer.append([0x7C])
        writer.append(entity: geometry)
        writer.append([0xFE])
        return writer.bytes
    }

    enum EntityType: Int32 {
        case point = 1, lineString, polygon, multiPoint, multiLineString, multiPolygon, geometryCollection
    }
}

private struct BlobWriter {
    var bytes: [UInt8] = []

    mutating func append(_ values: [UInt8]) { bytes += values }

    mutating func append(_ value: Int32) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func append(_ value: Double) {
        withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func append(_ type: GeometryBlob.EntityType) { append(type.rawValue) }

    mutating func append(_ coordinate: Coordinate) {
        append(coordinate.longitude)
        append(coordinate.latitude)
    }

    mutating func append(path: [Coordinate]) {
        append(Int32(path.count))
        for coordinate in path { append(coordinate) }
    }

    mutating func append(polygon: Polygon) {
        append(Int32(1 + polygon.holes.count))
        append(path: polygon.exterior.coordinates)
        for hole in polygon.holes { append(path: hole.coordinates) }
    }

    mutating func append(entity geometry: Geometry) {
        switch geometry {
        case .point(let coordinate):
            append(.point)
            append(coordinate)
        case .lineString(let line):
            append(.lineString)
            append(path: line.coordinates)
        case .polygon(let value):
            append(.polygon)
            append(polygon: value)
        default:
            append(collectionType(geometry))
            append(parts: geometry.simpleParts)
        }
    }

    /// SpatiaLite has no collection inside a collection: those are opened into their simple parts.
    private mutating func append(parts: [SimplePart]) {
        append(Int32(parts.count))
        for part in parts {
            append([0x69])
            switch part {
            case .point(let coordinate): append(entity: .point(coordinate))
            case .line(let line): append(entity: .lineString(line))
            case .polygon(let polygon): append(entity: .polygon(polygon))
            }
        }
    }

    private func collectionType(_ geometry: Geometry) -> GeometryBlob.EntityType {
        switch geometry {
        case .multiPoint: .multiPoint
        case .multiLineString: .multiLineString
        case .multiPolygon: .multiPolygon
        default: .geometryCollection
        }
    }
}
