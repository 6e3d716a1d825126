package import Contributions
import SpatialDatabase
import SpatialIndex

/// An open embed as the public sees it: its contract and, in an index of its own, only what it shows.
///
/// Whatever is asked of it, counts and clusters included, is answered by an index that never held anything else: as
/// fast as a layer, and with nothing to tell of what is not cleared.
///
/// A class, so that the thousands of requests that name an embed hand around one pointer.
package final class PublishedEmbed: Sendable {
    package let embed: Embed
    /// Whose pages may frame it, and write through it when it takes contributions.
    package let origins: [Origin]
    /// What of its layer it shows.
    package let shown: PublishedLayer

    init(embed: Embed, origins: [Origin], shown: PublishedLayer) {
        self.embed = embed
        self.origins = origins
        self.shown = shown
    }

    func follows(_ other: Embed) -> Bool { embed.pins == other.pins && embed.standing == other.standing }
}

/// Decides whether features show on an embed: the one rule, for one feature as for a million.
struct EmbedSelection {
    private let embed: Embed
    private let reserved: Set<UInt128>
    private let refused: Set<UInt128>
    private let cleared: [UInt128: PublishedForm]
    private let vocabulary: ThemeVocabulary

    init(_ embed: Embed, _ answers: PartnerAnswers, _ vocabulary: ThemeVocabulary) {
        self.embed = embed
        reserved = answers.reserved
        refused = answers.embeds[embed.key]?.refused ?? []
        cleared = answers.embeds[embed.key]?.cleared ?? [:]
        self.vocabulary = vocabulary
    }

    /// Whether a feature is public within the pins, its author agrees, and the partner has cleared it in this form.
    func shows(_ feature: FeatureReference) -> Bool {
        let identifier = feature.identifier
        let form = cleared[identifier]
        guard form != nil || embed.standing != nil, !isRefused(identifier), isOffered(feature) else { return false }
        if let standing = embed.standing, standing.takes(kind: feature.kind, themes: themes(of: feature)) {
            return true
        }
        return form != nil && form == feature.form
    }

    func isRefused(_ identifier: UInt128) -> Bool { refused.contains(identifier) }

    /// Whether the partner may show it if they want.
    func isOffered(_ feature: FeatureReference) -> Bool {
        let region = embed.pins.region
        return !reserved.contains(feature.identifier)
            && embed.pins.take(
                kind: feature.kind, themes: themes(of: feature), seconds: feature.time,
                geometry: region == nil ? nil : feature.geometry, isCell: feature.cellSide != nil)
    }

    /// By their names, which nobody asks for where no theme is pinned.
    private func themes(of feature: FeatureReference) -> [String] {
        let isAsked = !embed.pins.themes.isEmpty || embed.standing?.themes.isEmpty == false
        return isAsked ? vocabulary.names(of: feature.themes) : []
    }
}

extension FeatureReference {
    /// As which it is published.
    package var form: PublishedForm { withText { text, _ in PublishedForm(of: text) } }
}
