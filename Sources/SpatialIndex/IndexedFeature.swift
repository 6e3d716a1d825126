package import MapGeometry

/// A published feature as it enters the index.
package struct IndexedFeature: Sendable {
    /// The public random id.
    package var identifier: UInt128
    /// Nil, or empty, for a feature that is listed but stands nowhere on the map.
    package var geometry: Geometry?
    /// Of the cell whose outline the geometry is; nil for a position itself. Distances are whole numbers of it.
    package var cellSide: GridCell.Side?
    package var kind: UInt8
    /// Themes by the numbers that the caller gave them; order and repetition do not matter.
    package var themes: [UInt32]
    /// Seconds since 1970 UTC, both ends included; `Int64.min` and `Int64.max` are open ends.
    package var time: ClosedRange<Int64>?
    /// The feature's GeoJSON.
    package var text: [UInt8]
    /// Where in `text` the value of "properties" begins; it runs to the byte before the final "}".
    package var propertiesOffset: Int

    package init(
        identifier: UInt128, geometry: Geometry?, cellSide: GridCell.Side? = nil, kind: UInt8, themes: [UInt32] = [],
        time: ClosedRange<Int64>? = nil, text: [UInt8], propertiesOffset: Int
    ) {
        self.identifier = identifier
        self.geometry = geometry
        self.cellSide = cellSide
        self.kind = kind
        self.themes = themes
        self.time = time
        self.text = text
        self.propertiesOffset = propertiesOffset
    }
}
