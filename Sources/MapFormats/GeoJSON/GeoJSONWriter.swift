package import MapGeometry

/// Writes RFC 7946: longitude first, rings closed, exterior rings counterclockwise, no "crs", no whitespace.
package struct GeoJSONWriter: Sendable {
    /// Digits behind the point of every coordinate, 0…9; seven are about a centimetre.
    package let decimals: Int

    package init(decimals: Int = 7) {
        self.decimals = min(max(decimals, 0), 9)
    }

    package func bytes(of geometry: Geometry?) -> [UInt8] {
        var bytes: [UInt8] = []
        append(geometry, to: &bytes)
        return bytes
    }

    package func bytes(of feature: GeoJSONFeature) -> [UInt8] {
        var bytes: [UInt8] = []
        append(feature, to: &bytes)
        return bytes
    }

    /// Appends a geometry, null for none.
    package func append(_ geometry: Geometry?, to bytes: inout [UInt8]) {
        append(geometry, to: &bytes) { ($0.longitude, $0.latitude) }
    }

    /// Appends a geometry whose numbers are what `place` makes of each position: another coordinate
    /// reference system, in the order of axes which that system asks for.
    package func append<Failure: Error>(
        _ geometry: Geometry?, to bytes: inout [UInt8],
        placing place: (Coordinate) throws(Failure) -> (Double, Double)
    ) throws(Failure) {
        guard let geometry else {
            JSONWriter.append(literal: "null", to: &bytes)
            return
        }
        JSONWriter.append(literal: #"{"type":""#, to: &bytes)
        bytes.append(contentsOf: geometry.typeName.utf8)
        if case .geometryCollection(let members) = geometry {
            JSONWriter.append(literal: #"","geometries":"#, to: &bytes)
            try array(members, &bytes) { (member, bytes) throws(Failure) in
                try append(member, to: &bytes, placing: place)
            }
        } else {
            JSONWriter.append(literal: #"","coordinates":"#, to: &bytes)
            try coordinates(of: geometry, &bytes, place)
        }
        bytes.append(ASCII.closeBrace)
    }

    /// Appends `{"type":"Feature","id":…,"geometry":…,"properties":{…}}` and the foreign members.
    ///
    /// - Returns: where in `bytes` the value of "properties" begins, for those who splice members in.
    @discardableResult
    package func append(_ feature: GeoJSONFeature, to bytes: inout [UInt8]) -> Int {
        JSONWriter.append(literal: #"{"type":"Feature""#, to: &bytes)
        if let identifier = feature.identifier {
            JSONWriter.append(literal: #","id":"#, to: &bytes)
            JSONWriter.append(string: identifier, to: &bytes)
        }
        JSONWriter.append(literal: #","geometry":"#, to: &bytes)
        append(feature.geometry, to: &bytes)
        JSONWriter.append(literal: #","properties":"#, to: &bytes)
        let start = bytes.count
        JSONWriter.append(feature.properties, to: &bytes)
        for member in feature.foreignMembers.members where !GeoJSONFeature.definedMembers.contains(member.name) {
            bytes.append(ASCII.comma)
            JSONWriter.append(string: member.name, to: &bytes)
            bytes.append(ASCII.colon)
            JSONWriter.append(member.value, to: &bytes)
        }
        bytes.append(ASCII.closeBrace)
        return start
    }
}

extension GeoJSONWriter {
    private func coordinates<Failure: Error>(
        of geometry: Geometry, _ bytes: inout [UInt8], _ place: (Coordinate) throws(Failure) -> (Double, Double)
    ) throws(Failure) {
        func position(_ coordinate: Coordinate, _ bytes: inout [UInt8]) throws(Failure) {
            let (first, second) = try place(coordinate)
            bytes.append(ASCII.openBracket)
            JSONWriter.append(degrees: first, decimals: decimals, to: &bytes)
            bytes.append(ASCII.comma)
            JSONWriter.append(degrees: second, decimals: decimals, to: &bytes)
            bytes.append(ASCII.closeBracket)
        }
        func line(_ line: LineString, _ bytes: inout [UInt8]) throws(Failure) {
            try array(line.coordinates, &bytes, position)
        }
        func polygon(_ polygon: Polygon, _ bytes: inout [UInt8]) throws(Failure) {
            try array(polygon.rings, &bytes) { (ring, bytes) throws(Failure) in
                try array(ring.coordinates, &bytes, position)
            }
        }
        switch geometry {
        case .point(let coordinate): try position(coordinate, &bytes)
        case .multiPoint(let coordinates): try array(coordinates, &bytes, position)
        case .lineString(let value): try line(value, &bytes)
        case .multiLineString(let lines): try array(lines, &bytes, line)
        case .polygon(let value): try polygon(value, &bytes)
        case .multiPolygon(let polygons): try array(polygons, &bytes, polygon)
        case .geometryCollection: break
        }
    }

    private func array<Item, Failure: Error>(
        _ items: [Item], _ bytes: inout [UInt8], _ append: (Item, inout [UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        bytes.append(ASCII.openBracket)
        var isFirst = true
        for item in items {
            if !isFirst { bytes.append(ASCII.comma) }
            isFirst = false
            try append(item, &bytes)
        }
        bytes.append(ASCII.closeBracket)
    }
}
