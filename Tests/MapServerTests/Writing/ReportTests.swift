import Contributions
import Curation
import HTTPTypes
import HummingbirdTesting
import MapFormats
import SpatialDatabase
import TestSupport
import Testing

@testable import MapServer

/// Anybody reports, nothing is hidden by it, and both sides learn what was decided.
@Suite struct ReportTests {
    private struct Reported {
        let reference: String
        let token: String
        let code: String

        var bearer: HTTPFields { [.authorization: "Bearer \(token)"] }
    }

    private static func report(
        _ fabrique: Fabrique, _ given: Fabrique.Given,
        _ body: String = #"{"reason":"false","text":"Le bal était rue Rébeval."}"#
    ) async throws -> Reported {
        let response = try await fabrique.send(.post, given.address + "/reports", body)
        guard response.status == .created else {
            throw Server.Unexpected(status: response.status, body: response.text)
        }
        let document = try JSONParser.parse(response.bytes)
        return Reported(
            reference: try #require(document["reference"]?.text),
            token: try #require(document["receipt"]?["token"]?.text),
            code: try #require(document["receipt"]?["code"]?.text))
    }

    private static func close(
        _ fabrique: Fabrique, _ reported: Reported, _ outcome: String, reasons: String = "Nous avons relu."
    ) async throws -> TestResponse {
        try await fabrique.send(
            .post, "/moderation/reports/\(reported.reference)/decision",
            #"{"outcome":"\#(outcome)","reasons":"\#(reasons)"}"#, bearer(fabrique))
    }

    private static func bearer(_ fabrique: Fabrique) -> HTTPFields {
        [.authorization: "Bearer \(fabrique.curator.text)"]
    }

    private static func list(_ fabrique: Fabrique, _ query: String = "") async throws -> JSONValue {
        let response = try await fabrique.server.get("/moderation/reports\(query)", bearer(fabrique))
        guard response.status == .ok else { throw Server.Unexpected(status: response.status, body: response.text) }
        return try JSONParser.parse(response.bytes)
    }

    @Test func aReportHidesNothingAndItsReporterLearnsWhatWasDecided() async throws {
        try await withFabrique { fabrique in
            let given = try await fabrique.published(Fabrique.body(more: #","author":"Zoé""#))
            let before = try await fabrique.server.get(given.address)
            let reported = try await Self.report(
                fabrique, given, #"{"reason":"personal-data","text":"Mon nom y est.","contact":"Ida <ida@exemple.fr>"}"#
            )
            #expect(try await fabrique.server.get(given.address).bytes == before.bytes)
            let open = try await fabrique.server.get("/reports/\(reported.reference)", reported.bearer)
            #expect(open.status == .ok && open.headers[.cacheControl] == "private, no-store")
            #expect(try JSONParser.parse(open.bytes)["state"] == "open")
            let entry = try #require(try await Self.list(fabrique)["items"]?.array?.first)
            #expect(entry["contact"] == "Ida <ida@exemple.fr>" && entry["open_reports"] == 1)
            #expect(entry["feature"]?["properties"]?["title"] == "Le bal")

            #expect(try await Self.close(fabrique, reported, "kept", reasons: "").code == "ReasonsNeeded")
            #expect(try await Self.close(fabrique, reported, "acted").status == .ok)
            #expect(try await Self.close(fabrique, reported, "kept").code == "AlreadyDecided")
            for key in [reported.token, reported.code] {
                let closed = try await fabrique.server.get(
                    "/reports/\(reported.reference)", [.authorization: "Bearer \(key)"])
                #expect(try JSONParser.parse(closed.bytes)["outcome"] == "acted")
                #expect(closed.text.contains("Nous avons relu.") && closed.text.contains("juge"))
                #expect(!closed.text.contains("Zoé") && !closed.text.contains("Le bal"), "the author is not named")
            }
            let own = try await fabrique.server.get(given.address + "/mine", given.bearer).text
            #expect(own.contains("Nous avons relu."))
            #expect(!own.contains("Ida") && !own.contains("Mon nom"), "the reporter is not named")
            #expect(try await fabrique.places(showing: "Le bal").count == 10)
        }
    }

    @Test func whatIsNotPublicIsReportedLikeWhatNeverWas() async throws {
        try await withFabrique { fabrique in
            let (waiting, hidden) = (try await fabrique.contribute(), try await fabrique.published())
            try await fabrique.decide("hide", hidden)
            let withdrawn = try await fabrique.published()
            _ = try await fabrique.send(.delete, withdrawn.address, nil, withdrawn.bearer)
            let body = #"{"reason":"other"}"#
            let never = try await fabrique.send(.post, "\(Fabrique.items)/\(Sample.identifier(7))/reports", body)
            #expect(never.status == .notFound)
            for address in [waiting.address, hidden.address, withdrawn.address, "\(Fabrique.items)/x"] {
                let response = try await fabrique.send(.post, address + "/reports", body)
                #expect(response.status == .notFound && response.bytes == never.bytes, "\(address)")
            }
            #expect(try fabrique.count("report") == 0)
        }
    }

    @Test(arguments: [
        ("{}", ["/reason"]), (#"{"reason":"boring"}"#, ["/reason"]), (#"{"reason":"false","who":"x"}"#, ["/who"]),
        (#"{"reason":"false","text":7}"#, ["/text"]), (#"{"reason":"false","contact":"a\nb"}"#, ["/contact"]),
        (#"{"reason":"illegal","text":"Voici pourquoi"}"#, ["/good_faith"]),
        (#"{"reason":"illegal","good_faith":true}"#, ["/text"]),
        (#"{"reason":"illegal","good_faith":"oui"}"#, ["/good_faith", "/text", "/good_faith"]), ("[]", [""]),
    ])
    func whatIsWrongWithAReportIsSaid(body: String, pointers: [String]) async throws {
        try await withFabrique { fabrique in
            let given = try await fabrique.published()
            let response = try await fabrique.send(.post, given.address + "/reports", body)
            #expect(response.status == .unprocessableContent)
            #expect(try response.pointers == pointers)
            let notice = #"{"reason":"illegal","text":"Voici pourquoi","good_faith":true}"#
            #expect(try await fabrique.send(.post, given.address + "/reports", notice).status == .created)
        }
    }

    @Test func reportsAreLimitedLikeAllThatIsWritten() async throws {
        try await withFabrique(writesPerMinute: 3) { fabrique in
            let given = try await fabrique.published()
            var statuses: [Int] = []
            for _ in 0..<4 {
                statuses.append(
                    try await fabrique.send(.post, given.address + "/reports", #"{"reason":"other"}"#).status.code)
            }
            #expect(statuses == [201, 201, 429, 429])
        }
    }

    @Test func withTheContributionGoesEveryWordOfItsReports() async throws {
        try await withFabrique { fabrique in
            let given = try await fabrique.published()
            let open = try await Self.report(fabrique, given, #"{"reason":"other","text":"Xylophone","contact":"Ida"}"#)
            let closed = try await Self.report(fabrique, given, #"{"reason":"false","text":"Xylophone"}"#)
            #expect(try await Self.close(fabrique, closed, "kept").status == .ok)
            _ = try await fabrique.send(.delete, given.address, nil, given.bearer)
            let texts = try fabrique.temporary.texts("SELECT text || coalesce(contact, '') FROM report")
            #expect(texts == ["", ""])
            let told = try await fabrique.server.get("/reports/\(open.reference)", open.bearer)
            #expect(try JSONParser.parse(told.bytes)["outcome"] == "gone" && told.text.contains("n’est plus là"))
            let kept = try await fabrique.server.get("/reports/\(closed.reference)", closed.bearer)
            #expect(try JSONParser.parse(kept.bytes)["outcome"] == "kept", "what was decided stays decided")
            // Whoever reported what is gone may still be told why.
            #expect(try await Self.close(fabrique, open, "acted", reasons: "Effacé.").status == .ok)
            #expect(try await fabrique.server.get("/reports/\(open.reference)", open.bearer).text.contains("Effacé."))
            #expect(try fabrique.temporary.store.check().isSound)
        }
    }

    @Test func whoeverHasNoReceiptLearnsNothing() async throws {
        try await withFabrique { fabrique in
            let given = try await fabrique.published()
            let (mine, theirs) = (
                try await Self.report(fabrique, given), try await Self.report(fabrique, given)
            )
            #expect(try await fabrique.server.get("/reports/\(mine.reference)").status == .unauthorized)
            let never = try await fabrique.server.get("/reports/\(Sample.identifier(9))", mine.bearer)
            for (reference, key) in [
                (theirs.reference, mine.token), (mine.reference, given.token), (mine.reference, "x"),
                (mine.reference, fabrique.curator.text), (mine.reference, theirs.code), ("x", mine.token),
            ] {
                let response = try await fabrique.server.get(
                    "/reports/\(reference)", [.authorization: "Bearer \(key)"])
                #expect(response.status == .notFound && response.bytes == never.bytes)
            }
        }
    }

    @Test func openReportsComeFirstPageByPageAndOnlyThoseOfOnesLayer() async throws {
        try await withFabrique { fabrique in
            let given = try await fabrique.published()
            var reported: [Reported] = []
            for _ in 0..<5 { reported.append(try await Self.report(fabrique, given)) }
            _ = try await Self.close(fabrique, reported[0], "kept")
            _ = try await Self.close(fabrique, reported[2], "kept")
            fabrique.clock.advance(3 * 86_400 + 5)
            var found: [String] = []
            var query = "?limit=2"
            while true {
                let page = try await Self.list(fabrique, query)
                #expect(page["oldest_days"] == 3)
                found += page["items"]?.array?.compactMap { $0["reference"]?.text } ?? []
                guard let next = page["next"]?.text else { break }
                query = "?limit=2&cursor=\(next)"
            }
            #expect(found == [1, 3, 4, 0, 2].map { reported[$0].reference })
            #expect(try await Self.list(fabrique, "?layer=fabrique")["items"]?.array?.count == 5)

            let other = try Layer(identifier: LayerIdentifier("ailleurs"))
            try await fabrique.server.layers.create(other)
            var generator = SystemRandomNumberGenerator()
            for (role, layer, status) in [
                ("curator", "ailleurs", 200), ("partner", nil, 404), ("operator", nil, 200),
            ] as [(String, String?, Int)] {
                let secret = Secret.random(using: &generator)
                _ = try await fabrique.temporary.store.createToken(
                    secret: secret.text, role: role, layer: layer, at: Fabrique.noon)
                let headers: HTTPFields = [.authorization: "Bearer \(secret.text)"]
                let response = try await fabrique.server.get("/moderation/reports", headers)
                #expect(response.status.code == status, "\(role)")
                if status == 200 {
                    let count = try JSONParser.parse(response.bytes)["items"]?.array?.count
                    #expect(count == (layer == nil ? 5 : 0), "\(role)")
                }
                guard role != "operator" else { continue }
                #expect(
                    try await fabrique.server.get("/moderation/reports?layer=fabrique", headers).status == .notFound)
                for (address, body) in [
                    ("/moderation/reports/\(reported[1].reference)/decision", #"{"outcome":"kept","reasons":"Non"}"#),
                    ("/moderation/items/\(given.identifier)/receipt", #"{"face_to_face":true,"reasons":"Non"}"#),
                ] {
                    #expect(try await fabrique.send(.post, address, body, headers).status == .notFound, "\(role)")
                }
            }
            #expect(try await fabrique.server.get("/moderation/reports", given.bearer).status == .unauthorized)
        }
    }

    @Test func whatSomebodySaysIsTheirsIsWithdrawnAtTheirWord() async throws {
        try await withFabrique { fabrique in
            let given = try await fabrique.published()
            let other = try await Self.report(fabrique, given)
            #expect(try await Self.close(fabrique, other, "withdrawn-at-their-word").status == .unprocessableContent)
            #expect(try await Self.close(fabrique, other, "gone").status == .unprocessableContent)
            let mine = try await Self.report(fabrique, given, #"{"reason":"mine"}"#)
            #expect(try await Self.close(fabrique, mine, "withdrawn-at-their-word").status == .ok)
            #expect(try fabrique.count() == 0)
            #expect(try await fabrique.places(showing: "Le bal").isEmpty)
            let acts = try fabrique.temporary.store.journal().map(\.act)
            #expect(acts.suffix(3) == ["report gone", "report withdrawn-at-their-word", "withdraw"])
            let told = try await fabrique.server.get("/reports/\(mine.reference)", mine.bearer)
            #expect(told.text.contains("comme vous l’avez demandé"))
        }
    }

    @Test func aNewReceiptIsHandedOverInPersonAndTheOldOneDies() async throws {
        try await withFabrique { fabrique in
            let key: HTTPFields = [try #require(HTTPField.Name("Idempotency-Key")): "0123456789abcdef0123"]
            let given = try await fabrique.contribute(Fabrique.body(), key)
            let door = try await fabrique.send(.post, "/receipts", #"{"code":"\#(given.code)"}"#)
            let visit = try #require(try JSONParser.parse(door.bytes)["token"]?.text)
            let visiting: HTTPFields = [.authorization: "Bearer \(visit)"]
            #expect(try await fabrique.server.get(given.address, visiting).status == .ok)
            let address = "/moderation/items/\(given.identifier)/receipt"
            for body in [#"{"reasons":"Vue"}"#, #"{"face_to_face":false,"reasons":"Vue"}"#] {
                let refused = try await fabrique.send(.post, address, body, Self.bearer(fabrique))
                #expect(refused.status == .unprocessableContent)
                #expect(try refused.pointers == ["/face_to_face"] && refused.text.contains("main propre"))
            }
            #expect(
                try await fabrique.send(.post, address, #"{"face_to_face":true}"#, Self.bearer(fabrique)).code
                    == "ReasonsNeeded")
            #expect(try await fabrique.server.get(given.address, given.bearer).status == .ok, "nothing half-done")

            let reply = try await fabrique.send(
                .post, address, #"{"face_to_face":true,"reasons":"Vue à l’accueil."}"#, Self.bearer(fabrique))
            let token = try #require(try JSONParser.parse(reply.bytes)["receipt"]?["token"]?.text)
            for headers in [given.bearer, visiting] {
                #expect(try await fabrique.server.get(given.address, headers).status == .notFound)
            }
            #expect(
                try await fabrique.send(.post, "/receipts", #"{"code":"\#(given.code)"}"#).status == .notFound)
            let own = try await fabrique.server.get(given.address + "/mine", [.authorization: "Bearer \(token)"])
            #expect(own.status == .ok && own.text.contains("Vue à l’accueil."))
            // Whoever has kept what was sent gets no receipt of it by sending it again.
            let again = try await fabrique.contribute(Fabrique.body(), key)
            #expect(again.identifier != given.identifier)
            #expect(try fabrique.temporary.store.journal().last?.act == "reissue receipt")
        }
    }

    @Test func aReportIsForgottenAYearAfterItWasClosed() async throws {
        try await withFabrique { fabrique in
            let given = try await fabrique.published()
            let (closed, open) = (try await Self.report(fabrique, given), try await Self.report(fabrique, given))
            _ = try await Self.close(fabrique, closed, "kept")
            let participation = Participation(layers: fabrique.server.layers, localTime: .paris)
            let end = Fabrique.noon + 365 * 86_400
            #expect(try await !participation.retain(at: end))
            #expect(try await participation.retain(at: end + 1))
            #expect(try fabrique.count("report") == 1)
            #expect(try await fabrique.server.get("/reports/\(closed.reference)", closed.bearer).status == .notFound)
            #expect(try await fabrique.server.get("/reports/\(open.reference)", open.bearer).status == .ok)
            let proof = try #require(try fabrique.temporary.store.journal().last)
            #expect(proof.actor == "retention" && proof.subject == "reports" && proof.detail == "1")
        }
    }

    @Test func aLayerGoesWithItsReports() async throws {
        try await withFabrique { fabrique in
            let reported = try await Self.report(fabrique, try await fabrique.published())
            _ = try await fabrique.server.layers.delete(try LayerIdentifier("fabrique"))
            #expect(try fabrique.temporary.texts("SELECT text FROM report") == [""])
            let told = try await fabrique.server.get("/reports/\(reported.reference)", reported.bearer)
            #expect(try JSONParser.parse(told.bytes)["outcome"] == "gone")
            #expect(try fabrique.temporary.store.check().isSound)
        }
    }
}
