import Contributions
import HTTPTypes
import HummingbirdTesting
import MapFormats
import Testing

@testable import MapServer

/// Review over HTTP: what curators see and decide, and what authors read of it.
@Suite struct ReviewTests {
    @Test func aCuratorSeesWhatATextGivesAwayAndWhere() async throws {
        try await withFabrique { fabrique async throws -> Void in
            _ = try await fabrique.contribute(
                Fabrique.body(
                    title: "Chez Léa 🧑‍🎤", text: "Sonnez au 12 rue de la Roquette ou appelez le 06 12 34 56 78."))
            _ = try await fabrique.contribute(
                Fabrique.body(title: "En 1987", text: "La rue de la Roquette était vide."))
            let plain = try await fabrique.entry(titled: "En 1987")
            #expect(plain["flags"] == [])
            let flagged = try await fabrique.entry(titled: "Chez Léa 🧑‍🎤")
            let flags = flagged["flags"]?.array ?? []
            #expect(flags.map { $0["kind"]?.text } == ["address", "phone"])
            #expect(flags.map { $0["pointer"]?.text } == ["/properties/text", "/properties/text"])
            #expect(flags.last?["text"] == "06 12 34 56 78")
            // What was found can be masked as it was found.
            let id = try #require(flagged["id"]?.text)
            let masked = try await fabrique.decide(id, Self.masking(flags))
            #expect(masked.status == .ok, "\(masked.text)")
            let after = try await fabrique.entry(titled: "Chez Léa 🧑‍🎤")
            #expect(after["feature"]?["properties"]?["text"] == "Sonnez au […] ou appelez le […].")
            #expect(after["flags"] == [] && after["revision"] == 2)
        }
    }

    private static func masking(_ flags: [JSONValue]) -> String {
        let masks = flags.map { flag in
            #"{"pointer":"/properties/text","start":\#(flag["start"]?.integer ?? 0),"end":\#(flag["end"]?.integer ?? 0)}"#
        }
        return #"{"decision":"mask","reasons":"Un numéro.","revision":1,"masks":[\#(masks.joined(separator: ","))]}"#
    }

    @Test func aChangeStandsBesideWhatItChanges() async throws {
        try await withFabrique { fabrique async throws -> Void in
            let given = try await fabrique.published(Fabrique.body(title: "Le bal", text: "Un soir"))
            #expect(try await fabrique.queue().isEmpty)
            _ = try await fabrique.send(
                .patch, given.address, #"{"properties":{"title":"Le grand bal","author":"Lou"}}"#, given.bearer)
            let entry = try #require(try await fabrique.queue().first)
            #expect(entry["state"] == "published" && entry["changed"] == true && entry["revision"] == 2)
            #expect(entry["before"]?["properties"]?["title"] == "Le bal")
            #expect(entry["feature"]?["properties"]?["title"] == "Le grand bal")
            #expect(entry["differs"] == ["/properties/title", "/properties/author"])
        }
    }

    @Test func aQuestionHoldsUntilItsAnswerWhichNobodyElseReads() async throws {
        try await withFabrique { fabrique async throws -> Void in
            let given = try await fabrique.published(Fabrique.body(title: "Kaléidoscope"))
            let asked = try await fabrique.decide(
                given.identifier, #"{"decision":"ask","question":"Xylofrage : qui est sur la photo ?"}"#)
            #expect(asked.status == .ok && asked.text.contains(#""state":"asked""#))
            #expect(try await fabrique.places(showing: "Kaléidoscope").isEmpty)
            #expect(try await fabrique.queue().isEmpty, "it waits for its author now")
            for address in [given.address, given.address + "/mine"] {
                let own = try JSONParser.parse(try await fabrique.server.get(address, given.bearer).bytes)
                #expect(own["state"] == "asked" && own["question"] == "Xylofrage : qui est sur la photo ?")
                #expect(own["decisions"]?.array?.last?["measure"] == "Votre contribution attend votre réponse.")
            }
            let answered = try await fabrique.send(
                .patch, given.address, #"{"answer":"Wyzcorne, ma tante, qui est d’accord."}"#, given.bearer)
            let own = try JSONParser.parse(answered.bytes)
            #expect(own["state"] == "pending" && own["answer"]?.text?.hasPrefix("Wyzcorne") == true)
            let entry = try #require(try await fabrique.queue().first)
            #expect(entry["answer"]?.text?.hasPrefix("Wyzcorne") == true && entry["revision"] == 2)
            #expect(entry["question"]?.text?.hasPrefix("Xylofrage") == true)
            // Whoever decides on what they read before the answer is told so.
            let late = try await fabrique.decide(given.identifier, #"{"decision":"publish","revision":1}"#)
            #expect(late.status == .conflict && late.code == "ChangedSince")
            try await fabrique.decide("publish", given, more: #","revision":2"#)
            #expect(try await fabrique.places(showing: "Kaléidoscope").count == 10)
            for word in ["Xylofrage", "Wyzcorne"] {
                #expect(try await fabrique.places(showing: word).filter { !$0.contains("?q=") }.isEmpty)
            }
            #expect(try fabrique.count("inquiry") == 0, "forgotten once it is decided upon")
        }
    }

    @Test func aQuestionIsAnsweredByAChangeAsWell() async throws {
        try await withFabrique(layer: { $0.review = .after }) { fabrique async throws -> Void in
            let given = try await fabrique.contribute()
            #expect(given.document["state"] == "published")
            try await fabrique.decide("ask", given, more: #","question":"De quelle année ?""#)
            #expect(try await fabrique.places(showing: "Le bal").isEmpty)
            let changed = try await fabrique.send(
                .patch, given.address, #"{"properties":{"when":"1987"}}"#, given.bearer)
            #expect(try JSONParser.parse(changed.bytes)["state"] == "pending")
            // Though the layer is reviewed after, what a curator has stopped waits for a curator, however often it changes.
            let again = try await fabrique.send(.patch, given.address, #"{"properties":{"when":"1988"}}"#, given.bearer)
            #expect(try JSONParser.parse(again.bytes)["state"] == "pending")
            #expect(try await fabrique.queue().count == 1)
        }
    }

    @Test func aQuestionAboutAChangeHoldsTheChangeOnly() async throws {
        try await withFabrique(layer: { $0.review = .after }) { fabrique async throws -> Void in
            let given = try await fabrique.contribute()
            let patch = #"{"properties":{"text":"Écrivez à lou@exemple.fr"}}"#
            _ = try await fabrique.send(.patch, given.address, patch, given.bearer)
            #expect(try await fabrique.queue().count == 1, "a change that brings an address waits all the same")
            let asked = try await fabrique.decide(
                given.identifier, #"{"decision":"ask","reasons":"Est-ce la vôtre ?"}"#)
            #expect(asked.text.contains(#""state":"published""#))
            #expect(try await fabrique.queue().isEmpty)
            #expect(try await fabrique.places(showing: "Le bal").count == 10)
            #expect(try await fabrique.places(showing: "lou@exemple.fr").isEmpty)
            _ = try await fabrique.send(.patch, given.address, #"{"answer":"Oui."}"#, given.bearer)
            let entry = try #require(try await fabrique.queue().first)
            #expect(entry["answer"] == "Oui." && entry["differs"] == ["/properties/text"])
            try await fabrique.decide("publish", given)
            #expect(try await fabrique.server.get(given.address).text.contains("lou@exemple.fr"))
            // What a curator has let stand needs no second look.
            _ = try await fabrique.send(
                .patch, given.address, #"{"properties":{"title":"Le grand bal"}}"#, given.bearer)
            #expect(try await fabrique.server.get(given.address).text.contains("Le grand bal"))
        }
    }

    @Test func whatIsRestrictedComesWithItsStatementInTheAuthorsLanguage() async throws {
        try await withFabrique { fabrique async throws -> Void in
            let given = try await fabrique.contribute()
            try await fabrique.decide("reject", given, more: #","ground":"law""#)
            for (language, word) in [("fr", "reçu"), ("en", "receipt")] {
                var headers = given.bearer
                headers[.acceptLanguage] = language
                let own = try JSONParser.parse(try await fabrique.server.get(given.address, headers).bytes)
                let statement = try #require(own["decisions"]?.array?.first)
                #expect(statement["decision"] == "reject" && statement["reasons"] == "Merci.")
                #expect(statement["automated"] == false && statement["ground"] == "law")
                #expect(statement["measure"]?.text?.isEmpty == false)
                #expect(statement["contest"]?["detail"]?.text?.contains(word) == true)
                #expect(statement["contest"]?["href"]?.text?.hasSuffix(given.address) == true)
                #expect(statement["contest"]?["member"] == "answer")
            }
            let own = try await fabrique.server.get(
                given.address, [.authorization: "Bearer \(given.token)", .acceptLanguage: "en"])
            var french = given.bearer
            french[.ifMatch] = own.headers[.eTag]
            french[.acceptLanguage] = "fr"
            let contested = try await fabrique.send(.patch, given.address, #"{"answer":"C’est mon histoire."}"#, french)
            #expect(try JSONParser.parse(contested.bytes)["state"] == "pending")
            let entry = try #require(try await fabrique.queue().first)
            #expect(entry["answer"] == "C’est mon histoire." && entry["decisions"]?.array?.count == 1)
        }
    }

    @Test func whatShowsIsContestedWhileItShows() async throws {
        try await withFabrique { fabrique async throws -> Void in
            let given = try await fabrique.published()
            try await fabrique.decide("coarsen", given, more: #","precision":"wide""#)
            _ = try await fabrique.send(.patch, given.address, #"{"answer":"C’est une place publique."}"#, given.bearer)
            let entry = try #require(try await fabrique.queue().first)
            #expect(entry["state"] == "published" && entry["changed"] == false)
            #expect(try await fabrique.server.get(given.address).status == .ok)
            try await fabrique.decide("publish", given)
            #expect(try await fabrique.queue().isEmpty)
            let idle = try await fabrique.send(.patch, given.address, #"{"answer":"Encore."}"#, given.bearer)
            #expect(idle.status == .conflict && idle.code == "NothingToAnswer")
        }
    }

    @Test func aFlaggedContributionWaitsWhereNobodyLooksFirst() async throws {
        try await withFabrique(layer: { $0.review = .after }) { fabrique async throws -> Void in
            let plain = try await fabrique.contribute()
            #expect(plain.document["state"] == "published")
            let flagged = try await fabrique.contribute(Fabrique.body(text: "Au 3 bis, bd Voltaire"))
            #expect(flagged.document["state"] == "pending")
            #expect(try await fabrique.server.get(flagged.address).status == .notFound)
            let curator = try await fabrique.contribute(
                Fabrique.body(text: "Au 3 bis, bd Voltaire"), [.authorization: "Bearer \(fabrique.curator.text)"])
            #expect(curator.document["state"] == "published", "who looks after the layer has looked")
        }
    }
}

extension Fabrique {
    var curators: HTTPFields { [.authorization: "Bearer \(curator.text)"] }

    func queue() async throws -> [JSONValue] {
        let page = try JSONParser.parse(try await server.get("/moderation/fabrique/queue", curators).bytes)
        return try #require(page["items"]?.array)
    }

    func entry(titled title: String) async throws -> JSONValue {
        let entries = try await queue()
        return try #require(entries.first { $0["feature"]?["properties"]?["title"]?.text == title })
    }

    func decide(_ identifier: String, _ body: String) async throws -> TestResponse {
        try await send(.post, "/moderation/items/\(identifier)/decision", body, curators)
    }

    func decideSeveral(_ body: String) async throws -> TestResponse {
        try await send(.post, "/moderation/fabrique/decisions", body, curators)
    }
}
