import Contributions
import MapFormats
import MapGeometry
import SpatialIndex

extension TileContents {
    /// The tile as a Mapbox Vector Tile 2.1 with one layer; no byte at all when it is empty.
    ///
    /// What features say is copied from their texts; `vectorLayer` has the same, read.
    package var vectorTile: [UInt8] {
        get throws {
            var writer = VectorTileLayerWriter(name: layer)
            for item in items {
                switch item {
                case .feature(let feature, let shapes):
                    try writer.append(shapes, identifier: Self.number(of: feature.identifier)) { tags throws(JSONError) in
                        try feature.append(to: &tags)
                    }
                case .cluster(let cluster, let position):
                    writer.append([.points([position])], identifier: UInt64(cluster.identifier)) { tags in
                        ClusterProperties(cluster: cluster).append(to: &tags)
                    }
                }
            }
            return writer.bytes()
        }
    }

    /// What the tile's one layer holds.
    var vectorLayer: VectorTileLayer {
        get throws {
            var features: [VectorTileFeature] = []
            features.reserveCapacity(items.count)
            for item in items {
                switch item {
                case .feature(let feature, let shapes): features += try vectorFeatures(feature, shapes)
                case .cluster(let cluster, let position):
                    features.append(
                        VectorTileFeature(
                            identifier: cluster.identifier, shape: .points([position]),
                            properties: ClusterProperties(cluster: cluster).values))
                }
            }
            return VectorTileLayer(name: layer, features: features)
        }
    }

    /// A feature of a tile has one dimension, so a mixed collection becomes several; the first bears the number,
    /// which may stand once in a layer, and all bear the public id.
    private func vectorFeatures(
        _ feature: FeatureReference, _ shapes: [TileShape]
    ) throws -> [VectorTileFeature] {
        var properties: JSONObject = ["id": .string(PublicIdentifier(bits: feature.identifier).description)]
        for member in try feature.properties.members where member.name != "id" {
            properties[member.name] = member.value
        }
        return shapes.enumerated().map { part, shape in
            VectorTileFeature(
                identifier: part == 0 ? Self.number(of: feature.identifier) : nil, shape: shape,
                properties: properties)
        }
    }

    /// The number of a feature in vector tiles: the last 53 bits of its public id, the same in every tile.
    /// JavaScript counts no further exactly.
    private static func number(of identifier: UInt128) -> UInt64 {
        UInt64(truncatingIfNeeded: identifier) & ((1 << 53) - 1)
    }
}

extension FeatureReference {
    /// Under "id" the public id, since the number of a feature in a tile is only a part of it.
    fileprivate func append(to tags: inout VectorTileTags) throws(JSONError) {
        PublicIdentifier(bits: identifier).withText { tags.append("id", text: $0) }
        try withText { text, offset throws(JSONError) in
            let properties = UnsafeRawBufferPointer(rebasing: text[offset..<(text.count - 1)])
            try tags.append(membersOf: properties, except: "id")
        }
    }

    /// The public properties, read back from the feature's text.
    fileprivate var properties: JSONObject {
        get throws {
            let value = try withText { text, offset in try JSONParser.parse(text[offset..<(text.count - 1)]) }
            if case .object(let properties) = value { return properties }
            return [:]
        }
    }
}
