package import MapGeometry

/// One feature of a snapshot. It keeps what it points into alive and never changes.
package struct FeatureReference: Sendable {
    let index: PackedIndex
    let number: Int

    package var identifier: UInt128 { index.identifiers[number] }
    package var hilbertKey: UInt64 { index.keys[number] }
    package var pageKey: PageKey { index.pageKey(number) }
    package var kind: UInt8 { index.kinds[number] }
    /// In ascending order, each once.
    package var themes: [UInt32] { index.themes.numbers(ofSet: index.themeSets[number]) }
    /// Seconds since 1970 UTC, both ends included.
    package var time: ClosedRange<Int64>? { index.times.range(number) }
    package var geometry: Geometry? { index.geometry(number) }
    /// The geometry made ready for tiles: once for all of them when it has many positions.
    package var drawing: TileGeometry? { index.drawing(number) ?? geometry.map(TileGeometry.init) }
    /// Of the cell as which it shows; nil for a position itself.
    package var cellSide: GridCell.Side? { index.cellSide(number) }

    /// With west ≤ east; nil for a feature that stands nowhere on the map.
    package var box: BoundingBox? {
        index.isPlaced(number) ? index.tree.boxes[number] : nil
    }

    /// How many bytes the feature's GeoJSON has.
    package var textLength: Int { withText { text, _ in text.count } }

    /// The feature's GeoJSON at the end of `buffer`.
    package func appendText(to buffer: inout [UInt8]) {
        index.texts.append(number, to: &buffer)
    }

    /// Calls `body` with the feature's GeoJSON and where in it the value of "properties" begins (it runs
    /// to the byte before the final "}"). The bytes are valid during the call only.
    package func withText<Result, Failure: Error>(
        _ body: (_ text: UnsafeRawBufferPointer, _ propertiesOffset: Int) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try index.texts.withText(number, body)
    }

    /// Calls `body` with the value of a property as it stands in the feature's GeoJSON, a text in its quotes;
    /// nil when there is none. The bytes are valid during the call only.
    package func withProperty<Result>(
        _ name: PropertyName, _ body: (UnsafeRawBufferPointer) -> Result
    ) -> Result? {
        withText { text, offset in
            name.value(in: text, at: offset).map { body(UnsafeRawBufferPointer(rebasing: text[$0])) }
        }
    }
}
