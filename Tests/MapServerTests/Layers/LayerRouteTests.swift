import Contributions
import HTTPTypes
import HummingbirdTesting
import MapFormats
import SpatialDatabase
import TestSupport
import Testing

@testable import MapServer

/// Layers that are opened, changed and deleted over HTTP.
@Suite struct LayerRouteTests {
    private static let whole = #"""
        {"id":"ete","title":"Un été","description":"Ce qui reste.","prompt":"Où dormiez-vous ?","rules":"Soyez doux.",
         "discussion":"https://hub.example/ete","opens":"2026-11-01","closes":"2026-12-24","review":"after",
         "contributors":"anyone","kinds":["memory","encounter"],"themes":["nuit","jardin"],"languages":["fr","pt-BR"],
         "default_precision":"wide","finest_precision":"about","licence":"CC-BY-4.0","release":"daily","retention":90,
         "indexable":true}
        """#

    private func send(
        _ method: HTTPRequest.Method, _ address: String, _ body: String?, _ fabrique: Fabrique
    ) async throws -> TestResponse {
        try await fabrique.send(method, address, body, fabrique.asCurator)
    }

    @Test func aFabriqueIsOpenedTakesAContributionIsChangedAndDeleted() async throws {
        try await withFabrique { fabrique in
            let made = try await send(.post, "/collections", Self.whole, fabrique)
            #expect(made.status == .created && made.headers[.location]?.hasSuffix("/collections/ete") == true)
            let rules = try await send(.get, "/moderation/ete/rules", nil, fabrique)
            #expect(rules.text == made.text)
            let sent = try #require(try JSONParser.parse(Array(Self.whole.utf8)).object)
            let read = try #require(try JSONParser.parse(rules.bytes).object)
            for member in sent.members where member.name != "kinds" {
                #expect(read[member.name] == member.value, "\(member.name)")
            }
            #expect(read["state"] == "open" && read["paused"] == false && read["shown"] == 0)
            #expect(try fabrique.temporary.store.layers().last?.title == "Un été", "it is in the store")
            let given = try await fabrique.send(
                .post, "/collections/ete/items", Fabrique.body(more: #","precision":"wide""#))
            #expect(given.status == .created)
            // What was read can be sent back.
            #expect(try await send(.put, "/collections/ete", rules.text, fabrique).text == rules.text)
            let closed = try await send(
                .put, "/collections/ete", #"{"title":"Fini","closes":"2026-11-02"}"#, fabrique)
            #expect(closed.status == .ok && closed.text.contains(#""state":"closed""#))
            #expect(try await fabrique.send(.post, "/collections/ete/items", Fabrique.body()).code == "Closed")
            #expect(try await fabrique.server.get("/collections/ete").text.contains("Fini"))
            #expect(try await send(.delete, "/collections/ete", nil, fabrique).status == .noContent)
            #expect(try await fabrique.server.get("/collections/ete").status == .notFound)
            #expect(try fabrique.count() == 0, "what was given in it is gone")
            #expect(
                try fabrique.temporary.store.journal().map(\.act).filter { $0.hasSuffix("layer") }
                    == ["create layer", "change layer", "change layer", "delete layer"])
        }
    }

    @Test func whatIsPublishedStaysAndFollowsTheNewRules() async throws {
        try await withFabrique { fabrique in
            _ = try await fabrique.published()
            let before = try await fabrique.server.features(Fabrique.items)
            #expect(
                try await send(.put, "/collections/fabrique", #"{"title":"Autrement","indexable":true}"#, fabrique)
                    .status == .ok)
            #expect(try await fabrique.server.features(Fabrique.items) == before && before.count == 1)
            #expect(try await fabrique.server.get(Fabrique.items).header("X-Robots-Tag") == nil)
            _ = try await send(.put, "/collections/fabrique", #"{"opens":"2027-01-01"}"#, fabrique)
            #expect(try await fabrique.server.get(Fabrique.items).status == .forbidden, "not open yet")
            #expect(try await send(.get, "/moderation/fabrique/rules", nil, fabrique).status == .ok)
        }
    }

    @Test(
        "each member that cannot be is named",
        arguments: [
            (#"{"title":"x"}"#, "/id"), (#"{"id":"Grand"}"#, "/id"), (#"{"id":"a","opens":"hier"}"#, "/opens"),
            (#"{"id":"a","opens":"2026-12-01","closes":"2026-11-01"}"#, "/closes"),
            (#"{"id":"a","kinds":[]}"#, "/kinds"), (#"{"id":"a","kinds":["tour"]}"#, "/kinds/0"),
            (#"{"id":"a","themes":["un,deux"]}"#, "/themes/0"), (#"{"id":"a","languages":["x y"]}"#, "/languages/0"),
            (#"{"id":"a","discussion":"javascript:alert(1)"}"#, "/discussion"),
            (#"{"id":"a","retention":0}"#, "/retention"),
            (#"{"id":"a","review":"never"}"#, "/review"),
            (#"{"id":"a","default_precision":"1 m"}"#, "/default_precision"),
            (#"{"id":"a","title":"a\u202eb"}"#, "/title"), (#"{"id":"a","colour":"red"}"#, "/colour"),
            (#"{"id":"a","indexable":"yes"}"#, "/indexable"),
        ])
    func refused(body: String, pointer: String) async throws {
        try await withFabrique { fabrique in
            let refused = try await send(.post, "/collections", body, fabrique)
            let pointers = try refused.pointers
            #expect(refused.status == .unprocessableContent && pointers == [pointer], "\(refused.text)")
            #expect(try fabrique.temporary.store.layers().count == 1)
        }
    }

    @Test func whatIsNullIsNotGiven() async throws {
        try await withFabrique { fabrique in
            let body =
                #"{"id":"a","title":null,"opens":null,"kinds":null,"licence":null,"retention":null,"review":null}"#
            let made = try await send(.post, "/collections", body, fabrique)
            #expect(made.status == .created)
        }
    }

    @Test func aNameIsTakenOnce() async throws {
        try await withFabrique { fabrique in
            #expect(try await send(.post, "/collections", #"{"id":"fabrique"}"#, fabrique).status == .conflict)
            let renamed = try await send(.put, "/collections/fabrique", #"{"id":"autre"}"#, fabrique)
            #expect((try renamed.pointers) == ["/id"])
        }
    }
}
