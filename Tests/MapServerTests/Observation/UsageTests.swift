import Contributions
import Curation
import HTTPTypes
import HummingbirdTesting
import SpatialDatabase
import TestSupport
import Testing

@testable import MapServer

@Suite struct UsageTests {
    private let layer: LayerIdentifier
    private let temporary: TemporaryStore

    init() async throws {
        layer = try LayerIdentifier("quartier")
        temporary = try TemporaryStore()
        let created = Layer(identifier: layer)
        try await temporary.store.write { try $0.create(created) }
    }

    private func count(_ counts: [UsedPage: Int], on day: String) async throws {
        try await temporary.store.write { try $0.count(counts, on: day) }
    }

    @Test func totalsAreRoundedAndFewAreNotTold() async throws {
        let page = UsedPage(layer: layer, embed: nil)
        try await count([page: 4], on: "2026-11-20")
        try await count([page: 9], on: "2026-11-21")
        try await count([page: 3], on: "2026-11-21")
        #expect(try temporary.store.usage(since: "2026-11-01").map(\.count) == [10, nil])
        #expect(try temporary.store.usage(since: "2026-11-21").count == 1)
        for (count, told) in [(0, nil), (4, nil), (5, 5), (7, 5), (8, 10), (12, 10), (13, 15)] as [(Int, Int?)] {
            #expect(UsageRule.rounded(count) == told, "\(count)")
        }
    }

    @Test func aDayThatIsOverKeepsNothingFinerThanWhatIsTold() async throws {
        let page = UsedPage(layer: layer, embed: nil)
        try await count([page: 4], on: "2026-11-19")
        try await count([page: 12], on: "2026-11-20")
        try await count([page: 3], on: "2026-11-21")
        try await count([page: 500], on: "2020-01-01")
        try await temporary.store.write { try $0.settleUsage(before: "2026-11-21", oldest: "2024-10-01") }
        #expect(
            try temporary.texts("SELECT day || ' ' || count FROM usage ORDER BY day") == [
                "2026-11-20 10", "2026-11-21 3",
            ])
    }

    @Test func anEmbedIsCountedForItsPartnerAndAnUnknownOneForNobody() async throws {
        let partner = try await temporary.store.createPartner(name: "Théâtre", origins: [], at: 0)
        try temporary.tamper(
            """
            INSERT INTO embed (key, partner, layer, title, kinds, themes, colours, list, takes_contributions)
            SELECT x'000102030405060708090a0b0c0d0e0f', number, 1, 'Carte', '', '', '', 'both', 0 FROM partner
            """)
        let key = try #require(PublicIdentifier(bytes: Array(0..<16 as Range<UInt8>)))
        try await count(
            [UsedPage(layer: layer, embed: key): 20, UsedPage(layer: layer, embed: PublicIdentifier(bits: 7)): 50],
            on: "2026-11-21")
        let totals = try temporary.store.usage(since: "2026-11-21")
        #expect(totals.contains { $0.partner == "Théâtre" && $0.count == 20 && $0.embed == key.description })
        #expect(totals.count == 1)
        _ = partner
    }

    @Test func whatIsCountedGoesWithItsLayer() async throws {
        try await count([UsedPage(layer: layer, embed: nil): 20], on: "2026-11-21")
        let identifier = layer
        try await temporary.store.write { try $0.deleteLayer(identifier) }
        #expect(try temporary.texts("SELECT count(*) FROM usage") == ["0"])
    }

    @Test func looksAtPagesAreCountedAndNothingElse() async throws {
        try await withServer { server in
            for address in [
                "/map/quartier", "/map/quartier?kind=memory", "/map/nulle-part", "/collections/quartier/items",
            ] {
                _ = try await server.get(address)
            }
            var generator = SeededGenerator(seed: 1)
            let secret = Secret.random(using: &generator).text
            _ = try await server.layers.store.createToken(secret: secret, role: "operator", layer: nil, at: 0)
            let text = try await server.get("/metrics", [.authorization: "Bearer \(secret)"]).text
            #expect(text.contains("lieudit_pages_uncounted 2\n"))
        }
    }
}
