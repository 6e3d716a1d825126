import Contributions
import SpatialDatabase
import SpatialIndex

/// Packs the published features of one layer as they stream out of the store.
struct PublishedLayerBuilder {
    private let layer: Layer
    private let vocabulary = ThemeVocabulary()
    private var packing = PackedIndexBuilder()

    init(layer: Layer) {
        self.layer = layer
    }

    mutating func append(_ row: PublishedRow) {
        packing.append(
            identifier: row.identifier, geometry: row.geometry, hilbertKey: row.hilbertKey, cellSide: row.cellSide,
            kind: row.kind, themes: row.themes.map(vocabulary.number), time: row.seconds, text: row.feature,
            propertiesOffset: row.propertiesOffset)
    }

    consuming func build() -> PublishedLayer {
        PublishedLayer(layer: layer, index: FeatureIndex(base: packing.build()), vocabulary: vocabulary)
    }
}
