package import Contributions
import SpatialDatabase
import SpatialIndex
import Synchronization

/// The embeds in memory, each kept in step with its layer and with what its partner has cleared.
extension PublishedLayers {
    /// Nil for a key that no open embed has.
    package func embed(_ key: PublicIdentifier) -> PublishedEmbed? { embeds.withLock { $0[key] } }

    /// Shows on the embeds of a layer what a transaction has changed of it, right after the layer itself does.
    func applyToEmbeds(_ change: PublicChange, of layer: PublishedLayer) {
        let shown = Set(change.shown.map(\.identifier))
        let touched = shown.union(change.withdrawn).union(change.answered)
        for embed in embeds(of: layer.identifier) {
            // Without answers nothing is known to be agreed to, and what was shown goes.
            let selection = EmbedSelection(embed.embed, change.answers ?? PartnerAnswers(), layer.vocabulary)
            let before = embed.shown.snapshot
            var (insert, remove) = ([IndexedFeature](), [PublicIdentifier]())
            for identifier in touched {
                let isThere = before.feature(identifier: identifier.bits) != nil
                if let feature = layer.snapshot.feature(identifier: identifier.bits), selection.shows(feature) {
                    if !isThere || shown.contains(identifier) { insert.append(feature.feature) }
                } else if isThere {
                    remove.append(identifier)
                }
            }
            if !insert.isEmpty || !remove.isEmpty { embed.shown.apply(features: insert, remove: remove) }
        }
    }

    /// Reads every open embed of a layer from the store and fills it out of the layer.
    func renewEmbeds(of identifier: LayerIdentifier) throws {
        let read = try store.read { transaction in
            let open = try transaction.openEmbeds(in: identifier)
            return (
                try open.map { ($0, try transaction.origins(of: $0)) },
                open.isEmpty ? PartnerAnswers() : try transaction.partnerAnswers(in: identifier)
            )
        }
        showing.withLock { _ in
            guard let layer = self[identifier] else { return forgetEmbeds(of: identifier) }
            let fresh = read.0.map { filled($0.0, $0.1, read.1, layer) }
            embeds.withLock { embeds in
                embeds = embeds.filter { $0.value.embed.layer != identifier }
                for embed in fresh { embeds[embed.embed.key] = embed }
            }
        }
    }

    /// Reads one embed anew: made, changed, with other answers in great number, or closed.
    /// - Parameter isFilled: whether what it shows may have changed though its contract has not.
    func renewEmbed(_ key: PublicIdentifier, isFilled: Bool = false) throws {
        let read = try store.read { transaction in
            try transaction.embed(key).flatMap { embed in
                embed.isClosed
                    ? nil
                    : (
                        embed, try transaction.origins(of: embed),
                        try transaction.partnerAnswers(in: embed.layer)
                    )
            }
        }
        showing.withLock { _ in
            guard let (embed, origins, answers) = read, let layer = self[embed.layer] else {
                return embeds.withLock { $0[key] = nil }
            }
            let old = self.embed(key)
            if !isFilled, let old, old.follows(embed) {
                let same = PublishedEmbed(embed: embed, origins: origins, shown: old.shown)
                return embeds.withLock { $0[key] = same }
            }
            let fresh = filled(embed, origins, answers, layer)
            embeds.withLock { $0[key] = fresh }
        }
    }

    func forgetEmbeds(of layer: LayerIdentifier) {
        embeds.withLock { embeds in embeds = embeds.filter { $0.value.embed.layer != layer } }
    }

    /// Takes what was removed out of memory, too, where it lies unseen: of the layers, then of the embeds, whose texts
    /// are those of their layers.
    func forgetRemoved() {
        for layer in all { layer.forgetRemoved() }
        for embed in embeds.withLock({ Array($0.values) }) { embed.shown.forgetRemoved() }
    }

    private func filled(
        _ embed: Embed, _ origins: [Origin], _ answers: PartnerAnswers, _ layer: PublishedLayer
    ) -> PublishedEmbed {
        let selection = EmbedSelection(embed, answers, layer.vocabulary)
        return PublishedEmbed(
            embed: embed, origins: origins,
            shown: PublishedLayer(partOf: layer, on: embed.key, where: selection.shows))
    }

    private func embeds(of layer: LayerIdentifier) -> [PublishedEmbed] {
        embeds.withLock { embeds in embeds.isEmpty ? [] : embeds.values.filter { $0.embed.layer == layer } }
    }
}

extension StoreTransaction {
    fileprivate func origins(of embed: Embed) throws -> [Origin] { try partner(embed.partner)?.origins ?? [] }
}
