/// Which features a query is about; all conditions must hold, and nil sets no condition.
package struct FeatureFilter: Hashable, Sendable {
    package var kinds: Set<UInt8>?
    /// A feature needs one of these themes; an empty list matches nothing.
    package var anyOfThemes: [UInt32]?
    /// Seconds since 1970 UTC. A feature matches when its time shares an instant with this, or when it
    /// has no time (OGC API – Features, 7.15.4).
    package var time: ClosedRange<Int64>?
    /// The only features to consider, for instance the hits of a full-text search.
    package var identifiers: Set<UInt128>?
    /// Properties that must have certain values; looked for in the text of each feature.
    package var texts: [TextCondition]

    package init(
        kinds: Set<UInt8>? = nil, anyOfThemes: [UInt32]? = nil,
        time: ClosedRange<Int64>? = nil, identifiers: Set<UInt128>? = nil, texts: [TextCondition] = []
    ) {
        self.kinds = kinds
        self.anyOfThemes = anyOfThemes
        self.time = time
        self.identifiers = identifiers
        self.texts = texts
    }

    /// No condition at all; such queries take the fast paths.
    package static let all = FeatureFilter()

    package var isAll: Bool {
        kinds == nil && anyOfThemes == nil && time == nil && identifiers == nil && texts.isEmpty
    }
}
