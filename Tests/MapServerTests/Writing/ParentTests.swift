import Contributions
import Curation
import Foundation
import HTTPTypes
import HummingbirdTesting
import MapFormats
import SpatialDatabase
import TestSupport
import Testing

@testable import MapServer

/// What somebody under 15 gives shows only once a parent has agreed, too.
@Suite struct ParentTests {
    private static let week: Int64 = 7 * 86_400
    private static let child = #","age_band":"under-15""#

    /// What a child has in hand.
    private struct Child {
        let given: Fabrique.Given
        let code: String

        var door: String { "/parents/\(code)" }
    }

    private static func give(_ fabrique: Fabrique, _ more: String = "") async throws -> Child {
        let given = try await fabrique.contribute(Fabrique.body(more: child + more))
        return Child(given: given, code: try #require(given.document["parent"]?["code"]?.text))
    }

    private static func answer(_ fabrique: Fabrique, _ child: Child, _ body: String) async throws -> TestResponse {
        try await fabrique.send(.post, child.door, body)
    }

    private static func view(_ fabrique: Fabrique, _ child: Child) async throws -> JSONValue {
        try await fabrique.server.json(child.door)
    }

    @Test func nothingIsFinerThanWideAndNothingIsSigned() async throws {
        try await withFabrique(layer: { $0.finestPrecision = .exact }) { fabrique in
            for precision in ["exact", "about"] {
                let refused = try await fabrique.post(
                    Fabrique.body(more: Self.child + #","precision":"\#(precision)""#))
                #expect(refused.status == .unprocessableContent)
                #expect(try refused.pointers == ["/properties/precision"])
            }
            let signed = try await fabrique.post(Fabrique.body(more: Self.child + #","author":"Léa""#))
            #expect(try signed.status == .unprocessableContent && signed.pointers == ["/properties/author"])
            let child = try await Self.give(fabrique)
            #expect(child.given.document["shows"]?["precision"] == "wide")
            #expect(child.given.document["state"] == "awaiting-parent")
            #expect(child.given.document["parent"]?["expires"] == "2026-11-29T11:00:00Z")
            #expect(child.given.document["parent"]?["link"]?.text?.hasSuffix(child.door) == true)
            for patch in [#"{"precision":"about"}"#, #"{"author":"Léa"}"#, #"{"age_band":"adult"}"#] {
                let refused = try await fabrique.send(
                    .patch, child.given.address, #"{"properties":\#(patch)}"#, child.given.bearer)
                #expect(refused.status == .unprocessableContent, "\(patch)")
            }
            // Fifteen is not under fifteen.
            let older = try await fabrique.contribute(Fabrique.body(more: #","age_band":"15-17","author":"Léa""#))
            #expect(older.document["state"] == "pending" && older.document["shows"]?["precision"] == "about")
            #expect(older.document["parent"] == nil)
        }
    }

    @Test func theLayersOwnCoarserLevelHolds() async throws {
        try await withFabrique(layer: {
            $0.finestPrecision = .none
            $0.defaultPrecision = .none
        }) { fabrique in
            let shows = try await Self.give(fabrique).given.document["shows"]
            #expect(shows?["precision"] == "none")
        }
    }

    @Test func noAgeIsPublicAndOnesOwnSaysIt() async throws {
        try await withFabrique { fabrique in
            let child = try await Self.give(fabrique)
            _ = try await Self.answer(fabrique, child, #"{"agree":true}"#)
            try await fabrique.decide("publish", child.given)
            for address in [
                child.given.address, Fabrique.items, "/exports/fabrique.csv", "/exports/fabrique.geojson",
                "/map/fabrique", "/collections/fabrique/queryables",
            ] {
                let text = try await fabrique.server.get(address).text
                #expect(!text.contains("age_band") && !text.contains("under-15"), "\(address)")
            }
            let own = try await fabrique.server.get(child.given.address + "/mine", child.given.bearer)
            #expect(try JSONParser.parse(own.bytes)["age_band"] == "under-15")
            #expect(own.text.contains(#""purpose":"parent""#))
        }
    }

    @Test func aCuratorCannotPublishWhatNoParentHasAgreedTo() async throws {
        for review in [Layer.Review.before, .after] {
            try await withFabrique(layer: { $0.review = review }) { fabrique in
                let child = try await Self.give(fabrique)
                let queue = try await fabrique.server.get(
                    "/moderation/fabrique/queue", [.authorization: "Bearer \(fabrique.curator.text)"])
                #expect(!queue.text.contains(child.given.identifier))
                #expect(try await fabrique.decide("publish", child.given).code == "NotPossible")
                #expect(try await fabrique.places(showing: "Le bal").isEmpty)
                #expect(try await fabrique.server.get(child.given.address).status == .notFound)

                let view = try await Self.view(fabrique, child)
                #expect(view["answer"] == "awaited" && view["layer"]?["id"] == "fabrique")
                #expect(view["feature"]?["properties"]?["precision"] == "wide")
                let agreed = try await Self.answer(fabrique, child, #"{"agree":true}"#)
                #expect(agreed.status == .ok, "\(agreed.text)")
                if review == .before { #expect(try await fabrique.decide("publish", child.given).status == .ok) }
                let shown = try await fabrique.server.json(child.given.address)
                #expect(shown["properties"]?["title"] == "Le bal")
                let seen = try #require(view["feature"]?["geometry"])
                #expect(shown["geometry"] == seen, "what was shown to the parent is what is published")
                let entry = try fabrique.temporary.store.journal().first { $0.act == "parent agrees" }
                #expect(entry?.actor == "parent" && entry?.detail == "revision 1")
                #expect(try fabrique.count("consent WHERE purpose = 'parent'") == 1)
                #expect(try fabrique.temporary.store.check().isSound)
            }
        }
    }

    @Test func aParentWithdrawsAlsoWhatIsPublished() async throws {
        try await withFabrique(layer: { $0.review = .after }) { fabrique in
            for isDelete in [true, false] {
                let child = try await Self.give(fabrique)
                _ = try await Self.answer(fabrique, child, #"{"agree":true}"#)
                #expect(try await fabrique.server.get(child.given.address).status == .ok)
                let withdrawn =
                    isDelete
                    ? try await fabrique.send(.delete, child.door)
                    : try await Self.answer(fabrique, child, #"{"withdraw":true}"#)
                #expect(withdrawn.status == (isDelete ? .noContent : .ok))
                #expect(try await fabrique.server.get(child.given.address).status == .notFound)
                #expect(try await fabrique.server.get(child.door).status == .notFound)
                for table in ["contribution", "age_band", "parent_agreement"] {
                    #expect(try fabrique.count(table) == 0, "\(table)")
                }
            }
            #expect(try fabrique.count("consent WHERE purpose = 'parent' AND withdrawn_at IS NOT NULL") == 2)
        }
    }

    @Test func whatAParentRefusesIsErased() async throws {
        try await withFabrique { fabrique in
            let child = try await Self.give(fabrique)
            let refused = try await Self.answer(fabrique, child, #"{"agree":false}"#)
            #expect(try refused.status == .ok && JSONParser.parse(refused.bytes)["answer"] == "erased")
            #expect(try fabrique.count() == 0)
            #expect(try fabrique.temporary.store.journal().last?.act == "parent refuses")
            #expect(
                try await fabrique.server.get(child.given.address, child.given.bearer).status == .notFound)
        }
    }

    @Test func whatIsNotAnsweredInAWeekIsErased() async throws {
        try await withFabrique { fabrique in
            let child = try await Self.give(fabrique)
            fabrique.clock.set(Fabrique.noon + Self.week - 1)
            #expect(try await fabrique.server.get(child.door).status == .ok)
            fabrique.clock.set(Fabrique.noon + Self.week)
            let late = try await fabrique.server.get(child.door)
            let never = try await fabrique.server.get("/parents/0000-0000-0000")
            #expect(late.status == .notFound && late.bytes == never.bytes)
            #expect(try fabrique.count() == 0)
            let proof = try #require(try fabrique.temporary.store.journal().last)
            #expect(proof.actor == "retention" && proof.act == "expire" && proof.detail == "1")
            #expect(fabrique.server.layers.nextDue == nil)
        }
    }

    @Test func aChangeWaitsForTheParentWhileWhatTheyHadAgreedToStays() async throws {
        for review in [Layer.Review.before, .after] {
            try await withFabrique(layer: { $0.review = review }) { fabrique in
                let child = try await Self.give(fabrique)
                _ = try await Self.answer(fabrique, child, #"{"agree":true}"#)
                if review == .before { try await fabrique.decide("publish", child.given) }
                let change = try await fabrique.send(
                    .patch, child.given.address, #"{"properties":{"title":"Le grand bal"}}"#, child.given.bearer)
                #expect(change.status == .ok)
                #expect(try await fabrique.server.get(child.given.address).text.contains("Le bal"))
                #expect(try await fabrique.decide("publish", child.given).code == "NotPossible")
                let view = try await Self.view(fabrique, child)
                #expect(view["feature"]?["properties"]?["title"] == "Le grand bal" && view["revision"] == 2)
                // An answer about what they saw before is none about this.
                for body in [#"{"agree":true}"#, #"{"agree":true,"revision":1}"#] {
                    #expect(try await Self.answer(fabrique, child, body).code == "ChangedSince")
                }
                #expect(try await fabrique.server.get(child.given.address).text.contains("Le bal"))
                #expect(try await Self.answer(fabrique, child, #"{"agree":true,"revision":2}"#).status == .ok)
                if review == .before { #expect(try await fabrique.decide("publish", child.given).status == .ok) }
                #expect(try await fabrique.server.get(child.given.address).text.contains("Le grand bal"))

                // Refused or unanswered, only the change goes.
                for isRefused in [true, false] {
                    _ = try await fabrique.send(
                        .patch, child.given.address, #"{"properties":{"title":"Rien"}}"#, child.given.bearer)
                    if isRefused {
                        #expect(try await Self.answer(fabrique, child, #"{"agree":false}"#).status == .ok)
                    } else {
                        fabrique.clock.advance(Double(Self.week))
                    }
                    #expect(try await Self.view(fabrique, child)["answer"] == "agreed")
                    #expect(try await fabrique.places(showing: "Le grand bal").count == 10)
                    #expect(try fabrique.count("proposal") == 0)
                }
                #expect(try fabrique.temporary.store.check().isSound)
            }
        }
    }

    @Test func whatWasAgreedToAndIsChangedBeforeReviewWaitsAgain() async throws {
        try await withFabrique { fabrique in
            let child = try await Self.give(fabrique)
            _ = try await Self.answer(fabrique, child, #"{"agree":true}"#)
            _ = try await fabrique.send(
                .patch, child.given.address, #"{"properties":{"title":"Le grand bal"}}"#, child.given.bearer)
            #expect(try await fabrique.decide("publish", child.given).code == "NotPossible")
            let own = try await fabrique.server.get(child.given.address, child.given.bearer)
            #expect(try JSONParser.parse(own.bytes)["state"] == "awaiting-parent")
            // To show it from farther away needs nobody.
            _ = try await Self.answer(fabrique, child, #"{"agree":true,"revision":2}"#)
            try await fabrique.decide("publish", child.given)
            _ = try await fabrique.send(
                .patch, child.given.address, #"{"properties":{"precision":"none"}}"#, child.given.bearer)
            #expect(try await fabrique.server.json(child.given.address)["geometry"] == .null)
            #expect(try await Self.view(fabrique, child)["answer"] == "agreed")
        }
    }

    @Test func codesCannotBeTried() async throws {
        try await withFabrique { fabrique in
            let child = try await Self.give(fabrique)
            var bodies: Set<[UInt8]> = []
            for (number, method) in [HTTPRequest.Method.get, .post, .delete, .get, .post].enumerated() {
                let code = number == 3 ? "x" : "0000-0000-000\(number)"
                let response = try await fabrique.send(
                    method, "/parents/\(code)", method == .post ? #"{"agree":true}"# : nil)
                #expect(response.status == .notFound, "\(method)")
                #expect(response.headers[.cacheControl] == "private, no-store")
                bodies.insert(response.bytes)
            }
            #expect(bodies.count == 1)
            for number in 5..<10 { _ = try await fabrique.server.get("/parents/0000-0000-000\(number)") }
            let wait = try await fabrique.server.get("/parents/0000-0000-0001")
            #expect(wait.status.code == 429)
            #expect(try await fabrique.server.get(child.door).status.code == 429, "right or wrong, nothing is told")
            fabrique.clock.advance(3_600)
            let right = try await fabrique.server.get(child.door)
            #expect(right.status == .ok && right.headers[.cacheControl] == "private, no-store")
            #expect(right.header("X-Robots-Tag") == "noindex")
            // As it is typed.
            #expect(
                try await fabrique.server.get("/parents/" + child.code.lowercased().replacing("-", with: "")).status
                    == .ok)
        }
    }

    @Test func aParentAnswersWithoutAScript() async throws {
        let own = "https://lieu.example"
        try await withFabrique(configuration: MapServerConfiguration(port: 0, publicURL: own)) { fabrique in
            let child = try await Self.give(fabrique, #","theme":["<b>fête</b>"],"consents":{"licence":"CC-BY-4.0"}"#)
            let browser: HTTPFields = [
                .accept: "text/html,application/xhtml+xml;q=0.9", .origin: own, .acceptLanguage: "fr",
                .contentType: "application/x-www-form-urlencoded",
            ]
            let page = try await fabrique.server.get(child.door, [.accept: "text/html", .acceptLanguage: "fr"])
            #expect(page.mediaType?.hasPrefix("text/html") == true && page.header("Referrer-Policy") == "strict-origin")
            for words in [
                "Le bal", "Un soir", "2026-11-29", "fabrique", "autorité parentale", "&lt;b&gt;fête", "CC-BY-4.0",
                "29 novembre 2026", "à 1 km près",
            ] {
                #expect(page.text.contains(words), "\(words)")
            }
            #expect(!page.text.contains("<script") && page.headers[.eTag] == nil)
            #expect(try await fabrique.server.get(child.door + "?f=html&interface=en").text.contains("Yes, I agree"))

            _ = try await fabrique.send(
                .patch, child.given.address, #"{"properties":{"title":"Le grand bal"}}"#, child.given.bearer)
            let stale = try await fabrique.send(.post, child.door, "revision=1&answer=agree", browser)
            #expect(stale.status == .conflict && stale.text.contains("Le grand bal"))
            var foreign = browser
            foreign[.origin] = "https://ailleurs.example"
            #expect(
                try await fabrique.send(.post, child.door, "revision=2&answer=agree", foreign).status == .forbidden)
            for body in ["answer=agree", "answer=perhaps", "", "answer=agree&revision=deux"] {
                let refused = try await fabrique.send(.post, child.door, body, browser)
                #expect(refused.status == .unprocessableContent && refused.mediaType?.hasPrefix("text/html") == true)
            }
            #expect(try fabrique.count("parent_agreement WHERE agreed_at IS NOT NULL") == 0)
            let agreed = try await fabrique.send(.post, child.door, "revision=2&answer=agree", browser)
            #expect(agreed.status == .ok && agreed.text.contains("Vous avez dit oui."))
            let gone = try await fabrique.send(.post, child.door, "answer=withdraw", browser)
            #expect(gone.status == .ok && gone.text.contains("C’est effacé"))
            #expect(try fabrique.count() == 0)
        }
    }

    @Test(arguments: [
        ("{}", "/agree"), (#"{"agree":"oui"}"#, "/agree"), (#"{"agree":true,"withdraw":true}"#, "/withdraw"),
        (#"{"withdraw":false}"#, "/withdraw"), (#"{"agree":true,"name":"Ida"}"#, "/name"),
        (#"{"agree":true,"revision":"1"}"#, "/revision"),
        (#"{"agree":true,"consents":{"licence":"x"}}"#, "/consents/licence"),
    ])
    func whatIsWrongWithAnAnswerIsSaid(body: String, pointer: String) async throws {
        try await withFabrique { fabrique in
            let child = try await Self.give(fabrique)
            let refused = try await Self.answer(fabrique, child, body)
            #expect(try refused.status == .unprocessableContent && refused.pointers == [pointer])
            #expect(try await Self.view(fabrique, child)["answer"] == "awaited")
        }
    }

    @Test func aParentTakesPartnerSitesOut() async throws {
        try await withFabrique { fabrique in
            let child = try await Self.give(fabrique, #","consents":{"partners":true}"#)
            _ = try await Self.answer(fabrique, child, #"{"agree":true,"consents":{"partners":false}}"#)
            #expect(try fabrique.count("consent WHERE purpose = 'partners' AND withdrawn_at IS NULL") == 0)
        }
    }

    @Test func whatIsSentTwiceGivesANewCodeAndTheFirstOneDies() async throws {
        try await withFabrique { fabrique in
            let key: HTTPFields = [try #require(HTTPField.Name("Idempotency-Key")): "0123456789abcdef0123"]
            var codes: [String] = []
            for _ in 0..<2 {
                let given = try await fabrique.contribute(Fabrique.body(more: Self.child), key)
                codes.append(try #require(given.document["parent"]?["code"]?.text))
            }
            #expect(try fabrique.count() == 1)
            #expect(try await fabrique.server.get("/parents/\(codes[0])").status == .notFound)
            #expect(try await fabrique.server.get("/parents/\(codes[1])").status == .ok)
            #expect(try await fabrique.post(Fabrique.body(), key).code == "KeyReused")
        }
    }
}
