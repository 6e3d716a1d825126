package import MapGeometry

/// A layer of a vector tile (MVT 2.1, section 4.1).
package struct VectorTileLayer: Sendable {
    /// Unique in its tile.
    package let name: String
    /// Units along one side of the tile.
    package let extent: UInt32
    package let features: [VectorTileFeature]

    package init(name: String, extent: UInt32 = 4096, features: [VectorTileFeature]) {
        self.name = name
        self.extent = extent
        self.features = features
    }
}

/// A feature of a vector tile.
package struct VectorTileFeature: Sendable {
    /// Unique in its layer, if there is one; readers written in JavaScript keep 53 bits of it.
    package let identifier: UInt64?
    package let shape: TileShape
    /// A key that comes again is left out after its first time, since a tile allows it once.
    package let properties: [(key: String, value: VectorTileValue)]

    package init(identifier: UInt64?, shape: TileShape, properties: [(key: String, value: VectorTileValue)]) {
        self.identifier = identifier
        self.shape = shape
        self.properties = properties
    }

    /// A feature with the properties of a GeoJSON feature; null is left out.
    package init(identifier: UInt64?, shape: TileShape, properties: JSONObject) {
        self.init(
            identifier: identifier, shape: shape,
            properties: properties.members.compactMap { member in
                VectorTileValue(member.value).map { (member.name, $0) }
            }
        )
    }
}
