import Contributions
import HTTPTypes
import HummingbirdTesting
import MapFormats
import SpatialDatabase
import TestSupport
import Testing

@testable import MapServer

/// What is contributed from a code names its point, and nobody.
@Suite struct TieTests {
    private func tied(_ fabrique: Fabrique, _ wall: Wall, title: String = "Ici") async throws -> Fabrique.Given {
        let body = Fabrique.body(title: title, more: #","encounter":"\#(wall.code.lowercased())""#)
        return try await fabrique.contribute(body)
    }

    private func named(_ given: Fabrique.Given, _ fabrique: Fabrique) async throws -> String? {
        try await fabrique.properties(given.identifier)["encounter"]?.text
    }

    /// Where everybody reads the id of a point; who asks for it as a word has it repeated.
    private func places(showing point: Fabrique.Given, _ fabrique: Fabrique) async throws -> [String] {
        try await fabrique.places(showing: point.identifier).filter { !$0.contains("q=") }
    }

    @Test func aContributionNamesItsPointAsLongAsThatIsPublic() async throws {
        try await withFabrique(layer: { $0.review = .after }) { fabrique in
            let point = try await fabrique.contribute(Fabrique.pointBody())
            let wall = try await fabrique.issue(for: point)
            let given = try await tied(fabrique, wall)
            #expect(try await named(given, fabrique) == point.identifier)
            #expect(try await places(showing: point, fabrique).count > 4)
            let own = try await fabrique.send(.get, given.address + "/mine", nil, given.bearer)
            #expect(own.text.contains(point.identifier), "everything that is held")
            try await fabrique.decide("hide", point)
            #expect(try await named(given, fabrique) == nil)
            #expect(try await places(showing: point, fabrique).isEmpty)
            try await fabrique.decide("publish", point)
            #expect(try await named(given, fabrique) == point.identifier)
            #expect(try fabrique.temporary.store.check().isSound)
            _ = try await fabrique.send(.delete, point.address, nil, point.bearer)
            #expect(try await named(given, fabrique) == nil)
            #expect(try fabrique.count("encounter_tie") == 0 && fabrique.count("encounter_code") == 0)
            #expect(try await fabrique.server.features(Fabrique.items).count == 1)
            #expect(try fabrique.temporary.store.check().isSound)
        }
    }

    @Test func thePointIsFollowedWhereItMoves() async throws {
        try await withFabrique(layer: { $0.review = .after }) { fabrique in
            let point = try await fabrique.contribute(Fabrique.pointBody())
            let wall = try await fabrique.issue(for: point)
            let given = try await tied(fabrique, wall)
            let moved = try await fabrique.send(
                .patch, point.address, #"{"geometry":{"type":"Point","coordinates":[2.45,48.87]}}"#, point.bearer)
            let new = try #require(try JSONParser.parse(moved.bytes)["id"]?.text)
            #expect(new != point.identifier)
            #expect(try await named(given, fabrique) == new)
            #expect(try await places(showing: point, fabrique).isEmpty, "the old id is as withdrawn")
            #expect(try await fabrique.server.json(wall.arrival)["id"]?.text == new)
            // A change of the author's own keeps the tie, even when all that was read is sent back.
            let own = try await fabrique.send(.get, given.address, nil, given.bearer)
            let sent = try await fabrique.send(
                .put, given.address, own.text.replacing("Un soir", with: "Un matin"), given.bearer)
            #expect(sent.status == .ok, "\(sent.text)")
            #expect(try await named(given, fabrique) == new)
            #expect(try fabrique.temporary.store.check().isSound)
        }
    }

    @Test func onlyAPointThatIsAliveTakesContributions() async throws {
        try await withFabrique { fabrique in
            let wall = try await fabrique.wall(#"{"hours":\#(Fabrique.wednesdays)}"#)
            let asleep = try await fabrique.post(
                Fabrique.body(more: #","encounter":"\#(wall.code)""#), [.acceptLanguage: "fr"])
            #expect(asleep.status == .forbidden && asleep.code == "EncounterAsleep")
            #expect(asleep.text.contains("Ouvert mercredi de 14 h à 18 h"))
            #expect(try JSONParser.parse(asleep.bytes)["from"] == "2026-11-25T13:00:00Z")
            #expect(try fabrique.count() == 1, "nothing of it was kept")
            fabrique.clock.set(Fabrique.wednesday)
            #expect(try await fabrique.post(from: wall.code).status == .created)
            #expect(try fabrique.count("encounter_tie") == 1)
            let malformed = try await fabrique.post(from: "12")
            #expect(try malformed.pointers == ["/properties/encounter"])
        }
    }

    @Test func theTieSaysNeitherWhenNorByWhichCodeNorByWhom() async throws {
        try await withFabrique { fabrique in
            let wall = try await fabrique.wall()
            _ = try await tied(fabrique, wall)
            let columns = try fabrique.temporary.texts("SELECT name FROM pragma_table_info('encounter_tie')")
            #expect(columns == ["contribution", "point"])
            let codes = try fabrique.temporary.texts("SELECT name FROM pragma_table_info('encounter_code')")
            #expect(codes == ["number", "public_id", "contribution", "label", "code_hash"])
        }
    }

    @Test func theSameSentAgainIsAnsweredAsTheFirstTimeAfterThePointHasFallenAsleep() async throws {
        try await withFabrique { fabrique in
            let (wall, other) = (
                try await fabrique.wall(#"{"hours":\#(Fabrique.wednesdays)}"#), try await fabrique.wall()
            )
            fabrique.clock.set(Fabrique.wednesday)
            let key = [Self.key: "abcdefghijklmnop"] as HTTPFields
            let body = Fabrique.body(more: #","encounter":"\#(wall.code)""#)
            let first = try await fabrique.post(body, key)
            fabrique.clock.advance(4 * 3_600)
            let again = try await fabrique.post(body, key)
            #expect(first.status == .created && again.status == .created)
            #expect(try JSONParser.parse(first.bytes)["id"] == JSONParser.parse(again.bytes)["id"])
            let changed = try await fabrique.post(Fabrique.body(more: #","encounter":"\#(other.code)""#), key)
            #expect(changed.code == "KeyReused")
        }
    }

    private static let key = HTTPField.Name("Idempotency-Key")!  // a token
}
