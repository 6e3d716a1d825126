import Contributions
import MapFormats
import MapGeometry
import SpatialIndex

extension TileContents {
    /// The tile as a Mapbox Vector Tile 2.1 with one layer; no byte at all when it is empty.
    package var vectorTile: [UInt8] {
        get throws { VectorTileWriter.bytes(of: [try vectorLayer]) }
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
    /// The public properties, read back from the feature's text.
    fileprivate var properties: JSONObject {
        get throws {
            let value = try withText { text, offset in try JSONParser.parse(text[offset..<(text.count - 1)]) }
            if case .object(let properties) = value { return properties }
            return [:]
        }
    }
}
