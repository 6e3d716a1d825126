import Contributions
import Curation
import HTTPTypes
import HummingbirdTesting
import MapFormats
import Testing

@testable import MapServer

/// What whoever keeps a copy of a layer is told.
@Suite struct ChangeRouteTests {
    private static let address = "/changes/fabrique"

    @Test("a copy begins with all that is public, page by page, and then hears what was added, changed and withdrawn")
    func copiesAreTold() async throws {
        try await withFabrique { fabrique in
            var given: [Fabrique.Given] = []
            for number in 0..<5 {
                let place = (2.30 + Double(number) / 20, 48.868)
                given.append(try await fabrique.published(Fabrique.body(title: "Lieu \(number)", at: place)))
            }
            _ = try await fabrique.contribute()
            var (added, next, cursor) = ([String](), String?.some("\(Self.address)?limit=2"), "")
            while let address = next {
                let page = try await fabrique.server.json(address)
                #expect(page.list("changed") == [] && page.list("withdrawn") == [])
                added += page.list("added")
                cursor = page["cursor"]?.text ?? ""
                next = page.link("next")
            }
            #expect(added.count == 5 && Set(added) == Set(given.map(\.identifier)))
            let quiet = try await fabrique.server.json("\(Self.address)?since=\(cursor)")
            #expect(quiet.list("added") + quiet.list("changed") + quiet.list("withdrawn") == [])
            #expect(quiet["cursor"]?.text == cursor)

            let later = try await fabrique.published(Fabrique.body(title: "Plus tard"))
            try await fabrique.decide("coarsen", given[0], more: #","precision":"wide""#)
            _ = try await fabrique.send(.delete, given[1].address, nil, given[1].bearer)
            let brief = try await fabrique.published(Fabrique.body(title: "Bref"))
            try await fabrique.decide("hide", brief)
            try await fabrique.decide("hide", given[2])
            try await fabrique.decide("publish", given[2])
            let told = try await fabrique.server.json("\(Self.address)?since=\(cursor)")
            #expect(told.list("added") == [later.identifier])
            #expect(told.list("changed") == [given[0].identifier, given[2].identifier].sorted())
            #expect(told.list("withdrawn") == [given[1].identifier, brief.identifier].sorted())

            var (heard, onward) = ([String](), String?.some("\(Self.address)?since=\(cursor)&limit=1"))
            while let address = onward {
                let page = try await fabrique.server.json(address)
                heard += page.list("added") + page.list("changed") + page.list("withdrawn")
                onward = page.link("next")
            }
            // In the order of ids, which are random: nothing tells which came first.
            #expect(heard == heard.sorted() && heard.count == 5)
        }
    }

    @Test("an answer bears a validator of what is public, and no moment")
    func answersAreValidated() async throws {
        try await withFabrique { fabrique in
            _ = try await fabrique.published()
            let first = try await fabrique.server.get(Self.address)
            let tag = try #require(first.headers[.eTag])
            #expect(first.header("Cache-Control") == "public, max-age=0, must-revalidate")
            #expect(!first.text.contains("2026") && first.header("Last-Modified") == nil)
            #expect(try await fabrique.server.get(Self.address, [.ifNoneMatch: tag]).status == .notModified)
            _ = try await fabrique.published(Fabrique.body(title: "Autre"))
            #expect(try await fabrique.server.get(Self.address, [.ifNoneMatch: tag]).status == .ok)
            let page = try await fabrique.server.get("\(Self.address)?f=html")
            #expect(page.mediaType == MediaType.html && page.text.contains("À ajouter"))
            let collection = try await fabrique.server.json("/collections/fabrique")
            #expect(collection.link("monitor") == Self.address)
        }
    }

    @Test("a cursor that is made up, cut short, altered or of another layer is refused")
    func cursorsAreOurs() async throws {
        try await withFabrique { fabrique in
            try await fabrique.server.layers.create(Layer(identifier: try LayerIdentifier("autre")))
            let cursor = try #require(try await fabrique.server.json(Self.address)["cursor"]?.text)
            #expect(try await fabrique.server.get("\(Self.address)?since=\(cursor)").status == .ok)
            let altered = (cursor.first == "A" ? "B" : "A") + cursor.dropFirst()
            for wrong in ["", "abc", "AAAA", String(cursor.dropLast(4)), altered, "\(cursor)AAAA", "%C3%A9"] {
                let response = try await fabrique.server.get("\(Self.address)?since=\(wrong)")
                #expect(response.status == .badRequest, "\(wrong)")
            }
            #expect(try await fabrique.server.get("/changes/autre?since=\(cursor)").status == .badRequest)
            #expect(try await fabrique.server.get("/changes/ailleurs").status == .notFound)
            #expect(try await fabrique.server.get("\(Self.address)?bbox=1,2,3,4").status == .badRequest)
        }
    }

    @Test("a cursor of a feed that is not kept is answered 410, with what to do")
    func whatIsNotKeptIsGone() async throws {
        try await withFabrique { fabrique in
            _ = try await fabrique.published()
            let cursor = try #require(try await fabrique.server.json(Self.address)["cursor"]?.text)
            let layer = try LayerIdentifier("fabrique")
            try await fabrique.server.layers.delete(layer)
            try await fabrique.server.layers.create(Layer(identifier: layer))
            let response = try await fabrique.server.get("\(Self.address)?since=\(cursor)")
            #expect(response.status == .gone && response.code == "Gone" && response.text.contains("begin anew"))
            #expect(try await fabrique.server.json(Self.address).list("added") == [])
        }
    }

    @Test("a layer that is not open yet tells nothing, and has no other cursors for what it holds")
    func unopenedLayersTellNothing() async throws {
        try await withFabrique {
            $0.opens = try ExtendedDate("2099")
        } _: { fabrique in
            let items = try await fabrique.server.get(Fabrique.items)
            let changes = try await fabrique.server.get(Self.address)
            #expect(changes.status == items.status && changes.text == items.text && items.status != .ok)
        }
    }
}

extension JSONValue {
    fileprivate func list(_ name: String) -> [String] { self[name]?.array?.compactMap(\.text) ?? [] }
}
