import Contributions
import Curation
import Foundation
import HTTPTypes
import HummingbirdTesting
import MapFormats
import SpatialDatabase
import Testing

/// Properties of features as query parameters: equality, and nothing that only looks like it.
@Suite struct FilterTests {
    /// Free properties and texts that would pass for languages and authors if one looked at bytes only.
    private static func told() throws -> [Publication] {
        func one(
            _ number: Int, _ title: String, text: String = "", when: String? = nil, lang: String? = nil,
            author: String? = nil, licence: String? = nil, free: (name: String, json: String)? = nil
        ) throws -> Publication {
            let members = free.map { [FreeProperties.Member(name: $0.name, json: $0.json)] } ?? []
            return try PublishedFeature.publication(
                of: Contribution(
                    title: title, text: text, when: when.map { try ExtendedDate($0) }, language: lang, author: author,
                    licence: licence, geometry: number == 5 ? nil : Sample.point(2.3 + Double(number) / 100, 48.868),
                    properties: FreeProperties(members: members, json: "{}")),
                identifier: Sample.identifier(number))
        }
        return [
            try one(1, "un", when: "1987", lang: "fr", author: "Zoé", licence: "CC-BY-4.0"),
            try one(2, "deux", lang: "en", author: "Zoe\u{301}", licence: "CC0-1.0"),
            try one(3, #"x","lang":"fr"#, text: #"{"lang":"fr","author":"Zoé"}"#, when: "1987-06"),
            try one(4, "quatre", author: "Zoé, 8 ans", free: ("sub", #"{"lang":"fr","author":"Zoé"}"#)),
            try one(5, "Rue, été", lang: "FR", free: ("langs", #"["fr",{"lang":"fr"}]"#)),
            try one(6, "six", lang: "fr-CA", author: #"\"#, free: ("author\" ", #""Zoé""#)),
        ]
    }

    @Test(
        "F17 a property narrows by equality, and by all other conditions", .server(try told()), .serialized,
        arguments: [
            ("lang=fr", [1]), ("lang=fr,en", [1, 2]), ("lang=de", []), ("lang=FR", [5]), ("lang=f", []),
            ("author=Zo%C3%A9", [1, 2]), ("author=Zoe%CC%81", [1, 2]), ("author=Zoe", []), ("author=zo%C3%A9", []),
            ("author=Zo%C3%A9,%208%20ans", [4]), ("author=Zo%C3%A9,x", []), ("author=%5C", [6]),
            ("title=Rue,%20%C3%A9t%C3%A9", [5]), ("title=Rue,+e%CC%81te%CC%81", [5]), ("title=un,deux", []),
            ("title=x%22,%22lang%22:%22fr", [3]), ("when=1987", [1]), ("when=1987,1987-06", [1, 3]),
            ("licence=CC-BY-4.0", [1]), ("licence=CC0-1.0,CC-BY-4.0", [1, 2]), ("precision=none", [5]),
            ("precision=exact,none", [1, 2, 3, 4, 5, 6]), ("precision=about", []),
            ("lang=fr,en&author=Zo%C3%A9&licence=CC0-1.0", [2]), ("lang=fr&datetime=1990", []),
            ("lang=fr,en&bbox=2.315,48,3,49", [2]), ("lang=FR&bbox=-10,-10,0,0", [5]), ("kind=memory&lang=fr", []),
            ("author=Zo%C3%A9&near=2.32,48.868&radius=100", [2]), ("q=six&lang=fr-CA", [6]),
        ])
    func propertiesNarrow(query: String, expected: [Int]) async throws {
        let server = try Server.shared
        let found = try await server.features("\(Server.items)?\(query)").compactMap { $0["id"]?.text }
        #expect(Set(found) == Set(expected.map { Sample.identifier($0).description }), "\(query)")
        #expect(found.count == expected.count)
        let page = try await server.get("/map/quartier?\(query)")
        #expect(page.status == .ok)
        if query.contains("bbox") || query.contains("near") { return }
        let lines = try await server.get("/exports/quartier.geojsonl?\(query)").text.split(separator: "\n")
        #expect(lines.count == expected.count, "the export for \(query)")
    }

    @Test(
        "F18 a value that no property can have is refused", .server(), .serialized,
        arguments: ["lang=", "lang=fr,", "when=,", "licence=a,,b", "title=", "author=", "precision=fine", "precision="])
    func anImpossibleValueIsRefused(query: String) async throws {
        for address in [Server.items, "/exports/quartier.csv"] {
            let response = try await Server.shared.get("\(address)?\(query)")
            #expect(response.status == .badRequest, "\(query)")
            #expect(
                try JSONParser.parse(response.bytes)["parameter"]?.text == String(query.prefix { $0 != "=" }))
        }
    }

    @Test(
        "F18 tiles take kind, theme, datetime and words, and no other property", .server(), .serialized,
        arguments: ["/xyz/quartier/0/0/0.mvt", "/tiles/WebMercatorQuad/0/0/0", "/xyz/quartier.json"])
    func tilesTakeNoOtherProperty(address: String) async throws {
        for name in ["lang", "title", "sortby"] {
            let response = try await Server.shared.get("\(address)?\(name)=title")
            #expect(response.status == .badRequest, "\(name)")
            #expect(try JSONParser.parse(response.bytes)["parameter"]?.text == name)
        }
        #expect(try await Server.shared.get("\(address)?kind=place,memory").status == .ok)
    }

    @Test("F20 the pages of a filtered layer are its selection, and an empty layer has none")
    func pagesOfAFilteredLayer() async throws {
        try await withServer(try Self.told()) { server in
            let titles = try await server.titlesOfAllPages("\(Server.items)?limit=1&author=Zo%C3%A9&precision=exact")
            #expect(Set(titles) == ["un", "deux"] && titles.count == 2)
        }
        try await withServer { server in
            for query in ["lang=fr", "sortby=-title", "sortby=when&lang=fr&limit=1"] {
                let page = try await server.json("\(Server.items)?\(query)")
                #expect(page["numberReturned"] == 0 && page["features"] == [] && page.link("next") == nil)
            }
        }
    }

    @Test("P1 one feature too is sent with those properties only that are asked for")
    func propertiesOfOneFeature() async throws {
        try await withServer(try Self.told()) { server in
            let address = "\(Server.items)/\(Sample.identifier(1))"
            let item = try await server.json("\(address)?properties=lang,title,inconnu")
            #expect(item["properties"] == ["title": "un", "lang": "fr"])
            #expect(item["geometry"]?["type"] == "Point" && item["id"]?.text == Sample.identifier(1).description)
            #expect(item.link("self") == "\(address)?properties=lang,title,inconnu")
            let projected = try await server.json(
                "\(address)?properties=kind&crs=http://www.opengis.net/def/crs/EPSG/0/2154")
            #expect(projected["properties"] == ["kind": "place"])
            for wrong in ["properties=", "properties=a,,b"] {
                let response = try await server.get("\(address)?\(wrong)")
                #expect(response.status == .badRequest)
                #expect(try JSONParser.parse(response.bytes)["parameter"] == "properties")
            }
        }
    }
}
