import Contributions
import Curation

@testable import MapServer

/// Two worlds that differ in what nobody may see: told the same story, asked the same questions.
struct TwinWorlds {
    let story: Story
    let twin: Story

    /// What was told differently, and how many questions were asked.
    struct Outcome {
        let differences: [Difference]
        let count: Int
        /// Templates of the routes that were asked.
        let covered: Set<String>
    }

    /// - Parameters:
    ///   - isWarm: whether the first world is asked everything once while all is public, so that old traces show.
    ///   - isMeant: for which routes; all by default.
    func compare(
        isWarm: Bool = false, where isMeant: @escaping @Sendable (Route) -> Bool = { _ in true }
    ) async throws -> Outcome {
        let (first, curiosity) = try await crawl(story, asking: nil, isWarm: isWarm, isMeant)
        let (second, _) = try await crawl(twin, asking: curiosity, isWarm: false, isMeant)
        return Outcome(
            differences: Difference.between(first, second), count: first.order.count, covered: first.covered)
    }

    private func crawl(
        _ story: Story, asking curiosity: Curiosity?, isWarm: Bool, _ isMeant: @escaping @Sendable (Route) -> Bool
    ) async throws -> (Crawl, Curiosity) {
        let result = Kept<(Crawl, Curiosity)>()
        let original = self.story
        try await World.with { world in
            var teller = Storyteller(story, in: world)
            let layers = world.layers.all.map(\.identifier.text)
            try await teller.tellBeginning()
            if isWarm {
                _ = try await Crawl.of(world, Curiosity(original, teller.known, layers: layers), where: isMeant)
            }
            try await teller.tellEnd()
            let curiosity = curiosity ?? Curiosity(original, teller.known, layers: layers)
            result.value = (try await Crawl.of(world, curiosity, where: isMeant), curiosity)
        }
        return try result.require()
    }
}
