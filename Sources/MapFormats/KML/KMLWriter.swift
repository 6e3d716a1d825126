package import MapGeometry

/// Writes geometry and properties as parts of a KML document.
///
/// Source: OGC 12-007r2, KML 2.3; what is written is KML 2.2 too.
package enum KMLWriter {
    /// A geometry in CRS84; positions with seven decimals.
    package static func append(_ geometry: Geometry, to bytes: inout [UInt8]) {
        switch geometry {
        case .point(let place): element("Point", to: &bytes) { append([place], to: &$0) }
        case .lineString(let line): element("LineString", to: &bytes) { append(line.coordinates, to: &$0) }
        case .polygon(let polygon): append(polygon, to: &bytes)
        case .multiPoint(let places): append(places.map(Geometry.point), to: &bytes)
        case .multiLineString(let lines): append(lines.map(Geometry.lineString), to: &bytes)
        case .multiPolygon(let polygons): append(polygons.map(Geometry.polygon), to: &bytes)
        case .geometryCollection(let parts): append(parts, to: &bytes)
        }
    }

    /// A property, with its name as it is.
    package static func append(property name: String, _ text: String, to bytes: inout [UInt8]) {
        bytes += Array(#"<Data name=""#.utf8)
        XMLText.append(name, to: &bytes)
        bytes += Array(#""><value>"#.utf8)
        XMLText.append(text, to: &bytes)
        bytes += Array("</value></Data>".utf8)
    }

    private static func append(_ parts: [Geometry], to bytes: inout [UInt8]) {
        element("MultiGeometry", to: &bytes) { bytes in
            for part in parts { append(part, to: &bytes) }
        }
    }

    private static func append(_ polygon: Polygon, to bytes: inout [UInt8]) {
        element("Polygon", to: &bytes) { bytes in
            ring("outerBoundaryIs", polygon.exterior, to: &bytes)
            for hole in polygon.holes { ring("innerBoundaryIs", hole, to: &bytes) }
        }
    }

    private static func ring(_ name: String, _ ring: LinearRing, to bytes: inout [UInt8]) {
        element(name, to: &bytes) { bytes in
            element("LinearRing", to: &bytes) { append(ring.coordinates, to: &$0) }
        }
    }

    private static func append(_ places: [Coordinate], to bytes: inout [UInt8]) {
        bytes += Array("<coordinates>".utf8)
        for (number, place) in places.enumerated() {
            if number > 0 { bytes.append(ASCII.space) }
            JSONWriter.append(degrees: place.longitude, decimals: 7, to: &bytes)
            bytes.append(ASCII.comma)
            JSONWriter.append(degrees: place.latitude, decimals: 7, to: &bytes)
        }
        bytes += Array("</coordinates>".utf8)
    }

    private static func element(_ name: String, to bytes: inout [UInt8], _ content: (inout [UInt8]) -> Void) {
        bytes += Array("<\(name)>".utf8)
        content(&bytes)
        bytes += Array("</\(name)>".utf8)
    }
}
