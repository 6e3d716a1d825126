package import MapGeometry

/// Why a TileJSON document cannot be made.
package enum TileJSONProblem: Equatable, Sendable {
    case noAddress
    case relativeAddress(String)
    case zoomsOutOfRange(lowest: Int, highest: Int)
}

extension TileJSONProblem: CustomStringConvertible {
    package var description: String {
        switch self {
        case .noAddress: "a TileJSON document needs at least one tile address"
        case .relativeAddress(let address): "the tile address “\(address)” is not absolute"
        case .zoomsOutOfRange(let lowest, let highest): "the zooms \(lowest)…\(highest) are not inside 0…30"
        }
    }
}

/// A TileJSON 3.0.0 document: where the tiles of a map are and what their layers hold.
package struct TileJSON: Equatable, Sendable {
    /// One layer of the tiles, under the name that it bears in them.
    package struct VectorLayer: Equatable, Sendable {
        package let identifier: String
        package let description: String?
        /// Each attribute and what it holds, in words ("String", "Number", a sentence).
        package let fields: [String: String]

        package init(identifier: String, description: String? = nil, fields: [String: String]) {
            self.identifier = identifier
            self.description = description
            self.fields = fields
        }
    }

    /// Where a map opens.
    package struct View: Equatable, Sendable {
        package let position: Coordinate
        package let zoom: Int

        package init(position: Coordinate, zoom: Int) {
            self.position = position
            self.zoom = zoom
        }
    }

    package let tiles: [String]
    package let zooms: ClosedRange<Int>
    package let vectorLayers: [VectorLayer]
    package var name: String?
    package var description: String?
    package var attribution: String?
    /// The ground that the tiles cover. A box across the antimeridian is written from −180 to 180, since
    /// TileJSON forbids wrapping.
    package var bounds: BoundingBox?
    /// Where to look first; written only inside `bounds`, with a zoom brought into `zooms`.
    package var centre: View?

    /// - Parameters:
    ///   - tiles: absolute http(s) addresses with `{z}`, `{x}` and `{y}`; at least one.
    ///   - zooms: the zooms that have tiles, inside 0…30.
    /// - Throws: `FormatError.tileJSON`.
    package init(
        tiles: [String], zooms: ClosedRange<Int> = TileAddress.zooms, vectorLayers: [VectorLayer]
    ) throws(FormatError) {
        guard !tiles.isEmpty else { throw .tileJSON(.noAddress) }
        for address in tiles where !address.hasPrefix("https://") && !address.hasPrefix("http://") {
            throw .tileJSON(.relativeAddress(address))
        }
        guard zooms.lowerBound >= 0, zooms.upperBound <= 30 else {
            throw .tileJSON(.zoomsOutOfRange(lowest: zooms.lowerBound, highest: zooms.upperBound))
        }
        self.tiles = tiles
        self.zooms = zooms
        self.vectorLayers = vectorLayers
    }
}

extension TileJSON {
    package var bytes: [UInt8] {
        var bytes: [UInt8] = []
        JSONWriter.append(document, to: &bytes)
        return bytes
    }

    /// The document as JSON, for those who add members of their own.
    package var document: JSONObject {
        var document: JSONObject = ["tilejson": "3.0.0", "scheme": "xyz"]
        document["name"] = name.map(JSONValue.string)
        document["description"] = description.map(JSONValue.string)
        document["attribution"] = attribution.map(JSONValue.string)
        document["tiles"] = .array(tiles.map(JSONValue.string))
        document["minzoom"] = .integer(Int64(zooms.lowerBound))
        document["maxzoom"] = .integer(Int64(zooms.upperBound))
        let bounds = bounds.map(TileJSON.unwrapped)
        document["bounds"] = bounds.map { .array([$0.west, $0.south, $0.east, $0.north].map(JSONValue.number)) }
        if let centre, (bounds ?? .world).containsPlanar(centre.position) { document["center"] = center(centre) }
        document["vector_layers"] = .array(vectorLayers.map(\.document))
        return document
    }

    private func center(_ centre: View) -> JSONValue {
        let zoom = min(max(centre.zoom, zooms.lowerBound), zooms.upperBound)
        return .array([
            .number(centre.position.longitude), .number(centre.position.latitude), .integer(Int64(zoom)),
        ])
    }

    private static func unwrapped(_ box: BoundingBox) -> BoundingBox {
        guard box.crossesAntimeridian else { return box }
        return BoundingBox(uncheckedWest: -180, south: box.south, east: 180, north: box.north)
    }
}

extension TileJSON.VectorLayer {
    fileprivate var document: JSONValue {
        var document: JSONObject = ["id": .string(identifier)]
        document["description"] = description.map(JSONValue.string)
        document["fields"] = .object(
            JSONObject(fields.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))
        return .object(document)
    }
}
