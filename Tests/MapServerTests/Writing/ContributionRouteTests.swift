import Contributions
import HTTPTypes
import HummingbirdTesting
import MapFormats
import Testing

@testable import MapServer

/// The way of one contribution, as its author, a curator and everybody see it.
@Suite struct ContributionRouteTests {
    @Test func whatIsGivenWaitsIsReadShownAndWithdrawn() async throws {
        try await withFabrique { fabrique in
            let given = try await fabrique.contribute(Fabrique.body(title: "Kaléidoscope"))
            #expect(given.document["state"] == "pending")
            #expect(given.document["shows"]?["precision"] == "about")
            #expect(given.document["shows"]?["precision_m"] == 200)
            #expect(given.document["shows"]?["geometry"]?["type"] == "Polygon")
            #expect(given.document["receipt"]?["link"]?.text?.hasSuffix("/mine#\(given.token)") == true)
            #expect(try await fabrique.places(showing: "Kaléidoscope").isEmpty)
            #expect(try await fabrique.server.get(given.address).status == .notFound)
            let own = try await fabrique.server.get(given.address, given.bearer)
            #expect(own.status == .ok && own.text.contains("Kaléidoscope"))
            #expect(try await fabrique.decide("publish", given).status == .ok)
            #expect(try await fabrique.places(showing: "Kaléidoscope").count == 10)
            let shown = try await fabrique.server.json(given.address)
            #expect(shown["properties"]?["cell"] == "CRS3035RES200mN2890400E3762800")
            let gone = try await fabrique.send(.delete, given.address, nil, given.bearer)
            #expect(gone.status == .noContent && gone.bytes.isEmpty)
            #expect(try await fabrique.places(showing: "Kaléidoscope").isEmpty)
            #expect(try fabrique.count() == 0)
        }
    }

    @Test func aTileThatWasReadBeforeShowsWhatIsPublishedAndHiddenSince() async throws {
        try await withFabrique { fabrique in
            let tile = "/xyz/fabrique/14/8300/5635.geojson"
            func titles() async throws -> [String] {
                try await fabrique.server.features(tile).compactMap { $0["properties"]?["title"]?.text }
            }
            #expect(try await titles() == [])
            let given = try await fabrique.published()
            #expect(try await titles() == ["Le bal"])
            let tag = try #require(try await fabrique.server.get(tile).headers[.eTag])
            #expect(try await fabrique.server.get(tile, [.ifNoneMatch: tag]).status == .notModified)
            try await fabrique.decide("hide", given)
            #expect(try await titles() == [])
            #expect(try await fabrique.server.get(tile, [.ifNoneMatch: tag]).status == .ok)
            try await fabrique.decide("publish", given)
            #expect(try await titles() == ["Le bal"])
            #expect(try await fabrique.server.get(tile, [.ifNoneMatch: tag]).status == .notModified)
        }
    }

    @Test func thePointItselfIsNowhere() async throws {
        try await withFabrique { fabrique in
            let given = try await fabrique.published(Fabrique.body(at: (2.3795173, 48.8680391)))
            for digits in ["2.3795173", "48.8680391", "2.379517", "48.868039"] {
                // The words asked for stand in the address of the answer.
                let places = try await fabrique.places(showing: digits).filter { !$0.contains("?q=") }
                #expect(places.isEmpty)
            }
            for headers in [[:], given.bearer] as [HTTPFields] {
                let one = try await fabrique.server.get(given.address, headers)
                #expect(!one.text.contains("2.37951"))
            }
            let everything = try await fabrique.server.get(given.address + "/mine", given.bearer)
            #expect(everything.status == .ok && !everything.text.contains("2.37951"))
        }
    }

    @Test func aWithdrawnAddressAnswersLikeOneThatNeverWas() async throws {
        try await withFabrique { fabrique in
            let given = try await fabrique.published()
            let waiting = try await fabrique.contribute()
            #expect(try await fabrique.send(.delete, given.address, nil, given.bearer).status == .noContent)
            let never = "\(Fabrique.items)/\(Sample.identifier(7))"
            let expected = try await fabrique.server.get(never)
            #expect(expected.status == .notFound)
            for address in [given.address, waiting.address] {
                let answer = try await fabrique.server.get(address)
                #expect(answer.status == expected.status && answer.bytes == expected.bytes)
                var (one, other) = (answer.headers, expected.headers)
                one[.date] = nil
                other[.date] = nil
                #expect(one == other)
            }
        }
    }

    @Test func everythingThatIsHeldIsGivenBack() async throws {
        try await withFabrique { fabrique in
            let given = try await fabrique.published(
                Fabrique.body(more: #","author":"Ana","theme":["fête"],"when":"1987","consents":{"partners":true}"#))
            _ = try await fabrique.send(
                .patch, given.address, #"{"properties":{"text":"Une nuit"}}"#, given.bearer)
            let everything = try JSONParser.parse(
                try await fabrique.server.get(given.address + "/mine", given.bearer).bytes)
            #expect(everything["feature"]?["properties"]?["text"] == "Une nuit")
            #expect(everything["shown"]?["properties"]?["text"] == "Un soir")
            #expect(everything["change_waiting"] == true && everything["state"] == "published")
            #expect(everything["consents"]?.array?.compactMap { $0["purpose"]?.text } == ["publish", "partners"])
            #expect(everything["decisions"]?.array?.first?["decision"] == "publish")
            let geoJSON = try await fabrique.server.get(given.address + "/mine?f=geojson", given.bearer)
            #expect(geoJSON.mediaType?.hasPrefix("application/geo+json") == true)
            #expect(try JSONParser.parse(geoJSON.bytes)["features"]?.array?.count == 1)
        }
    }

    @Test func whatOnesOwnAddressGaveCanBeSentBackThere() async throws {
        try await withFabrique { fabrique in
            for publishes in [false, true] {
                let given = try await fabrique.contribute(Fabrique.body(more: #","consents":{"licence":"CC0-1.0"}"#))
                if publishes { try await fabrique.decide("publish", given) }
                let own = try await fabrique.server.get(given.address, given.bearer)
                let put = try await fabrique.send(.put, given.address, own.text, given.bearer)
                #expect(put.status == .ok && put.bytes == own.bytes, "\(put.text)")
            }
        }
    }

    @Test func aPaperCodeOpensAVisitUntilItEnds() async throws {
        try await withFabrique { fabrique in
            let given = try await fabrique.contribute()
            let typed = given.code.lowercased().replacing("-", with: " ").replacing("0", with: "o")
            let visit = try await fabrique.send(.post, "/receipts", #"{"code":"\#(typed)"}"#)
            #expect(visit.status == .ok)
            let document = try JSONParser.parse(visit.bytes)
            #expect(document["layer"] == "fabrique" && document["id"]?.text == given.identifier)
            let token = try #require(document["token"]?.text)
            #expect(token != given.token)
            let bearer: HTTPFields = [.authorization: "Bearer \(token)"]
            #expect(try await fabrique.server.get(given.address, bearer).status == .ok)
            fabrique.clock.advance(3_601)
            #expect(try await fabrique.server.get(given.address, bearer).status == .notFound)
            #expect(try await fabrique.server.get(given.address, given.bearer).status == .ok)
        }
    }

    @Test func aRequestRepeatedWithItsKeyGivesOneContributionAndOneReceipt() async throws {
        try await withFabrique { fabrique in
            let key: HTTPFields = [HTTPField.Name("Idempotency-Key")!: "0123456789abcdef"]  // a token
            let first = try await fabrique.contribute(Fabrique.body(), key)
            let again = try await fabrique.contribute(Fabrique.body(), key)
            #expect(first.identifier == again.identifier && first.token != again.token)
            #expect(try await fabrique.server.get(first.address, first.bearer).status == .notFound)
            #expect(try await fabrique.server.get(first.address, again.bearer).status == .ok)
            let other = try await fabrique.post(Fabrique.body(title: "Autre"), key)
            #expect(other.status == .unprocessableContent && other.code == "KeyReused")
            let short: HTTPFields = [HTTPField.Name("Idempotency-Key")!: "court"]  // a token
            #expect(try await fabrique.post(Fabrique.body(), short).status == .badRequest)
            #expect(try fabrique.count() == 1)
        }
    }

    @Test func aChangeToWhatHasChangedMeanwhileIsRefused() async throws {
        try await withFabrique { fabrique in
            let given = try await fabrique.contribute()
            let tag = try #require(try await fabrique.server.get(given.address, given.bearer).headers[.eTag])
            func patch(_ title: String, _ headers: HTTPFields) async throws -> TestResponse {
                try await fabrique.send(.patch, given.address, #"{"properties":{"title":"\#(title)"}}"#, headers)
            }
            var matching = given.bearer
            matching[.ifMatch] = tag
            #expect(try await patch("Un", matching).status == .ok)
            #expect(try await patch("Deux", matching).status == .preconditionFailed)
            #expect(try await fabrique.send(.delete, given.address, nil, matching).status == .preconditionFailed)
            #expect(try await patch("Trois", [.ifMatch: tag]).status == .unauthorized)
            matching[.ifMatch] = "*"
            #expect(try await patch("Quatre", matching).status == .ok)
            let own = try await fabrique.server.get(given.address, given.bearer)
            #expect(try JSONParser.parse(own.bytes)["properties"]?["title"] == "Quatre")
        }
    }

    @Test func curatorsSeeTheirQueueAndNobodyElseDoes() async throws {
        try await withFabrique { fabrique in
            for _ in 0..<3 { _ = try await fabrique.contribute() }
            let queue = "/moderation/fabrique/queue"
            #expect(try await fabrique.server.get(queue).status == .unauthorized)
            let given = try await fabrique.contribute()
            #expect(try await fabrique.server.get(queue, given.bearer).status == .unauthorized)
            let bearer: HTTPFields = [.authorization: "Bearer \(fabrique.curator.text)"]
            let page = try JSONParser.parse(try await fabrique.server.get(queue + "?limit=3", bearer).bytes)
            #expect(page["items"]?.array?.count == 3)
            let next = try #require(page["next"]?.text)
            let rest = try JSONParser.parse(
                try await fabrique.server.get(queue + "?limit=3&cursor=\(next)", bearer).bytes)
            #expect(rest["items"]?.array?.count == 1 && rest["next"] == .null)
            for (body, pointer) in [
                (#"{}"#, "/decision"), (#"{"decision":"bannir"}"#, "/decision"),
                (#"{"decision":"coarsen"}"#, "/precision"),
                (#"{"decision":"reject","a/b":1}"#, "/a~1b"), (#"{"decision":"publish","revision":"1"}"#, "/revision"),
                (#"{"decision":"reject","reasons":"a\u202eb"}"#, "/reasons"),
                (#"{"decision":"publish","from":"demain"}"#, "/from"),
            ] {
                let refused = try await fabrique.send(
                    .post, "/moderation/items/\(given.identifier)/decision", body, bearer)
                #expect(refused.status == .unprocessableContent, "\(body)")
                #expect(try refused.pointers == [pointer], "\(body)")
            }
            let silent = try await fabrique.send(
                .post, "/moderation/items/\(given.identifier)/decision", #"{"decision":"reject"}"#, bearer)
            #expect(silent.code == "ReasonsNeeded")
        }
    }
}
