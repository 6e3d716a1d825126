package import MapGeometry

/// Writes geometries as well-known text: longitude before latitude.
///
/// Source: OGC 06-103r4, Simple feature access, part 1, section 7.
package enum WKTWriter {
    /// - Parameters:
    ///   - decimals: digits behind the point, 0…9.
    ///   - place: the numbers of a position, in another system for instance.
    package static func append(
        _ geometry: Geometry, decimals: Int = 7, to bytes: inout [UInt8],
        placing place: @escaping (Coordinate) -> (Double, Double) = { ($0.longitude, $0.latitude) }
    ) {
        bytes.append(contentsOf: geometry.typeName.uppercased().utf8)
        bytes.append(ASCII.space)
        let text = WKTText(decimals: decimals, place: place)
        switch geometry {
        case .point(let coordinate): text.list([coordinate], &bytes, text.position)
        case .multiPoint(let points):
            text.list(points, &bytes) { point, bytes in text.list([point], &bytes, text.position) }
        case .lineString(let line): text.list(line.coordinates, &bytes, text.position)
        case .multiLineString(let lines):
            text.list(lines, &bytes) { line, bytes in text.list(line.coordinates, &bytes, text.position) }
        case .polygon(let polygon): text.polygon(polygon, &bytes)
        case .multiPolygon(let polygons): text.list(polygons, &bytes, text.polygon)
        case .geometryCollection(let members):
            text.list(members, &bytes) { member, bytes in append(member, decimals: decimals, to: &bytes, placing: place) }
        }
    }
}

private struct WKTText {
    let decimals: Int
    let place: (Coordinate) -> (Double, Double)

    func list<Item>(_ items: [Item], _ bytes: inout [UInt8], _ append: (Item, inout [UInt8]) -> Void) {
        guard !items.isEmpty else {
            bytes.append(contentsOf: "EMPTY".utf8)
            return
        }
        bytes.append(UInt8(ascii: "("))
        for (index, item) in items.enumerated() {
            if index > 0 { bytes.append(ASCII.comma) }
            append(item, &bytes)
        }
        bytes.append(UInt8(ascii: ")"))
    }

    func position(_ coordinate: Coordinate, _ bytes: inout [UInt8]) {
        let (x, y) = place(coordinate)
        JSONWriter.append(degrees: x, decimals: decimals, to: &bytes)
        bytes.append(ASCII.space)
        JSONWriter.append(degrees: y, decimals: decimals, to: &bytes)
    }

    func polygon(_ polygon: Polygon, _ bytes: inout [UInt8]) {
        list(polygon.rings, &bytes) { ring, bytes in list(ring.coordinates, &bytes, position) }
    }
}
