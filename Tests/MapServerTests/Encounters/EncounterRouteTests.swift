import Contributions
import Curation
import HTTPTypes
import HummingbirdTesting
import MapFormats
import SpatialDatabase
import TestSupport
import Testing

@testable import MapServer

/// What curators set for encounter points, and who may.
@Suite struct EncounterRouteTests {
    private static let all = #"""
        {"hours":{"weekly":[{"days":["wed","mon"],"from":"22:00","to":"02:00","overnight":true,"since":"2026-11-01"}],
                  "dated":[{"from":"2026-12-01","to":"2026-12-03"},{"from":"2026-12-05T14:00","to":"2026-12-05T18:00:00"},
                           {"from":"2027-10-31T02:45+02:00","to":"2027-10-31T02:15+01:00"}],
                  "exceptions":[{"date":"2026-12-02","closed":true},
                                {"date":"2026-12-25","windows":[{"from":"10:00","to":"12:00"}]}]},
         "prompt":"Que voit-on d’ici ?","state":"alive",
         "reveals":{"text":"Sous la pierre","links":[{"href":"https://lieu.example/son","title":"Écouter"}]}}
        """#

    @Test func whatIsSetIsReadAgainAndPublishedButForWhatIsRevealed() async throws {
        try await withFabrique { fabrique in
            let given = try await fabrique.published(Fabrique.pointBody())
            let set = try await fabrique.set(Self.all, of: given)
            #expect(set["state"] == "asleep" && set["reveals"]?["text"] == "Sous la pierre")
            #expect(set["next"]?[0]?["sentence"] == "Ouvert demain de 22 h à 2 h")
            let read = try await fabrique.send(.get, "/encounters/\(given.identifier)", nil, fabrique.asCurator)
            #expect(try JSONParser.parse(read.bytes) == set)
            #expect(try await fabrique.set(read.text, of: given) == set, "what was read can be sent back")
            let properties = try await fabrique.properties(given.identifier)
            #expect(properties["hours"] == set["hours"] && properties["prompt"] == "Que voit-on d’ici ?")
            #expect(properties["hours"]?["time_zone"] == "Europe/Paris")
            #expect(properties["hours"]?["weekly"]?[0]?["days"] == ["mon", "wed"])
            #expect(
                properties["hours"]?["dated"]?[2]
                    == ["from": "2027-10-31T00:45:00Z", "to": "2027-10-31T01:15:00Z"])
            #expect(properties["encounter_state"] == nil && properties["reveals"] == nil)
            #expect(try await fabrique.places(showing: "Sous la pierre").isEmpty)
            for state in ["moved", "stolen", "retired"] {
                try await fabrique.set(#"{"state":"\#(state)"}"#, of: given)
                #expect(try await fabrique.properties(given.identifier)["encounter_state"]?.text == state)
                #expect(try await fabrique.properties(given.identifier)["hours"] == nil, "all is set anew")
            }
            let journal = try fabrique.temporary.store.journal().filter { $0.act == "set encounter" }
            #expect(
                journal.map(\.detail) == [
                    "hours, prompt, reveals", "", "hours, prompt, reveals, state moved", "state stolen",
                    "state retired",
                ])
            #expect(try fabrique.temporary.store.check().isSound)
        }
    }

    @Test func whatIsRevealedChangesNothingThatAnybodyReads() async throws {
        try await withFabrique { fabrique in
            let wall = try await fabrique.wall(#"{"prompt":"Écoutez"}"#)
            let before = try await fabrique.server.get(Fabrique.items)
            let changes = try fabrique.count("change")
            try await fabrique.set(#"{"prompt":"Écoutez","reveals":{"text":"Sous la pierre"}}"#, of: wall.point)
            #expect(try fabrique.count("change") == changes)
            #expect(try await fabrique.server.get(Fabrique.items).headers[.eTag] == before.headers[.eTag])
            try await fabrique.set(#"{"prompt":"Regardez"}"#, of: wall.point)
            #expect(try fabrique.count("change") == changes + 1)
            #expect(try await fabrique.server.get(Fabrique.items).headers[.eTag] != before.headers[.eTag])
        }
    }

    private static let mistakes =
        [
            (#"{"hours":{"weekly":[{"days":["wed"],"from":"18:00","to":"14:00"}]}}"#, "/hours/weekly/0/to"),
            (#"{"hours":{"weekly":[{"days":["sun"],"from":"02:45","to":"02:15"}]}}"#, "/hours/weekly/0/to"),
            (#"{"hours":{"weekly":[{"days":["wed"],"from":"14:00","to":"14:00"}]}}"#, "/hours/weekly/0/to"),
            (
                #"{"hours":{"weekly":[{"days":["wed"],"from":"14:00","to":"18:00","overnight":true}]}}"#,
                "/hours/weekly/0/overnight"
            ),
            (#"{"hours":{"weekly":[{"days":["wednesday"],"from":"14:00","to":"18:00"}]}}"#, "/hours/weekly/0/days/0"),
            (#"{"hours":{"weekly":[{"days":[],"from":"14:00","to":"18:00"}]}}"#, "/hours/weekly/0/days"),
            (#"{"hours":{"weekly":[{"days":["wed"],"from":"25:00","to":"18:00"}]}}"#, "/hours/weekly/0/from"),
            (#"{"hours":{"weekly":[{"days":["wed"],"from":"14:00"}]}}"#, "/hours/weekly/0/to"),
            (
                #"{"hours":{"weekly":[{"days":["wed"],"from":"14:00","to":"15:00","since":"2027-02-01","until":"2027-01-01"}]}}"#,
                "/hours/weekly/0/until"
            ),
            (#"{"hours":{"dated":[{"from":"2026-12-03","to":"2026-12-01"}]}}"#, "/hours/dated/0/to"),
            (#"{"hours":{"dated":[{"from":"2027-10-31T02:45","to":"2027-10-31T02:15"}]}}"#, "/hours/dated/0/to"),
            (#"{"hours":{"dated":[{"from":"2027-10-31T02:45Z","to":"2027-10-31T03:15"}]}}"#, "/hours/dated/0/to"),
            (#"{"hours":{"dated":[{"from":"2027-02-30","to":"2027-03-01"}]}}"#, "/hours/dated/0/from"),
            (#"{"hours":{"exceptions":[{"date":"2026-12-25"}]}}"#, "/hours/exceptions/0/windows"),
            (#"{"hours":{"exceptions":[{"closed":true}]}}"#, "/hours/exceptions/0/date"),
            (
                #"{"hours":{"exceptions":[{"date":"2026-12-25","closed":true},{"date":"2026-12-25","closed":true}]}}"#,
                "/hours/exceptions/1/date"
            ),
            (#"{"hours":{}}"#, "/hours"), (#"{"hours":[]}"#, "/hours"), (#"{"hours":{"daily":[]}}"#, "/hours/daily"),
            (
                #"{"hours":{"time_zone":"Asia/Tokyo","dated":[{"from":"2026-12-01","to":"2026-12-03"}]}}"#,
                "/hours/time_zone"
            ),
            (#"{"state":"gone"}"#, "/state"), (#"{"prompt":7}"#, "/prompt"), (#"{"title":"x"}"#, "/title"),
            (#"{"reveals":"text"}"#, "/reveals"), (#"[]"#, ""), ("null", ""),
            (#"{"reveals":{"links":[{"href":"http://lieu.example"}]}}"#, "/reveals/links/0/href"),
            (#"{"reveals":{"links":[{"href":"https://me:secret@lieu.example"}]}}"#, "/reveals/links/0/href"),
            (#"{"reveals":{"links":[{"href":"javascript:alert(1)"}]}}"#, "/reveals/links/0/href"),
            (#"{"reveals":{"links":[{"href":"https://"}]}}"#, "/reveals/links/0/href"),
            (#"{"reveals":{"links":[{"href":"https://a b"}]}}"#, "/reveals/links/0/href"),
            (#"{"reveals":{"text":"\u202e"}}"#, "/reveals/text"),
        ]

    @Test func whatIsWrongIsNamedAndNothingOfItIsKept() async throws {
        try await withFabrique { fabrique in
            let given = try await fabrique.published(Fabrique.pointBody())
            var headers = fabrique.asCurator
            headers[.acceptLanguage] = "fr"
            for (body, pointer) in Self.mistakes {
                let refused = try await fabrique.send(.put, "/encounters/\(given.identifier)", body, headers)
                #expect(refused.status == .unprocessableContent, "\(body): \(refused.text)")
                #expect(try refused.pointers == [pointer], "\(body): \(refused.text)")
            }
            let early = try await fabrique.send(
                .put, "/encounters/\(given.identifier)", Self.mistakes[0].0, headers)
            #expect(early.text.contains("Cette plage finit avant de commencer"))
            #expect(try fabrique.count("encounter") == 0)
        }
    }

    @Test func whoMayNotReviewTheLayerLearnsNothing() async throws {
        try await withFabrique { fabrique in
            let wall = try await fabrique.wall(#"{"reveals":{"text":"Sous la pierre"}}"#)
            let place = try await fabrique.published()
            var generator = SystemRandomNumberGenerator()
            let partner = Secret.random(using: &generator)
            _ = try await fabrique.temporary.store.createToken(
                secret: partner.text, role: "partner", layer: nil, at: Fabrique.noon)
            try await fabrique.temporary.store.write {
                try $0.create(Layer(identifier: try LayerIdentifier("ailleurs")))
            }
            let other = Secret.random(using: &generator)
            _ = try await fabrique.temporary.store.createToken(
                secret: other.text, role: "curator", layer: "ailleurs", at: Fabrique.noon)
            let asked: [(HTTPRequest.Method, String, String?)] = [
                (.get, wall.encounter, nil), (.put, wall.encounter, "{}"), (.get, wall.codes, nil),
                (.post, wall.codes, "{}"), (.post, "\(wall.codes)/\(wall.identifier)/reissue", nil),
                (.delete, "\(wall.codes)/\(wall.identifier)", nil),
            ]
            for (method, address, body) in asked {
                for (bearer, status) in [
                    (nil, .unauthorized), (wall.point.token, .unauthorized), (partner.text, .notFound),
                    (other.text, .notFound),
                ] as [(String?, HTTPResponse.Status)] {
                    let headers: HTTPFields = bearer.map { [.authorization: "Bearer \($0)"] } ?? [:]
                    let refused = try await fabrique.send(method, address, body, headers)
                    #expect(refused.status == status, "\(method) \(address)")
                    #expect(!refused.text.contains("pierre"))
                }
            }
            #expect(try await fabrique.arrive(wall).status == .ok)
            let noPoint = try await fabrique.send(.put, "/encounters/\(place.identifier)", "{}", fabrique.asCurator)
            #expect(noPoint.status == .conflict && noPoint.code == "NotAnEncounter")
        }
    }

    @Test func authorsSendNoHoursAndLoseNoneByAChange() async throws {
        try await withFabrique { fabrique in
            for member in [#""hours":{}"#, #""prompt":"x""#, #""reveals":{}"#, #""encounter_state":"moved""#] {
                let refused = try await fabrique.post(
                    Fabrique.body(more: #","kind":"encounter",\#(member)"#))
                #expect(refused.status == .unprocessableContent, "\(member)")
            }
            let wall = try await fabrique.wall(#"{"hours":\#(Fabrique.wednesdays),"state":"moved"}"#)
            let own = try await fabrique.send(.get, wall.point.address, nil, wall.point.bearer)
            #expect(own.text.contains("encounter_state"))
            let sent = try await fabrique.send(.put, wall.point.address, own.text, wall.point.bearer)
            #expect(sent.status == .ok, "\(sent.text)")
            #expect(try await fabrique.properties(wall.point.identifier)["encounter_state"] == "moved")
        }
    }
}

extension JSONValue {
    fileprivate subscript(place: Int) -> JSONValue? { array?[place] }
}
