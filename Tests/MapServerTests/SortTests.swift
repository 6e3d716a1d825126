import Contributions
import Curation
import HTTPTypes
import HummingbirdTesting
import MapFormats
import SpatialDatabase
import Testing

@testable import MapServer

@Suite struct SortTests {
    private static func titles(_ query: String, _ server: Server) async throws -> [String] {
        try await server.titlesOfAllPages("\(Server.items)?\(query)")
    }

    @Test(
        "P3 features are sorted by what is asked, what lacks it last, equals by id",
        .server(
            try Sample.mixed() + [Sample.publication(6, nil, title: "le bal"), Sample.publication(7, nil, title: "")]),
        .serialized,
        arguments: [
            ("sortby=title", ["Le bal", "le bal", "Le banc", "Maison des métallos", "Nulle part", "Promenade", ""]),
            ("sortby=-title", ["Promenade", "Nulle part", "Maison des métallos", "Le banc", "le bal", "Le bal", ""]),
            ("sortby=when", ["Le banc", "Le bal", "Nulle part", "Maison des métallos", "Promenade", "le bal", ""]),
            ("sortby=-when", ["Nulle part", "Le bal", "Le banc", "Maison des métallos", "Promenade", "le bal", ""]),
            ("sortby=kind,-id", ["Le banc", "Nulle part", "Le bal", "", "le bal", "Promenade", "Maison des métallos"]),
            (
                "sortby=-kind,title,-title",
                ["le bal", "Maison des métallos", "Promenade", "", "Le bal", "Nulle part", "Le banc"]
            ),
            ("sortby=author", ["Maison des métallos", "Le bal", "Le banc", "Promenade", "Nulle part", "le bal", ""]),
            ("sortby=-id&kind=memory", ["Nulle part", "Le bal"]),
            (
                "sortby=id&bbox=2.3785,48.868,2.38,48.869&kind=place",
                ["Maison des métallos", "Promenade", "le bal", ""]
            ),
        ])
    func featuresAreSorted(query: String, expected: [String]) async throws {
        let server = try Server.shared
        #expect(try await Self.titles(query, server) == expected)
        for limit in [1, 2, 3] { #expect(try await Self.titles("\(query)&limit=\(limit)", server) == expected) }
        let plus = query.replacing("sortby=", with: query.contains("sortby=-") ? "sortby=" : "sortby=+")
        #expect(try await Self.titles(plus, server) == expected)
        #expect(try await Self.titles(plus.replacing("=+", with: "=%2B") + "&limit=2", server) == expected)
    }

    @Test(
        "P3 what cannot be sorted by is refused, with what can be", .server(), .serialized,
        arguments: ["nope", "", "title,", "--title", "+-title", "Title", "text", "title;when", "title%20", "distance"])
    func whatCannotBeSortedBy(value: String) async throws {
        let response = try await Server.shared.get("\(Server.items)?sortby=\(value)")
        #expect(response.status == .badRequest)
        let problem = try JSONParser.parse(response.bytes)
        #expect(problem["parameter"] == "sortby")
        for property in FeatureOrder.Property.allCases {
            #expect(problem["detail"]?.text?.contains(property.rawValue) == true)
        }
    }

    @Test("P3 near is an order already")
    func nearIsAnOrderAlready() async throws {
        try await withServer(try Sample.row(3)) { server in
            let response = try await server.get("\(Server.items)?near=2,48&sortby=title")
            #expect(response.status == .badRequest)
            let detail = try JSONParser.parse(response.bytes)["detail"]?.text ?? ""
            #expect(detail.contains("near") && detail.contains("sortby"))
        }
    }

    @Test("F20 a cursor of another order is refused")
    func aCursorOfAnotherOrderIsRefused() async throws {
        try await withServer(try Sample.row(5)) { server in
            func cursor(_ query: String) async throws -> String {
                let next = try await server.json("\(Server.items)?limit=2&\(query)").link("next") ?? ""
                return String(next.split(separator: "cursor=").last?.prefix { $0 != "&" } ?? "")
            }
            let questions = ["kind=place", "near=2,48", "sortby=title", "sortby=-title", "sortby=title,when"]
            for asked in questions {
                for other in questions {
                    let response = try await server.get("\(Server.items)?\(asked)&cursor=\(try await cursor(other))")
                    #expect(response.status == (asked == other ? .ok : .badRequest), "\(asked), cursor of \(other)")
                    if asked == other { continue }
                    #expect(try JSONParser.parse(response.bytes)["parameter"] == "cursor")
                }
            }
        }
    }

    @Test("F20 a cursor survives being decoded and encoded again, and another limit, in any order")
    func aCursorSurvivesAnotherClient() async throws {
        let titles = ["Été à l’œuvre + 1 % & fin", "a\u{1}b\"\\", "", "漢字", "z"]
        let publications = try titles.enumerated().map { try Sample.publication($0 + 1, nil, title: $1) }
        try await withServer(publications) { server in
            var found = try await server.features("\(Server.items)?sortby=+title,-when&limit=1")
            var next = try await server.json("\(Server.items)?sortby=+title,-when&limit=1").link("next")
            while let address = next {
                let pairs = try QueryParameters(address.split(separator: "?").last ?? "").values
                let cursor = try #require(pairs.first { $0.name == "cursor" }?.value)
                #expect(cursor.utf8.allSatisfy { 0x30...0x7A ~= $0 || $0 == 0x2D }, "\(cursor)")
                let again = pairs.filter { $0.name != "limit" }.reversed()
                    .map { "\($0.name)=\($0.value.replacing(" ", with: "+"))" }.joined(separator: "&")
                let page = try await server.json("\(Server.items)?limit=2&\(again)")
                found += page["features"]?.array ?? []
                next = page.link("next")
            }
            let expected = ["a\u{1}b\"\\", "Été à l’œuvre + 1 % & fin", "z", "漢字", ""]
            #expect(found.compactMap { $0["properties"]?["title"]?.text } == expected)
        }
    }

    @Test("F20 no cursor that was made up does harm", .server(try Sample.row(2)), .serialized, arguments: [1, 2, 3])
    func inventedCursors(seed: UInt8) async throws {
        let sound = SortKey(
            order: FeatureOrder([.init(.title), .init(.when)]), values: [.text(SortText("é")), .number(-5)],
            identifier: 7)
        let question = PageCursor.Question(layer: "quartier", try QueryParameters("sortby=title,when&limit=9"))
        let text = PageCursor.sorted(sound).text(of: question)
        #expect(PageCursor(text, of: question) == .sorted(sound))
        let server = try Server.shared
        #expect(try await server.get("\(Server.items)?sortby=title,when&cursor=\(text)").status == .ok)
        let other = "\(Server.items)?sortby=title,when&kind=place&cursor=\(text)"
        #expect(try await server.get(other).status == .badRequest)
        let bytes = sound.bytes
        for place in bytes.indices {
            #expect(SortKey(bytes: bytes[..<place]) == nil, "cut at \(place)")
            var changed = bytes
            changed[place] ^= seed
            if let key = SortKey(bytes: changed[...]) { #expect(key.bytes == changed, "changed at \(place)") }
        }
        #expect(SortKey(bytes: (bytes + [0])[...]) == nil)
    }

    @Test("F20 a sorted layer is paged through while others write, none twice and none lost")
    func pagingIsStableWhileOthersWrite() async throws {
        try await withServer(try Sample.row(30)) { server in
            var titles: [String] = []
            var next: String? = "\(Server.items)?sortby=-title&limit=7"
            while let address = next {
                let page = try await server.json(address)
                titles += page["features"]?.array?.compactMap { $0["properties"]?["title"]?.text } ?? []
                next = page.link("next")
                try await ImportedFile.points(3, titled: "15 nouveau").bringIn(through: server.layers)
            }
            let old = titles.filter { $0 != "15 nouveau" }
            #expect(old == (0..<30).map(String.init).sorted(by: >))
            #expect(titles.count > 30, "none of the new ones was met on the way")
        }
    }
}
