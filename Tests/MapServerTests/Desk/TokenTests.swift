import Contributions
import Curation
import HTTPTypes
import HummingbirdTesting
import MapFormats
import SpatialDatabase
import TestSupport
import Testing

@testable import MapServer

@Suite struct TokenTests {
    @Test func anInvitedCuratorHasTheirLayerTheirNameAndTheirLastDay() async throws {
        try await withFabrique { fabrique in
            let desk = try await Desk(fabrique, token: try await Desk.token("operator", fabrique))
            let (id, token) = try await desk.invite(
                #"{"role":"curator","layer":"fabrique","label":"Léa","expires":"2026-11-23"}"#)
            let tokens = try await desk.json("/tokens")["tokens"]?.array ?? []
            let listed = try #require(tokens.first { $0["id"]?.text == id })
            #expect(listed["label"] == "Léa" && listed["layer"] == "fabrique" && listed["good"] == .boolean(true))
            // To the end of that day in Paris.
            #expect(listed["expires"] == "2026-11-23T23:00:00Z")
            #expect(!"\(tokens)".contains(token), "no list shows it again")
            let invited = try await Desk(fabrique, token: token)
            #expect(try await invited.json("/session")["label"] == "Léa")
            fabrique.clock.set(1_795_474_800)
            #expect(try await invited.send(.get, "/session").status == .unauthorized)
            let again = try await Desk(fabrique, token: try await Desk.token("operator", fabrique))
            let ended = try await again.json("/tokens")["tokens"]?.array?.first { $0["id"]?.text == id }
            #expect(ended?["good"] == .boolean(false) && ended?["revoked"] == .boolean(false))
        }
    }

    @Test func nobodyHandsOnMoreThanTheyHave() async throws {
        try await withFabrique { fabrique in
            try await fabrique.server.layers.create(Layer(identifier: try LayerIdentifier("ailleurs")))
            let token = try await Desk.token(
                "curator", fabrique, layer: "fabrique", expires: Fabrique.noon + 86_400 * 30)
            let desk = try await Desk(fabrique, token: token)
            for (body, pointer) in [
                (#"{"role":"operator","expires":"2026-12-01"}"#, "/role"),
                (#"{"role":"partner","partner":"\#(Sample.identifier(3))","expires":"2026-12-01"}"#, "/role"),
                (#"{"role":"curator","expires":"2026-12-01"}"#, "/layer"),
                (#"{"role":"curator","layer":"ailleurs","expires":"2026-12-01"}"#, "/layer"),
                (#"{"role":"curator","layer":"fabrique"}"#, "/expires"),
                (#"{"role":"curator","layer":"fabrique","expires":"2027-12-01"}"#, "/expires"),
                (#"{"role":"curator","layer":"fabrique","expires":"2020-12-01"}"#, "/expires"),
                (
                    #"{"role":"curator","layer":"fabrique","expires":"2026-12-01","label":"\#(String(repeating: "a", count: 81))"}"#,
                    "/label"
                ),
            ] {
                let response = try await desk.send(.post, "/tokens", body)
                #expect(response.status == .unprocessableContent, "\(body): \(response.text)")
                #expect(try response.pointers.contains(pointer), "\(body): \(response.text)")
            }
            _ = try await desk.invite(#"{"role":"curator","layer":"fabrique","expires":"2026-12-01"}"#)
        }
    }

    @Test func aCuratorSeesAndRevokesOnlyWhoLooksAfterTheirLayer() async throws {
        try await withFabrique { fabrique in
            try await fabrique.server.layers.create(Layer(identifier: try LayerIdentifier("ailleurs")))
            let operating = try await Desk(fabrique, token: try await Desk.token("operator", fabrique))
            let (elsewhere, _) = try await operating.invite(#"{"role":"curator","layer":"ailleurs"}"#)
            let (here, token) = try await operating.invite(#"{"role":"curator","layer":"fabrique"}"#)
            let desk = try await Desk(fabrique, token: try await Desk.token("curator", fabrique, layer: "fabrique"))
            let seen = try await desk.json("/tokens")["tokens"]?.array?.compactMap { $0["layer"]?.text } ?? []
            #expect(seen == ["fabrique", "fabrique"])
            #expect(try await desk.send(.delete, "/tokens/\(elsewhere)").status == .notFound)
            let all = try await operating.json("/tokens")["tokens"]?.array ?? []
            let high = try #require(all.first { $0["role"] == "operator" }?["id"]?.text)
            #expect(try await desk.send(.delete, "/tokens/\(high)").status == .notFound)

            let invited = try await Desk(fabrique, token: token)
            #expect(try await desk.send(.delete, "/tokens/\(here)").status == .noContent)
            #expect(try await desk.send(.delete, "/tokens/\(here)").status == .notFound, "once is enough")
            #expect(try await invited.send(.get, "/session").status == .unauthorized)
        }
    }

    @Test func everyActIsInTheJournalAndTheLabelIsNot() async throws {
        try await withFabrique { fabrique in
            let desk = try await Desk(fabrique, token: try await Desk.token("operator", fabrique))
            let (id, _) = try await desk.invite(#"{"role":"curator","layer":"fabrique","label":"Clémentine"}"#)
            #expect(try await desk.send(.delete, "/tokens/\(id)").status == .noContent)
            let journal = try fabrique.temporary.store.journal().suffix(2)
            #expect(journal.map(\.act) == ["create token", "revoke token"])
            #expect(journal.allSatisfy { $0.subject == id && $0.layer?.text == "fabrique" })
            #expect(!"\(journal)".contains("Clémentine"))
            #expect(try fabrique.temporary.texts("SELECT label FROM access_token WHERE label <> ''").isEmpty)
        }
    }
}
