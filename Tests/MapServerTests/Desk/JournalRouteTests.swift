import Contributions
import Curation
import HTTPTypes
import HummingbirdTesting
import MapFormats
import TestSupport
import Testing

@testable import MapServer

@Suite struct JournalRouteTests {
    @Test func aCuratorReadsWhatWasDoneInTheirLayerAndNoWordOfIt() async throws {
        try await withFabrique { fabrique in
            try await fabrique.server.layers.create(Layer(identifier: try LayerIdentifier("ailleurs")))
            let given = try await fabrique.published(Fabrique.body(title: "Le bal des voisines"))
            try await fabrique.decide("hide", given)
            let everything = try await Desk(fabrique, token: try await Desk.token("operator", fabrique))
            _ = try await everything.invite(#"{"role":"curator","layer":"ailleurs"}"#)
            let desk = try await Desk(fabrique, token: try await Desk.token("curator", fabrique, layer: "fabrique"))

            let here = try await desk.json("/moderation/journal")
            let acts = here["entries"]?.array?.compactMap { $0["act"]?.text } ?? []
            #expect(acts == ["create token", "hide", "publish"], "the last first")
            #expect(here["entries"]?.array?.allSatisfy { $0["layer"] == "fabrique" } == true)
            #expect(here["whole"] == .boolean(true))
            #expect(
                !"\(here)".contains("voisines") && !"\(here)".contains("Merci") && !"\(here)".contains(given.identifier)
            )
            #expect(try await desk.send(.get, "/moderation/journal?layer=ailleurs").status == .notFound)

            let all = try await everything.json("/moderation/journal")["entries"]?.array ?? []
            #expect(all.count > 5 && all.contains { $0["layer"] == .null })
            let there = try await everything.json("/moderation/journal?layer=ailleurs")["entries"]?.array ?? []
            #expect(there.compactMap { $0["act"]?.text } == ["create token"])
            #expect(there.first?["own"] == .boolean(true))
        }
    }

    @Test func itsPagesMeetEndToEnd() async throws {
        try await withFabrique { fabrique in
            for _ in 0..<5 { _ = try await fabrique.published() }
            let desk = try await Desk(fabrique, token: fabrique.curator.text)
            let whole = try await desk.json("/moderation/journal?limit=100")["entries"]?.array?.compactMap {
                $0["number"]?.integer
            }
            var (numbers, cursor): ([Int64], String?) = ([], "")
            while let at = cursor {
                let page = try await desk.json("/moderation/journal?limit=2\(at.isEmpty ? "" : "&cursor=\(at)")")
                numbers += page["entries"]?.array?.compactMap { $0["number"]?.integer } ?? []
                cursor = page["next"]?.text
            }
            #expect(numbers == whole && numbers.count == 5)
        }
    }

    @Test func aJournalThatWasTamperedWithSaysSo() async throws {
        try await withFabrique { fabrique in
            _ = try await fabrique.published()
            let desk = try await Desk(fabrique, token: fabrique.curator.text)
            #expect(try await desk.json("/moderation/journal")["whole"] == .boolean(true))
            try fabrique.temporary.tamper("UPDATE journal SET layer = 'ailleurs' WHERE act = 'publish'")
            let told = try await desk.json("/moderation/journal")
            #expect(told["whole"] == .boolean(false) && told["broken_at"]?.integer == 2)
        }
    }
}
