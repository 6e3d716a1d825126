import Contributions
import Curation
import Foundation
import HTTPTypes
import HummingbirdTesting
import MapFormats
import MapGeometry
import SpatialDatabase
import Testing

@Suite struct ItemPageTests {
    private func titles(_ query: String, _ server: Server) async throws -> Set<String> {
        Set(try await server.features("\(Server.items)?\(query)").compactMap { $0["properties"]?["title"]?.text })
    }

    @Test func aPageIsAFeatureCollectionWithLinksAndATime() async throws {
        try await withServer(try Sample.mixed()) { server in
            let response = try await server.get(Server.items)
            #expect(response.mediaType == "application/geo+json")
            let page = try JSONParser.parse(response.bytes)
            #expect(page["type"] == "FeatureCollection")
            #expect(page["numberReturned"] == 5 && page["numberMatched"] == 5)
            let time = page["timeStamp"]?.text ?? ""
            #expect(time.hasSuffix("Z") && (try? Date(time, strategy: .iso8601)) != nil)
            #expect(page.link("self") == Server.items)
            #expect(page.link("collection") == "/collections/quartier")
            #expect(page.link("next") == nil)
            let place = page["features"]?.array?.first { $0["properties"]?["title"] == "Maison des métallos" }
            #expect(place?["geometry"]?["coordinates"] == [2.3795, 48.868])
            #expect(place?["properties"]?["theme"] == ["travail", "fête"])
            #expect(place?["distance"] == nil)
        }
    }

    @Test(
        "Each condition narrows, and all of them together", .server(try Sample.mixed()), .serialized,
        arguments: [
            ("kind=memory", ["Le bal", "Nulle part"]),
            ("kind=place,encounter", ["Maison des métallos", "Le banc", "Promenade"]),
            ("theme=f%C3%AAte", ["Maison des métallos", "Le bal"]),
            ("theme=travail,a%20b", ["Maison des métallos", "Le banc"]),
            ("theme=inconnu", []), ("q=METALLOS", ["Maison des métallos"]), ("q=oeuvre", ["Nulle part"]),
            ("q=soir+ete", ["Le bal"]),
            ("datetime=1987", ["Maison des métallos", "Le bal", "Promenade"]),
            ("datetime=1955-01-01T00:00:00Z", ["Maison des métallos", "Le banc", "Promenade"]),
            ("datetime=1955-01-01t00:00:00z", ["Maison des métallos", "Le banc", "Promenade"]),
            ("datetime=1990/..", ["Maison des métallos", "Promenade", "Nulle part"]),
            ("bbox=2.3785,48.868,2.38,48.869", ["Maison des métallos", "Le bal", "Promenade", "Nulle part"]),
            ("bbox=2.3795,48.868,0,2.38,48.869,100", ["Maison des métallos", "Le bal", "Nulle part"]),
            ("bbox=2.381,48.87,2.381,48.87", ["Le banc", "Nulle part"]), ("bbox=179,-10,-179,10", ["Nulle part"]),
            ("kind=memory&datetime=1987&theme=f%C3%AAte&q=bal&bbox=2,48,3,49", ["Le bal"]),
            ("near=2.3795,48.868&bbox=2.3795,48.868,2.38,48.869&kind=memory", ["Le bal"]),
        ])
    func eachConditionNarrows(query: String, expected: [String]) async throws {
        let server = try Server.shared
        let found = try await titles(query, server)
        #expect(found == Set(expected), "\(query)")
    }

    @Test("Near sorts by distance, which stands beside the properties with millimetres")
    func nearSortsByDistance() async throws {
        try await withServer(try Sample.row(10) + [Sample.publication(99, nil)]) { server in
            let page = try await server.json("\(Server.items)?near=2.3795,48.868&limit=5")
            let features = page["features"]?.array ?? []
            #expect(features.compactMap { $0["properties"]?["title"]?.text } == ["0", "1", "2", "3", "4"])
            let metres = features.compactMap { $0["distance"]?.double }
            #expect(metres.count == 5 && metres == metres.sorted() && metres[0] == 0)
            // A hundredth of a degree of longitude at 48.868° N, by Vincenty's formulae and by PROJ's geod.
            #expect(abs(metres[1] - 733.6496) <= 0.001, "\(metres)")
            #expect(page["numberMatched"] == nil)
            let all = try await server.titlesOfAllPages("\(Server.items)?near=2.3795,48.868&limit=3")
            #expect(all == (0..<10).map(String.init), "what stands nowhere is at no distance")
            let within = try await server.features("\(Server.items)?near=2.3795,48.868&radius=1500")
            #expect(within.count == 3)
        }
    }

    @Test(
        "Pages together are the whole, and a cursor does not care for the limit", .server(try Sample.row(50)),
        .serialized, arguments: ["", "&near=2.5,48.868"])
    func pagesTogetherAreTheWhole(near: String) async throws {
        let server = try Server.shared
        let whole = try await server.titlesOfAllPages("\(Server.items)?limit=10000\(near)")
        #expect(whole.count == 50)
        for limit in [1, 7, 49, 50, 51] {
            #expect(try await server.titlesOfAllPages("\(Server.items)?limit=\(limit)\(near)") == whole)
        }
        let first = try await server.json("\(Server.items)?limit=10\(near)")
        let next = try #require(first.link("next"))
        let rest = try await server.features(next.replacing("limit=10", with: "limit=1000"))
        #expect(rest.count == 40)
        #expect(rest.first?["properties"]?["title"]?.text == whole[10])
    }

    @Test func theLinkToTheNextPageKeepsTheQuestion() async throws {
        let publications = try (0..<9).map { number in
            try Sample.publication(
                number, Sample.point(2.38, 48.86), kind: number % 2 == 0 ? .memory : .place, themes: ["a b", "c&d"])
        }
        try await withServer(publications) { server in
            let query = "kind=memory&theme=a+b,c%26d&bbox=2,48,3,49&properties=title&limit=2"
            let titles = try await server.titlesOfAllPages("\(Server.items)?\(query)")
            #expect(Set(titles) == ["0", "2", "4", "6", "8"] && titles.count == 5)
        }
    }

    @Test func aCursorOfAnotherKindIsRefused() async throws {
        try await withServer(try Sample.row(5)) { server in
            let inOrder = try #require(try await server.json("\(Server.items)?limit=2").link("next"))
            let near = try #require(try await server.json("\(Server.items)?limit=2&near=2,48").link("next"))
            for address in [inOrder + "&near=2,48", near.replacing("near=2,48", with: "kind=place")] {
                let response = try await server.get(address)
                #expect(response.status == .badRequest, "\(address)")
                #expect(try JSONParser.parse(response.bytes)["parameter"] == "cursor")
            }
        }
    }

    @Test func pagingIsStableWhileOthersWrite() async throws {
        try await withServer(try Sample.row(30)) { server in
            var titles: [String] = []
            var next: String? = "\(Server.items)?limit=7"
            while let address = next {
                let page = try await server.json(address)
                titles += page["features"]?.array?.compactMap { $0["properties"]?["title"]?.text } ?? []
                next = page.link("next")
                let more = try ImportedFile.points(3, titled: "nouveau")
                try await more.bringIn(through: server.layers)
            }
            let old = titles.filter { $0 != "nouveau" }
            #expect(old.count == 30 && Set(old).count == 30)
        }
    }

    @Test func onlyThePropertiesAskedForAreSent() async throws {
        try await withServer(try Sample.mixed()) { server in
            let features = try await server.features(
                "\(Server.items)?properties=title,when,inconnu&near=2.38,48.869&limit=1")
            #expect(features.first?["properties"] == ["title": "Le bal", "when": "1987-06"])
            #expect(features.first?["distance"] == 0)
            #expect(features.first?["id"]?.text == Sample.identifier(2).description)
        }
    }

    @Test func oneItemHasItsOwnAddress() async throws {
        try await withServer(try Sample.mixed()) { server in
            let address = "\(Server.items)/\(Sample.identifier(2))"
            for query in ["", "?f=json", "?f=geojson"] {
                let item = try await server.json(address + query)
                #expect(item["type"] == "Feature" && item["id"]?.text == Sample.identifier(2).description)
                #expect(item["properties"]?["title"] == "Le bal")
                #expect(item.link("self") == address && item.link("collection") == "/collections/quartier")
            }
            #expect(try await server.get(address + "?f=csv").status == .badRequest)
        }
    }

    @Test func aLayerTellsWhereAndWhenItIs() async throws {
        try await withServer(try Sample.mixed()) { server in
            let layer = try await server.json("/collections/quartier")
            #expect(layer["id"] == "quartier" && layer["itemType"] == "feature")
            #expect(layer["extent"]?["spatial"]?["bbox"] == [[2.37, 48.86, 2.381, 48.87]])
            #expect(layer["extent"]?["temporal"]?["interval"] == [["1950-01-01T00:00:00Z", "2001-12-31T23:59:59Z"]])
            for relation in ["self", "items", "enclosure", "alternate", "describedby"] {
                let address = try #require(layer.link(relation))
                #expect(try await server.get(address).status == .ok, "\(relation)")
            }
            let list = try await server.json("/collections")
            #expect(list["collections"]?.array == [layer])
            let landing = try await server.json("/")
            for relation in ["self", "alternate", "data"] {
                let address = try #require(landing.link(relation))
                #expect(try await server.get(address).status == .ok, "\(relation)")
            }
        }
    }
}
