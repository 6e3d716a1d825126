import Contributions
import Curation
import HTTPTypes
import HummingbirdTesting
import MapFormats
import SpatialDatabase
import TestSupport
import Testing

@testable import MapServer

/// What a partner's embed shows, from the first day on.
@Suite struct EmbedStoryTests {
    @Test("An embed shows nothing, then the ten that were cleared, then nine once one author has withdrawn")
    func theStory() async throws {
        try await withFabrique(layer: { $0.review = .after }) { fabrique in
            let theatre = try await Theatre(fabrique)
            var given: [Fabrique.Given] = []
            for number in 0..<12 { given.append(try await fabrique.contribute(consenting("Bal \(number)"))) }
            _ = try await fabrique.contribute(Fabrique.body(title: "Pas pour eux"))
            #expect(try await theatre.titles().isEmpty)
            let waiting = try await theatre.list("waiting")
            #expect(Set(waiting.map(\.id)) == Set(given.map(\.identifier)), "what its author keeps back does not wait")
            let ten = given.prefix(10).map(\.identifier)
            let outcome = try await theatre.clear(waiting.filter { ten.contains($0.id) })
            #expect(outcome["cleared"]?.integer == 10)
            #expect(try await theatre.titles() == (0..<10).map { "Bal \($0)" }.sorted())
            #expect(try await theatre.list("waiting").count == 2)
            #expect(try await fabrique.send(.delete, given[3].address, nil, given[3].bearer).status == .noContent)
            #expect(try await theatre.titles().count == 9)
            #expect(try await fabrique.server.get("\(given[3].address)?embed=\(theatre.key)").status == .notFound)
            #expect(try await fabrique.server.get("\(given[4].address)?embed=\(theatre.key)").status == .ok)
            #expect(try await fabrique.server.get("\(given[11].address)?embed=\(theatre.key)").status == .notFound)
        }
    }

    @Test("What is edited, coarsened or hidden is gone from the embed in its older form, and waits in its new one")
    func noOlderFormSurvives() async throws {
        try await withFabrique(layer: { $0.review = .after }) { fabrique in
            let theatre = try await Theatre(fabrique)
            let given = try await fabrique.contribute(consenting("Bal"))
            let changes = [
                #"{"properties":{"title":"Le bal"}}"#, #"{"properties":{"precision":"wide"}}"#, #"{"state":"hidden"}"#,
            ]
            for change in changes {
                try await theatre.clear(try await theatre.list("waiting"))
                #expect(try await theatre.titles().count == 1)
                #expect(try await fabrique.send(.patch, given.address, change, given.bearer).status == .ok)
                #expect(try await theatre.titles().isEmpty, "\(change)")
            }
            #expect(try await theatre.list("waiting").isEmpty)
            _ = try await fabrique.send(.patch, given.address, #"{"state":"published"}"#, given.bearer)
            #expect(try await theatre.titles().isEmpty)
            #expect(try await theatre.list("waiting").count == 1)
        }
    }

    @Test("Who takes their agreement back is gone at once, and back with it")
    func agreementIsTheAuthors() async throws {
        try await withFabrique(layer: { $0.review = .before }) { fabrique in
            let theatre = try await Theatre(fabrique)
            let given = try await fabrique.published(consenting("Bal"))
            try await theatre.clear(try await theatre.list("waiting"))
            for (agrees, count) in [("false", 0), ("true", 1), ("false", 0)] {
                let change = #"{"properties":{"consents":{"partners":\#(agrees)}}}"#
                #expect(try await fabrique.send(.patch, given.address, change, given.bearer).status == .ok)
                #expect(try await theatre.titles().count == count)
                #expect(try await theatre.list("cleared").count == count)
                #expect(try await theatre.list("waiting").isEmpty)
            }
            let silent = try await fabrique.published(Fabrique.body(title: "Sans accord"))
            #expect(try await theatre.list("waiting").isEmpty)
            let outcome = try await theatre.clear([(silent.identifier, try await form(of: silent, fabrique))])
            #expect(outcome["unknown"]?.array?.count == 1 && outcome["cleared"]?.integer == 0)
        }
    }

    private func form(of given: Fabrique.Given, _ fabrique: Fabrique) async throws -> String {
        let identifier = try #require(PublicIdentifier(given.identifier))
        var form: PublishedForm?
        try fabrique.temporary.store.forEachPublished { row in
            if row.identifier == identifier.bits { form = PublishedForm(of: row.feature) }
        }
        return try #require(form).text
    }

    @Test("A standing rule clears what comes of its kinds and themes; a refusal stands above it, edit after edit")
    func standingRules() async throws {
        try await withFabrique(layer: { $0.review = .after }) { fabrique in
            let theatre = try await Theatre(fabrique, contract: #","kinds":["memory","place"]"#)
            let ball = try await fabrique.contribute(consenting("Bal", more: #","theme":["fête"]"#))
            _ = try await fabrique.contribute(consenting("Rencontre", more: #","kind":"encounter","theme":["fête"]"#))
            _ = try await fabrique.contribute(consenting("Lavoir", more: #","theme":["eau"]"#))
            let refused = try await theatre.send(.put, "/standing", #"{"kinds":["encounter"]}"#)
            #expect(try refused.pointers == ["/kinds"])
            #expect(try await theatre.send(.put, "/standing", #"{"themes":["fête"]}"#).status == .ok)
            #expect(try await theatre.titles() == ["Bal"])
            let later = try await fabrique.contribute(consenting("Guinguette", more: #","theme":["fête","eau"]"#))
            #expect(try await theatre.titles() == ["Bal", "Guinguette"])
            try await theatre.answer(#"{"refuse":["\#(ball.identifier)"]}"#)
            #expect(try await theatre.titles() == ["Guinguette"])
            #expect(try await theatre.list("refused").map(\.id) == [ball.identifier])
            for given in [ball, later] {
                _ = try await fabrique.send(.patch, given.address, #"{"properties":{"text":"Autre"}}"#, given.bearer)
            }
            #expect(try await theatre.titles() == ["Guinguette"], "refused in whatever form")
            try await theatre.answer(#"{"withdraw":["\#(ball.identifier)"]}"#)
            #expect(try await theatre.titles() == ["Bal", "Guinguette"])
            #expect(try await theatre.send(.put, "/standing", "null").status == .ok)
            #expect(try await theatre.titles().isEmpty)
            #expect(try await theatre.answer(#"{"clear":"all"}"#)["cleared"]?.integer == 3)
            #expect(try await theatre.titles().count == 3)
        }
    }

    @Test("A form that has changed since it was looked at is named and not cleared")
    func changedForms() async throws {
        try await withFabrique(layer: { $0.review = .after }) { fabrique in
            let theatre = try await Theatre(fabrique)
            let given = try await fabrique.contribute(consenting("Bal"))
            let seen = try await theatre.list("waiting")
            _ = try await fabrique.send(.patch, given.address, #"{"properties":{"text":"Autre"}}"#, given.bearer)
            let outcome = try await theatre.clear(seen)
            #expect(outcome["cleared"]?.integer == 0)
            #expect(outcome["changed"]?.array == [.string(given.identifier)])
            #expect(try await theatre.titles().isEmpty)
        }
    }

    @Test("Pins narrow an embed: region, period and theme; a cell belongs to a region only when all of it does")
    func pins() async throws {
        try await withFabrique(layer: { $0.review = .after }) { fabrique in
            let theatre = try await Theatre(fabrique)
            for (title, place, more) in [
                ("Dedans", (2.3795, 48.868), ""), ("Dehors", (2.5, 48.9), ""),
                ("Ancien", (2.3795, 48.868), #","when":"1950""#), ("Daté", (2.3795, 48.868), #","when":"1987-06""#),
            ] { _ = try await fabrique.contribute(consenting(title, at: place, more: more)) }
            _ = try await fabrique.contribute(
                Fabrique.body(title: "Carreau", more: #","precision":"wide","consents":{"partners":true}"#))
            try await theatre.answer(#"{"clear":"all"}"#)
            #expect(try await theatre.titles().count == 5)
            let small = "[2.379,48.8675,2.38,48.8685]"
            let wide =
                #"{"type":"Polygon","coordinates":[[[2.3,48.8],[2.45,48.8],[2.45,48.95],[2.3,48.95],[2.3,48.8]]]}"#
            for (contract, titles) in [
                (#"{"region":\#(small)}"#, ["Ancien", "Daté", "Dedans"]),
                (#"{"region":\#(wide)}"#, ["Ancien", "Carreau", "Daté", "Dedans"]),
                (#"{"region":\#(wide),"period":"1980/1989"}"#, ["Carreau", "Daté", "Dedans"]),
                (#"{"themes":["fête"]}"#, []), ("{}", ["Ancien", "Carreau", "Daté", "Dedans", "Dehors"]),
            ] {
                let response = try await theatre.send(.put, "", contract, by: theatre.operator)
                #expect(response.status == .ok, "\(response.text)")
                #expect(try await theatre.titles() == titles, "\(contract)")
            }
        }
    }

    @Test("A closed embed, one of another layer and one that never was are one kind of nothing")
    func closedEmbeds() async throws {
        try await withFabrique(layer: { $0.review = .after }) { fabrique in
            try await fabrique.server.layers.create(Layer(identifier: try LayerIdentifier("autre")))
            let theatre = try await Theatre(fabrique)
            _ = try await fabrique.contribute(consenting("Bal"))
            try await theatre.answer(#"{"clear":"all"}"#)
            #expect(try await theatre.titles() == ["Bal"])
            let never = try await fabrique.server.get("\(Fabrique.items)?embed=\(Sample.identifier(7))")
            #expect(never.status == .notFound)
            for key in ["x", "", theatre.key.uppercased()] {
                #expect(try await fabrique.server.get("\(Fabrique.items)?embed=\(key)").text == never.text)
            }
            let other = try await fabrique.server.get("/collections/autre/items?embed=\(theatre.key)")
            #expect(other.text == never.text && other.status == .notFound)
            #expect(
                try await fabrique.send(.delete, "/partners/\(theatre.partner)", nil, theatre.operator).status
                    == .noContent)
            for address in [
                Fabrique.items, "\(Fabrique.items)/\(Sample.identifier(7))", "/xyz/fabrique.json",
                "/xyz/fabrique/0/0/0.mvt",
                "/collections/fabrique/tiles", "/collections/fabrique/tiles/WebMercatorQuad/0/0/0",
                "/xyz/fabrique/clusters/1/leaves",
            ] {
                let closed = try await fabrique.server.get("\(address)?embed=\(theatre.key)")
                #expect(closed.status == .notFound && closed.text == never.text, "\(address)")
            }
            #expect(try await theatre.send(.get, "").status == .unauthorized, "its token opens nothing any more")
            #expect(try fabrique.count("clearance") == 0)
        }
    }

    @Test("Every link of an embed's answers leads to the embed")
    func linksKeepTheKey() async throws {
        try await withFabrique(layer: { $0.review = .after }) { fabrique in
            let theatre = try await Theatre(fabrique)
            for number in 0..<3 { _ = try await fabrique.contribute(consenting("Bal \(number)")) }
            try await theatre.answer(#"{"clear":"all"}"#)
            let page = try await fabrique.server.json(theatre.items + "&limit=2")
            for relation in ["self", "next", "alternate"] {
                #expect(page.link(relation)?.contains("embed=\(theatre.key)") == true, "\(relation)")
            }
            #expect(try await fabrique.server.titlesOfAllPages(theatre.items + "&limit=2").count == 3)
            let tiles = try await fabrique.server.json("/xyz/fabrique.json?embed=\(theatre.key)")
            #expect(tiles["tiles"]?.array?.allSatisfy { $0.text?.contains("embed=\(theatre.key)") == true } == true)
            let set = try await fabrique.server.get(
                "/collections/fabrique/tiles/WebMercatorQuad?embed=\(theatre.key)")
            let links = try JSONParser.parse(set.bytes)["links"]?.array ?? []
            for link in links where ["self", "alternate", "item"].contains(link["rel"]?.text) {
                #expect(link["href"]?.text?.contains("embed=\(theatre.key)") == true, "\(link)")
            }
            let identifier = try #require(page["features"]?.array?.first?["id"]?.text)
            let item = try await fabrique.server.json("\(Fabrique.items)/\(identifier)?embed=\(theatre.key)")
            #expect(item.link("self")?.contains("embed=") == true && item.link("alternate")?.contains("embed=") == true)
        }
    }
}
