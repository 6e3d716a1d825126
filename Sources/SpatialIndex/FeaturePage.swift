/// Where a feature stands in the order of pages: along Hilbert's curve, then by identifier.
package struct PageKey: Hashable, Comparable, Sendable {
    package let hilbertKey: UInt64
    package let identifier: UInt128

    package init(hilbertKey: UInt64, identifier: UInt128) {
        self.hilbertKey = hilbertKey
        self.identifier = identifier
    }

    @inlinable
    package static func < (a: PageKey, b: PageKey) -> Bool {
        a.hilbertKey != b.hilbertKey ? a.hilbertKey < b.hilbertKey : a.identifier < b.identifier
    }
}

/// Some features in the order of pages.
package struct FeaturePage: Sendable {
    package let features: FeatureList
    /// Whether the selection goes on behind the last of them.
    package let hasMore: Bool

    /// What to continue after; nil when this is the end.
    package var next: PageKey? { hasMore ? features.last?.pageKey : nil }
}

/// Where a feature stands in the order of distance: metres, then identifier.
package struct DistanceKey: Hashable, Comparable, Sendable {
    package let metres: Double
    package let identifier: UInt128

    package init(metres: Double, identifier: UInt128) {
        self.metres = metres
        self.identifier = identifier
    }

    package static func < (a: DistanceKey, b: DistanceKey) -> Bool {
        a.metres != b.metres ? a.metres < b.metres : a.identifier < b.identifier
    }
}

/// Some features with their distances, nearest first.
package struct NearestPage: Sendable {
    package struct Entry: Sendable {
        package let feature: FeatureReference
        package let metres: Double
    }

    package private(set) var features: FeatureList
    /// How far away each of them is.
    package private(set) var metres: [Double] = []
    /// Whether there are features farther away (within the radius, if one was given).
    package internal(set) var hasMore = false

    /// An empty one, for features of some indexes.
    init(of indexes: [PackedIndex], room: Int) {
        features = FeatureList(of: indexes, room: room)
        metres.reserveCapacity(room)
    }

    /// - Parameter index: its place among the indexes.
    mutating func append(_ number: Int, ofIndex index: Int, metres: Double) {
        features.append(number, ofIndex: index)
        self.metres.append(metres)
    }

    package var entries: [Entry] { zip(features, metres).map(Entry.init) }

    /// What to continue after; nil when this is the end.
    package var next: DistanceKey? {
        guard hasMore, let feature = features.last, let metres = metres.last else { return nil }
        return DistanceKey(metres: metres, identifier: feature.identifier)
    }
}
