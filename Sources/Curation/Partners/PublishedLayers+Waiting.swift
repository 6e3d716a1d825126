package import Contributions
package import SpatialDatabase
package import SpatialIndex

/// What a partner sees beside the map itself.
extension PublishedLayers {
    /// What a partner may still answer about.
    package enum Unshown: Sendable {
        /// Neither cleared in its present form nor refused.
        case waiting
        case refused
    }

    /// What may show on an embed and does not, in the order of pages.
    package func features(
        _ kind: Unshown, for embed: PublishedEmbed, after key: PageKey?, limit: Int
    ) throws -> (features: [FeatureReference], next: PageKey?) {
        let layer = try require(embed.embed.layer)
        let (snapshot, shown) = (layer.snapshot, embed.shown.snapshot)
        let box = embed.embed.pins.region?.bounds
        var (found, position): ([FeatureReference], PageKey?) = ([], key)
        repeat {
            let page = snapshot.features(in: box, after: position, limit: Self.step)
            let unshown = page.features.filter { shown.feature(identifier: $0.identifier) == nil }
            found += try answered(kind, unshown, embed, layer)
            position = page.next
        } while position != nil && found.count <= limit
        guard found.count > limit else { return (found, nil) }
        return (Array(found.prefix(limit)), found[limit - 1].pageKey)
    }

    /// How many features are looked at before the store is asked about them.
    private static let step = 1_000

    private func answered(
        _ kind: Unshown, _ features: [FeatureReference], _ embed: PublishedEmbed, _ layer: PublishedLayer
    ) throws -> [FeatureReference] {
        let offered = features.filter(EmbedSelection(embed.embed, PartnerAnswers(), layer.vocabulary).isOffered)
        if offered.isEmpty { return [] }
        let answers = try store.read { transaction in
            try transaction.partnerAnswers(
                in: layer.identifier, about: offered.map { PublicIdentifier(bits: $0.identifier) })
        }
        let selection = EmbedSelection(embed.embed, answers, layer.vocabulary)
        return offered.filter { feature in
            !answers.reserved.contains(feature.identifier)
                && selection.isRefused(feature.identifier) == (kind == .refused)
        }
    }
}
