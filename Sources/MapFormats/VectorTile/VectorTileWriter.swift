/// Writes Mapbox Vector Tiles 2.1.
package enum VectorTileWriter {
    /// The tile of these layers. A layer without a feature that shows is left out, since the standard
    /// forbids empty ones; a tile without layers is no bytes at all, which is valid.
    package static func bytes(of layers: [VectorTileLayer]) -> [UInt8] {
        var tile: [UInt8] = []
        for layer in layers {
            var writer = VectorTileLayerWriter(name: layer.name, extent: layer.extent)
            for feature in layer.features {
                writer.append([feature.shape], identifier: feature.identifier) { tags in
                    for (key, value) in feature.properties { tags.append(key, value) }
                }
            }
            tile += writer.bytes()
        }
        return tile
    }
}
