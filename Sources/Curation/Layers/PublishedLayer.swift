package import Contributions
import MapFormats
package import MapGeometry
import Projections
package import SpatialDatabase
package import SpatialIndex

/// One layer as the public sees it: its rules and, in memory, its published features.
package final class PublishedLayer: Sendable {
    package let layer: Layer
    /// The key of the embed on which this part of the layer shows; nil for the layer itself.
    package let embed: PublicIdentifier?
    let index: FeatureIndex
    let vocabulary: ThemeVocabulary

    init(layer: Layer, index: FeatureIndex = FeatureIndex(), vocabulary: ThemeVocabulary = ThemeVocabulary()) {
        self.layer = layer
        self.index = index
        self.vocabulary = vocabulary
        embed = nil
    }

    /// The same features under other rules.
    init(_ whole: PublishedLayer, under rules: Layer) {
        layer = rules
        index = whole.index
        vocabulary = whole.vocabulary
        embed = whole.embed
    }

    /// Those features of a layer that `isIn`, with an index of their own.
    init(partOf whole: PublishedLayer, on embed: PublicIdentifier, where isIn: (FeatureReference) -> Bool) {
        layer = whole.layer
        index = FeatureIndex(partOf: whole.index, where: isIn)
        vocabulary = whole.vocabulary
        self.embed = embed
    }

    package var identifier: LayerIdentifier { layer.identifier }

    /// What is published now; what is asked of one snapshot agrees with itself.
    package var snapshot: IndexSnapshot { index.snapshot }

    /// How many writes the layer has seen since it was read from the store.
    package var version: Int { index.version }

    /// The latest version in which a tile of the whole layer is, to the byte, what it was in an earlier one; nil when
    /// a write since then has touched it, or when that is too long ago to tell.
    package func version(showing tile: TileAddress, asIn version: Int) -> Int? {
        index.version(showing: tile, buffer: TileContents.reach, asIn: version)
    }

    /// Every theme that some published feature of the layer bears, in alphabetical order.
    package var themes: [String] { vocabulary.names(of: snapshot.themes).sorted() }

    /// Shows what has been published and takes away what has been withdrawn, all at once.
    ///
    /// What is inserted replaces what has its id; ids that are not here are no matter. To be called after the
    /// commit, in the order of commits.
    package func apply(insert: [Publication] = [], remove: [PublicIdentifier] = []) {
        index.apply(
            insert: insert.map { IndexedFeature($0, theme: vocabulary.number) }, remove: remove.map(\.bits))
    }

    /// The same, for features that the layer of which this is a part has already.
    func apply(features: [IndexedFeature], remove: [PublicIdentifier]) {
        index.apply(insert: features, remove: remove.map(\.bits))
    }

    /// Takes what was removed out of memory, too, where it lies unseen until the index is packed anew.
    func forgetRemoved() { index.rebuildNow() }

    /// The conditions of a question that hold for single features, as the index takes them.
    /// - Parameter matches: the ids that have the words asked for; nil when none are.
    package func filter(for query: FeatureQuery, matches: Set<UInt128>?) -> FeatureFilter {
        FeatureFilter(
            kinds: query.kinds.map { Set($0.map(\.number)) },
            anyOfThemes: query.themes.map { vocabulary.known($0) },
            time: query.seconds, identifiers: matches, texts: query.texts.map(Self.condition))
    }

    private static func condition(_ property: TextProperty, _ values: Set<String>) -> TextCondition {
        TextCondition(
            PropertyName(property.rawValue), isOneOf: values.map { Array(JSONWriter.text(of: .string($0)).utf8) })
    }

    /// The features nearest to a place by geodesic distance; for a cell that is rounded up to a multiple of its side.
    package func nearest(
        _ near: FeatureQuery.Nearness, matching filter: FeatureFilter, after key: DistanceKey?, limit: Int
    ) -> NearestPage {
        let start = GeodesicStart(at: near.place)
        return snapshot.nearest(to: near.place, limit: limit, radius: near.radius, matching: filter, after: key) {
            #if DEBUG
                if let metres = SeededLeak.planted?.metres(from: near.place, to: $0) { return metres }
            #endif
            return start.metres(to: $0)
        }
    }

    /// The features in an order that a question names; those with equal values by id.
    package func sorted(
        by order: FeatureOrder, in box: BoundingBox? = nil, matching filter: FeatureFilter, after key: SortKey?,
        limit: Int
    ) -> SortedPage<SortKey> {
        snapshot.features(
            in: box, matching: filter, sortedBy: { SortKey(of: $0, in: order) }, after: key, limit: limit)
    }
}
