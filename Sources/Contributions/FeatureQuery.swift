package import MapGeometry

/// One question about the published features of a layer. The index and SQL answer it alike.
package struct FeatureQuery: Equatable, Sendable {
    /// What the geometry must share a point with, edges included; features without geometry match too.
    package var box: BoundingBox?
    /// Sorts by distance, nearest first; features without geometry are absent.
    package var near: Nearness?
    /// Seconds since 1970 that the feature's own time must meet; features without time match too.
    package var seconds: ClosedRange<Int64>?
    /// One of these kinds; nil for all.
    package var kinds: Set<Kind>?
    /// At least one of these themes; nil for all.
    package var themes: Set<String>?
    /// Words that must all stand in title or text, whatever their case and accents.
    package var words: String?
    /// Each of these properties must have one of its values: exactly, case and accents included, though é may
    /// be written in either way that Unicode knows.
    package var texts: [TextProperty: Set<String>]

    package init(
        box: BoundingBox? = nil, near: Nearness? = nil, seconds: ClosedRange<Int64>? = nil,
        kinds: Set<Kind>? = nil, themes: Set<String>? = nil, words: String? = nil,
        texts: [TextProperty: Set<String>] = [:]
    ) {
        self.box = box
        self.near = near
        self.seconds = seconds
        self.kinds = kinds
        self.themes = themes
        self.words = words
        self.texts = texts
    }

    /// A place to sort from, and how far to look.
    package struct Nearness: Equatable, Sendable {
        package var place: Coordinate
        /// Metres on the ellipsoid, inclusive; nil for no limit.
        package var radius: Double?

        package init(place: Coordinate, radius: Double? = nil) {
            self.place = place
            self.radius = radius
        }
    }
}
