import Contributions
import Curation
import Foundation
import HTTPTypes
import MapFormats
import NIOCore
import Synchronization
import Testing

@testable import MapServer

/// What an encounter point reveals, it reveals through the code only.
@Suite struct RevealsTests {
    private static let canary = "canarisecret"

    @Test("what a point reveals is in no public answer, and its code opens it")
    func revealedThroughTheCodeOnly() async throws {
        let hits = Mutex<[String]>([])
        let asked = Mutex(0)
        try await World.with { world in
            var teller = Storyteller(Story(seed: 12, count: 16), in: world)
            try await teller.tellBeginning()
            try await teller.tellEnd()
            let point = try await world.require(.post, "/collections/quartier/items", Self.point)
            let identifier = try #require(point["id"]?.text)
            let encounter = "/encounters/\(identifier)"
            try await world.require(.put, encounter, Self.set, bearer: world.token)
            let code = try await world.require(.post, encounter + "/codes", bearer: world.token)["code"]?.text ?? ""
            var known = teller.known
            known[1_000] = Storyteller.Held(identifier: identifier, token: "")
            let curiosity = Curiosity(
                teller.story, known, layers: world.layers.all.map(\.identifier.text), asksAboutPlaces: false)
            let marks = [Self.canary, code, code.replacing("-", with: "")].map { Array($0.utf8) }
            _ = try await Crawl.of(
                world, curiosity,
                seen: { request, answer in
                    let bytes = answer.body + Array(answer.headers.joined().utf8)
                    asked.withLock { $0 += 1 }
                    guard marks.contains(where: { bytes.firstPlace(of: $0) != nil }) else { return }
                    hits.withLock { $0.append(request.description) }
                })
            let search = try await world.require(.get, "/collections/quartier/items?q=\(Self.canary)")
            #expect(search["numberReturned"] == 0)
            let shown = try await world.require(.get, "/collections/quartier/items/\(identifier)")
            #expect(shown["properties"]?["prompt"] == "Que voit-on ?", "what is public of it is")
            let arrival = try await world.send(.get, "/e/\(code)")
            #expect(String(buffer: arrival.body).contains(Self.canary), "the code opens it, so that looking works")
        }
        #expect(hits.withLock { $0 }.isEmpty)
        #expect(asked.withLock { $0 } > 500)
    }

    private static let point: JSONValue = [
        "type": "Feature", "geometry": ["type": "Point", "coordinates": [2.3795, 48.868]],
        "properties": [
            "title": "Le banc", "kind": "encounter", "precision": "exact", "consent": true,
        ],
    ]

    private static let set: JSONValue = [
        "prompt": "Que voit-on ?",
        "reveals": ["text": "Le canarisecret", "links": [["href": "https://canarisecret.example/"]]],
    ]
}
