extension FeatureReference {
    /// The same feature, to be put into another index.
    package var feature: IndexedFeature {
        withText { text, offset in
            IndexedFeature(
                identifier: identifier, geometry: geometry, cellSide: cellSide, kind: kind, themes: themes, time: time,
                text: Array(text), propertiesOffset: offset)
        }
    }
}
