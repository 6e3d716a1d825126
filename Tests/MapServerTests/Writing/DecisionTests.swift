import Contributions
import HTTPTypes
import HummingbirdTesting
import MapFormats
import SpatialDatabase
import TestSupport
import Testing

@testable import MapServer

/// Decisions that cannot be, decisions that meet, and several at once.
@Suite struct DecisionTests {
    @Test func twoCuratorsWhoDecideAtOnceAreBothTold() async throws {
        try await withFabrique { fabrique async throws -> Void in
            for _ in 0..<5 {
                let given = try await fabrique.contribute()
                let bodies = ["publish", "reject"].map {
                    #"{"decision":"\#($0)","reasons":"Merci.","revision":1,"state":"pending"}"#
                }
                async let first = fabrique.decide(given.identifier, bodies[0])
                async let second = fabrique.decide(given.identifier, bodies[1])
                let answers = try await [first, second]
                #expect(Set(answers.map(\.status)) == [.ok, .conflict])
                let refused = try #require(answers.first { $0.status == .conflict })
                #expect(refused.code == "DecidedSince" && refused.text.contains("entre-temps"))
                let isPublic = try await fabrique.server.get(given.address).status == .ok
                #expect(isPublic == (answers[0].status == .ok))
                let own = try JSONParser.parse(try await fabrique.server.get(given.address, given.bearer).bytes)
                #expect(own["decisions"]?.array?.count == 1, "nothing of the other was done")
            }
            #expect(try fabrique.temporary.store.check().isSound)
        }
    }

    @Test func twoWhoMaskAtOnceDoNotMaskWhatTheOtherHasMoved() async throws {
        try await withFabrique { fabrique async throws -> Void in
            let given = try await fabrique.contribute(Fabrique.body(text: "Anna et Bruno dansent"))
            let bodies = [(0, 4), (8, 13)].map { start, end in
                #"{"decision":"mask","reasons":"Un nom.","revision":1,"masks":[{"pointer":"/properties/text","start":\#(start),"end":\#(end)}]}"#
            }
            async let first = fabrique.decide(given.identifier, bodies[0])
            async let second = fabrique.decide(given.identifier, bodies[1])
            let answers = try await [first, second]
            #expect(Set(answers.map(\.status)) == [.ok, .conflict])
            let text = try await fabrique.queue().first?["feature"]?["properties"]?["text"]?.text
            #expect(text == (answers[0].status == .ok ? "[…] et Bruno dansent" : "Anna et […] dansent"))
        }
    }

    @Test func anAuthorBetweenIsNoticed() async throws {
        try await withFabrique { fabrique async throws -> Void in
            let given = try await fabrique.contribute()
            _ = try await fabrique.send(
                .patch, given.address, #"{"properties":{"title":"Le grand bal"}}"#, given.bearer)
            for decision in ["publish", "reject", "hide", "ask", "erase"] {
                let refused = try await fabrique.decide(decision, given, more: #","revision":1"#)
                #expect(refused.status == .conflict && refused.code == "ChangedSince", "\(decision)")
                #expect(try JSONParser.parse(refused.bytes)["revision"] == 2)
            }
            #expect(try await fabrique.queue().first?["state"] == "pending")
        }
    }

    @Test func whatWasWithdrawnCannotBeDecidedUpon() async throws {
        try await withFabrique { fabrique async throws -> Void in
            let given = try await fabrique.contribute()
            _ = try await fabrique.send(.delete, given.address, nil, given.bearer)
            for decision in ["publish", "reject", "hide", "ask", "erase", "mask"] {
                let more = decision == "mask" ? #","revision":1,"words":["bal"]"# : ""
                let refused = try await fabrique.decide(decision, given, more: more)
                #expect(refused.status == .notFound && refused.text.contains("retirée"), "\(decision): \(refused.text)")
            }
        }
    }

    @Test func whatCannotBeDoneAsItStandsIsAConflict() async throws {
        try await withFabrique { fabrique async throws -> Void in
            let given = try await fabrique.published()
            _ = try await fabrique.send(.patch, given.address, #"{"state":"hidden"}"#, given.bearer)
            for decision in ["publish", "ask"] {
                let refused = try await fabrique.decide(decision, given)
                #expect(refused.status == .conflict && refused.code == "NotPossible", "\(decision)")
            }
            let wide = try await fabrique.published(Fabrique.body(more: #","precision":"wide""#))
            #expect(try await fabrique.decide("coarsen", wide, more: #","precision":"about""#).code == "AlreadyCoarser")
        }
    }

    @Test func decisionsThatCannotBeReadAreRefusedByMember() async throws {
        try await withFabrique { fabrique async throws -> Void in
            let given = try await fabrique.contribute(Fabrique.body(text: "Une 👩‍👩‍👧 et e\\u0301t\\u0323e"))
            func mark(_ start: String, _ end: String, _ pointer: String = "/properties/text") -> String {
                #"{"decision":"mask","reasons":"r","revision":1,"masks":[{"pointer":"\#(pointer)","start":\#(start),"end":\#(end)}]}"#
            }
            for (body, pointers) in [
                (mark("4", "5"), ["/masks/0/end"]), (mark("5", "9"), ["/masks/0/start"]),
                (mark("5", "6"), ["/masks/0/start"]), (mark("3", "3"), ["/masks/0/end"]),
                (mark("9", "3"), ["/masks/0/end"]),
                (mark("0", "999"), ["/masks/0/end"]), (mark("-1", "3"), ["/masks/0/end"]),
                (mark("\"0\"", "3"), ["/masks/0/start"]), (mark("0", "1.5"), ["/masks/0/end"]),
                (mark("0", "3", "/properties/kind"), ["/masks/0/pointer"]),
                (#"{"decision":"mask","reasons":"r","revision":1}"#, ["/masks"]),
                (#"{"decision":"mask","reasons":"r","revision":1,"words":[]}"#, ["/masks"]),
                (#"{"decision":"mask","reasons":"r","revision":1,"words":["absent"]}"#, ["/words/0"]),
                (#"{"decision":"mask","reasons":"r","revision":1,"words":["Une","👩"]}"#, ["/words/1"]),
                (#"{"decision":"mask","reasons":"r","revision":1,"words":[""]}"#, ["/words/0"]),
                (#"{"decision":"mask","reasons":"r","revision":1,"words":"Une"}"#, ["/words"]),
                (#"{"decision":"mask","reasons":"r","revision":1,"words":[7]}"#, ["/words/0"]),
                (#"{"decision":"reject","reasons":"r","ground":"goût"}"#, ["/ground"]),
                (#"{"decision":"reject","reasons":"r","state":"ailleurs"}"#, ["/state"]),
                (#"{"decision":"ask","question":7}"#, ["/question"]), (#"[]"#, [""]),
            ] {
                let refused = try await fabrique.decide(given.identifier, body)
                #expect(refused.status == .unprocessableContent, "\(body): \(refused.text)")
                #expect(try refused.pointers == pointers, "\(body)")
            }
            for (body, code) in [
                (#"{"decision":"ask"}"#, "ReasonsNeeded"), (#"{"decision":"erase"}"#, "ReasonsNeeded"),
                (#"{"decision":"erase","reasons":"  "}"#, "ReasonsNeeded"),
                (#"{"decision":"mask","revision":1,"words":["Une"]}"#, "ReasonsNeeded"),
                (#"{"decision":"mask","reasons":"r","words":["Une"]}"#, "RevisionNeeded"),
            ] {
                #expect(try await fabrique.decide(given.identifier, body).code == code, "\(body)")
            }
            let half = try await fabrique.decide(given.identifier, mark("4", "5"))
            #expect(half.text.contains("half-character") && half.text.contains("en deux"))
            let entry = try #require(try await fabrique.queue().first)
            #expect(entry["revision"] == 1 && entry["state"] == "pending", "nothing half-done")
            // The whole of it can be masked.
            #expect(try await fabrique.decide(given.identifier, mark("4", "9")).status == .ok)
            let text = try await fabrique.queue().first?["feature"]?["properties"]?["text"]?.text
            #expect(text?.hasPrefix("Une […] et") == true)
        }
    }

    @Test func aMaskThatMakesATextTooLongIsRefused() async throws {
        try await withFabrique { fabrique async throws -> Void in
            let given = try await fabrique.contribute(Fabrique.body(text: String(repeating: "é", count: 5_000)))
            func mask(_ end: Int) async throws -> TestResponse {
                try await fabrique.decide(
                    given.identifier,
                    """
                    {"decision":"mask","reasons":"r","revision":1,
                     "masks":[{"pointer":"/properties/text","start":0,"end":\(end)}]}
                    """)
            }
            let refused = try await mask(2)
            #expect(refused.status == .unprocessableContent && refused.text.contains("5001"))
            #expect(try await mask(3).status == .ok)
        }
    }

    @Test func severalAreCarriedOutTogetherOrNotAtAll() async throws {
        try await withFabrique { fabrique async throws -> Void in
            var given: [Fabrique.Given] = []
            for number in 0..<5 {
                given.append(try await fabrique.contribute(Fabrique.body(title: "Bal \(number)", text: "Avec Anna")))
            }
            func body(_ second: String) -> String {
                """
                {"decisions":[
                 {"id":"\(given[0].identifier)","decision":"publish"},
                 {"id":"\(given[1].identifier)",\(second)},
                 {"id":"\(given[2].identifier)","decision":"mask","reasons":"Un nom.","revision":1,"words":["Anna"]},
                 {"id":"\(given[2].identifier)","decision":"publish","revision":2},
                 {"id":"\(given[3].identifier)","decision":"erase","reasons":"À sa demande."}]}
                """
            }
            for (second, status, pointer) in [
                (#""decision":"reject""#, 422, "/decisions/1"),
                (#""decision":"reject","reasons":"r","revision":9"#, 409, "/decisions/1"),
                (#""decision":"bannir""#, 422, "/decisions/1/decision"),
                (#""decision":"mask","reasons":"r","revision":1,"words":["Zoé"]"#, 422, "/decisions/1/words/0"),
                (#""decision":"coarsen","reasons":"r","precision":"exact""#, 422, "/decisions/1/precision"),
            ] as [(String, Int, String)] {
                let refused = try await fabrique.decideSeveral(body(second))
                #expect(refused.status.code == status, "\(second): \(refused.text)")
                #expect(try refused.pointers == [pointer], "\(second)")
                #expect(try await fabrique.queue().count == 5, "\(second)")
                #expect(try await fabrique.places(showing: "Bal").isEmpty)
            }
            let journal = try fabrique.count("journal")
            let done = try await fabrique.decideSeveral(body(#""decision":"hide","reasons":"Un temps.""#))
            #expect(done.status == .ok, "\(done.text)")
            let outcomes = try JSONParser.parse(done.bytes)["decisions"]?.array ?? []
            #expect(outcomes.map { $0["state"]?.text } == ["published", "hidden", "pending", "published", "erased"])
            #expect(outcomes.map { $0["id"]?.text } == [0, 1, 2, 2, 3].map { given[$0].identifier })
            #expect(try fabrique.count("journal") == journal + 5)
            #expect(try await fabrique.server.get(given[2].address).text.contains("Avec […]"))
            #expect(try await fabrique.queue().count == 1 && fabrique.count() == 4)
            #expect(try fabrique.temporary.store.check().isSound)
        }
    }

    @Test func severalBeginAndEndWithinOneLayerAndAHundred() async throws {
        try await withFabrique { fabrique async throws -> Void in
            let one = #"{"id":"\#(Sample.identifier(7))","decision":"publish"}"#
            let many = Array(repeating: one, count: 101).joined(separator: ",")
            for (body, pointers) in [
                (#"{"decisions":[\#(many)]}"#, ["/decisions"]), (#"{}"#, ["/decisions"]),
                (#"{"decisions":{}}"#, ["/decisions"]), (#"{"decisions":[7]}"#, ["/decisions/0"]),
                (#"{"decisions":[{"decision":"publish"}]}"#, ["/decisions/0/id"]),
                (#"{"decisions":[{"id":"?","decision":"publish"}]}"#, ["/decisions/0/id"]),
                (#"{"decisions":[],"autre":1}"#, ["/autre"]),
            ] {
                let refused = try await fabrique.decideSeveral(body)
                #expect(refused.status == .unprocessableContent, "\(refused.text)")
                #expect(try refused.pointers == pointers)
            }
            let absent = try await fabrique.decideSeveral(#"{"decisions":[\#(one)]}"#)
            #expect(absent.status == .notFound && absent.text.contains("/decisions/0"))
            #expect(try await fabrique.decideSeveral(#"{"decisions":[]}"#).status == .ok)
            let given = try await fabrique.contribute()
            for headers in [[:], given.bearer] as [HTTPFields] {
                for address in ["/moderation/fabrique/decisions", "/moderation/fabrique/pause"] {
                    #expect(try await fabrique.send(.post, address, "{}", headers).status == .unauthorized)
                }
            }
            #expect(
                try await fabrique.send(.post, "/moderation/ailleurs/pause", #"{"paused":true}"#, fabrique.curators)
                    .status
                    == .notFound)
        }
    }

    @Test func aPauseStopsContributionsAndNothingElse() async throws {
        try await withFabrique { fabrique async throws -> Void in
            let given = try await fabrique.published()
            let address = "/moderation/fabrique/pause"
            let key: HTTPFields = ["Idempotency-Key": "une-clef-de-vingt-signes"].fields
            let before = try await fabrique.post(Fabrique.body(), key)
            let paused = try await fabrique.send(
                .post, address, #"{"paused":true,"reasons":"Trop à la fois."}"#, fabrique.curators)
            #expect(paused.status == .ok && paused.text.contains(#""paused":true"#))
            for (language, word) in [("fr", "en pause"), ("en", "paused")] {
                let refused = try await fabrique.post(Fabrique.body(), [.acceptLanguage: language])
                #expect(refused.status == .forbidden && refused.code == "Paused" && refused.text.contains(word))
                #expect(!refused.text.contains("Trop"), "the reasons are the curators' own")
            }
            #expect(try await fabrique.post(Fabrique.body(), key).status == before.status, "that was taken before")
            #expect(try await fabrique.post(Fabrique.body(), fabrique.curators).status == .created)
            #expect(try await fabrique.server.get(given.address).status == .ok)
            #expect(
                try await fabrique.send(.patch, given.address, #"{"properties":{"title":"B"}}"#, given.bearer).status
                    == .ok)
            let queue = try JSONParser.parse(
                try await fabrique.server.get("/moderation/fabrique/queue", fabrique.curators).bytes)
            #expect(queue["paused"] == true && queue["pause_reasons"] == "Trop à la fois.")
            for (body, pointer) in [
                ("{}", "/paused"), (#"{"paused":1}"#, "/paused"), (#"{"paused":true,"x":1}"#, "/x"), ("[]", ""),
                (#"{"paused":true,"reasons":1}"#, "/reasons"),
            ] {
                #expect(
                    try await fabrique.send(.post, address, body, fabrique.curators).pointers == [pointer], "\(body)")
            }
            _ = try await fabrique.send(.post, address, #"{"paused":false}"#, fabrique.curators)
            #expect(try await fabrique.post().status == .created)
            let acts = try fabrique.temporary.texts(
                "SELECT act FROM journal WHERE subject = 'fabrique' ORDER BY sequence")
            #expect(acts == ["pause", "resume"])
        }
    }
}

extension [String: String] {
    fileprivate var fields: HTTPFields {
        reduce(into: HTTPFields()) { fields, member in
            if let name = HTTPField.Name(member.key) { fields[name] = member.value }
        }
    }
}
