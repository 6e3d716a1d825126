package import MapGeometry

/// Writes one layer of a Mapbox Vector Tile 2.1, feature by feature.
package struct VectorTileLayerWriter: ~Copyable {
    private let name: String
    private let extent: UInt32
    private var tags = VectorTileTags()
    private var features = ProtocolBuffer(capacity: 4_096)
    private var message = ProtocolBuffer()
    private var geometry = VectorTileGeometry()

    /// - Parameters:
    ///   - name: unique in its tile.
    ///   - extent: units along one side of the tile.
    package init(name: String, extent: UInt32 = 4096) {
        self.name = name
        self.extent = extent
    }

    /// Writes what shows of a feature: several features where it has several dimensions, of which the first bears
    /// the number, which may stand once in a layer.
    /// - Parameters:
    ///   - identifier: unique in its layer, if there is one; readers written in JavaScript keep 53 bits of it.
    ///   - properties: asked for only when something shows.
    package mutating func append<Failure: Error>(
        _ shapes: [TileShape], identifier: UInt64?,
        properties: (inout VectorTileTags) throws(Failure) -> Void
    ) throws(Failure) {
        var hasTags = false
        for (part, shape) in shapes.enumerated() {
            geometry.draw(shape)
            guard !geometry.commands.isEmpty else { continue }
            if !hasTags {
                tags.removeAll()
                try properties(&tags)
                hasTags = true
            }
            append(identifier: part == 0 ? identifier : nil)
        }
    }

    private mutating func append(identifier: UInt64?) {
        message.removeAll()
        if let identifier { message.append(field: 1, varint: identifier) }
        if !tags.packed.isEmpty { message.append(field: 2, message: tags.packed.bytes) }
        message.append(field: 3, varint: geometry.type.rawValue)
        message.append(field: 4, packed: geometry.commands)
        features.append(field: 2, message: message.bytes)
    }

    /// The layer as a tile has it, and two of them one after the other are a tile too. A layer without a feature that
    /// shows is no byte at all, since the standard forbids empty ones.
    package consuming func bytes() -> [UInt8] {
        guard !features.isEmpty else { return [] }
        // The standard asks for the version before everything else.
        message.removeAll()
        message.append(field: 15, varint: 2)
        message.append(field: 1, text: name)
        let lists = features.count + tags.keys.buffer.count + tags.values.buffer.count
        var end = ProtocolBuffer(capacity: 16)
        end.append(field: 5, varint: UInt64(extent))
        var layer = ProtocolBuffer(capacity: message.count + lists + end.count + 16)
        layer.append(field: 3, length: message.count + lists + end.count)
        for part in [message.bytes, features.bytes, tags.keys.buffer.bytes, tags.values.buffer.bytes, end.bytes] {
            layer.append(part)
        }
        return Array(layer.bytes)
    }
}
