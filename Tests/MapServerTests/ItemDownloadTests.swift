import HTTPTypes
import HummingbirdTesting
import MapFormats
import SpatialDatabase
import Testing

@testable import MapServer

/// Items as a table and one a line: whole without `limit`, page by page with it (F26).
@Suite struct ItemDownloadTests {
    private static let link = HTTPField.Name("Link")!  // a token
    private static let matched = HTTPField.Name("OGC-NumberMatched")!  // a token
    private static let returned = HTTPField.Name("OGC-NumberReturned")!  // a token

    /// The target of a link of the header, without our own origin.
    private func target(_ relation: String, _ response: TestResponse, type: String? = nil) -> String? {
        for item in (response.headers[Self.link] ?? "").split(separator: ", <") {
            guard item.contains("rel=\"\(relation)\""), type.map({ item.contains("type=\"\($0)\"") }) ?? true else {
                continue
            }
            let address = item.drop { $0 == "<" }.prefix { $0 != ">" }
            return address.dropFirst("http://".count).firstIndex(of: "/").map { String(address[$0...]) }
        }
        return nil
    }

    private func lines(_ response: TestResponse) -> [String] {
        response.text.split(whereSeparator: \.isNewline).map(String.init)
    }

    /// Every page from an address on, by the links of the header.
    private func pages(_ address: String, _ server: Server) async throws -> [TestResponse] {
        var pages: [TestResponse] = []
        var next: String? = address
        while let address = next, pages.count < 200 {
            let page = try await server.get(address)
            #expect(page.status == .ok, "\(address) \(page.text.prefix(200))")
            pages.append(page)
            next = target("next", page)
        }
        return pages
    }

    @Test(
        "Without a limit all is sent, as in the export", .server(try Sample.row(1_203)), .serialized,
        arguments: ["csv", "geojsonl"])
    func withoutALimitAllIsSent(form: String) async throws {
        let server = try Server.shared
        let export = try await server.get("/exports/quartier.\(form)")
        let all = try await server.get("\(Server.items)?f=\(form)")
        // A file on its own says whom to thank, besides.
        let thanks = [",\"attribution\":\"quartier\"}}\n", ",quartier\r\n", ",attribution\r\n"]
        let alone = zip(thanks, ["}}\n", "\r\n", "\r\n"]).reduce(export.text) { $0.replacing($1.0, with: $1.1) }
        #expect(all.text == alone && all.bytes != export.bytes && all.mediaType == export.mediaType)
        for response in [all, export] {
            #expect(response.headers[Self.matched] == "1203" && response.headers[Self.returned] == "1203")
            #expect(target("next", response) == nil)
            #expect(target("collection", response) == "/collections/quartier")
        }
        #expect(all.headers[.contentDisposition] == "attachment; filename=\"quartier.\(form)\"")
        #expect(target("self", all) == "\(Server.items)?f=\(form)")
        #expect(target("alternate", all, type: "application/geo+json") == "\(Server.items)?f=geojson")
        #expect(target("alternate", all, type: "text/html") == "\(Server.items)?f=html")
        let packed = try await server.get("\(Server.items)?f=\(form)", [.acceptEncoding: "gzip"])
        #expect(try gunzip(packed.bytes) == all.bytes)
    }

    @Test(
        "The pages together are all there is, and each table has its header", .server(try Sample.mixed()), .serialized,
        arguments: [1, 2, 5, 100])
    func thePagesTogetherAreAll(limit: Int) async throws {
        let server = try Server.shared
        let all = lines(try await server.get("\(Server.items)?f=geojsonl"))
        let pages = try await pages("\(Server.items)?f=geojsonl&limit=\(limit)", server)
        #expect(pages.flatMap(lines) == all && all.count == 5)
        #expect(pages.dropLast().allSatisfy { $0.headers[Self.returned] == String(limit) })
        #expect(pages.allSatisfy { $0.headers[Self.matched] == "5" })
        let table = lines(try await server.get("\(Server.items)?f=csv"))
        let tables = try await self.pages("\(Server.items)?f=csv&limit=\(limit)", server).map(lines)
        #expect(tables.allSatisfy { $0.first == table.first })
        #expect(tables.flatMap { $0.dropFirst() } == Array(table.dropFirst()))
        // From a cursor without a limit, the rest.
        if let next = target("next", pages[0]) {
            let rest = try await server.get(next.replacing("limit=\(limit)&", with: ""))
            #expect(lines(rest) == Array(all.dropFirst(limit)))
            #expect(rest.headers[Self.returned] == String(5 - limit) && rest.headers[Self.matched] == nil)
        }
    }

    @Test("Accept asks for them too", .server(try Sample.mixed()))
    func acceptAsksToo() async throws {
        let server = try Server.shared
        for (accept, type) in [
            ("text/csv", "text/csv; charset=utf-8"), ("application/x-ndjson", "application/x-ndjson"),
            ("text/csv;q=0.5, application/geo+json", "application/geo+json"), ("*/*", "application/geo+json"),
            ("application/json", "application/geo+json"), ("text/*", "text/html; charset=utf-8"),
        ] {
            #expect(try await server.get(Server.items, [.accept: accept]).mediaType == type, "\(accept)")
        }
        let tags = try await [
            server.get(Server.items, [.accept: "text/csv"]),
            server.get(Server.items, [.accept: "application/x-ndjson"]),
        ].map { $0.headers[.eTag] }
        #expect(tags[0] != tags[1] && tags[0]?.hasPrefix("\"") == true)
    }

    @Test(
        "Near sorts by distance and is paged", .server(try Sample.row(230)), .serialized,
        arguments: ["geojsonl", "csv"])
    func nearSortsByDistance(form: String) async throws {
        let server = try Server.shared
        let question = "near=2.40,48.868"
        let wanted = try await server.titlesOfAllPages("\(Server.items)?\(question)&limit=1000")
        let pages = try await pages("\(Server.items)?f=\(form)&\(question)", server)
        #expect(pages.map { $0.headers[Self.returned] } == ["100", "100", "30"])
        let found = try pages.flatMap { page in
            try form == "csv"
                ? lines(page).dropFirst().map { String($0.split(separator: ",", omittingEmptySubsequences: false)[4]) }
                : lines(page).map { try JSONParser.parse(Array($0.utf8))["properties"]?["title"]?.text ?? "" }
        }
        #expect(found == wanted)
        let first = lines(pages[0])
        if form == "csv" {
            #expect(first[0].hasSuffix(",distance"))
            #expect(Double(first[1].split(separator: ",").last ?? "") != nil)
        } else {
            #expect(try JSONParser.parse(Array(first[0].utf8))["distance"]?.double != nil)
        }
    }

    @Test(
        "Lines may stand in another reference system, which the header names; a table may not",
        .server(try Sample.mixed()))
    func linesMayStandInAnotherSystem() async throws {
        let server = try Server.shared
        let uri = "http://www.opengis.net/def/crs/EPSG/0/2154"
        let name = try #require(HTTPField.Name("Content-Crs"))
        let lambert = try await server.get("\(Server.items)?f=geojsonl&crs=\(uri)")
        #expect(lambert.headers[name] == "<\(uri)>")
        let page = try await server.features("\(Server.items)?crs=\(uri)")
        #expect(try lines(lambert).map { try JSONParser.parse(Array($0.utf8)) } == page)
        let paged = try await server.get("\(Server.items)?f=geojsonl&crs=\(uri)&limit=5")
        #expect(paged.bytes == lambert.bytes && paged.headers[name] == "<\(uri)>")
        #expect(try await server.get("\(Server.items)?f=csv").headers[name]?.hasSuffix("CRS84>") == true)
        let refused = try await server.get("\(Server.items)?f=csv&crs=\(uri)")
        #expect(refused.status == .badRequest)
        #expect(try JSONParser.parse(refused.bytes)["parameter"] == "crs")
    }

    @Test("Conditions narrow and properties choose, as on pages of GeoJSON", .server(try Sample.mixed()))
    func conditionsNarrow() async throws {
        let server = try Server.shared
        for question in ["kind=memory", "q=bal", "bbox=2.3785,48.868,2.38,48.869", "theme=f%C3%AAte&datetime=1987"] {
            let wanted = try await server.features("\(Server.items)?\(question)")
            let found = try await server.get("\(Server.items)?f=geojsonl&\(question)")
            #expect(try lines(found).map { try JSONParser.parse(Array($0.utf8)) } == wanted, "\(question)")
            #expect(found.headers[Self.matched] == String(wanted.count))
        }
        let chosen = try await server.get("\(Server.items)?f=geojsonl&properties=title&q=bal")
        #expect(try JSONParser.parse(Array(lines(chosen)[0].utf8))["properties"] == ["title": "Le bal"])
        let table = lines(try await server.get("\(Server.items)?f=csv&properties=title,kind"))
        #expect(table[0] == "id,lon,lat,geometry,kind,title" && table.count == 6)
        #expect(
            lines(try await server.get("\(Server.items)?f=csv&properties=title&limit=1"))[0]
                == "id,lon,lat,geometry,title")
        let near = lines(try await server.get("\(Server.items)?f=csv&properties=nothing&near=2,48&limit=1"))
        #expect(near[0] == "id,lon,lat,geometry,distance" && near[1].split(separator: ",").last?.contains(".") == true)
        for bad in ["limit=0", "kind=chose", "cursor=x", "bbox=1", "radius=5"] {
            #expect(try await server.get("\(Server.items)?f=csv&\(bad)").status == .badRequest, "\(bad)")
        }
    }

    @Test("A GeoJSON page names the same page in every form", .server(try Sample.row(130)))
    func aPageNamesItsOtherForms() async throws {
        let server = try Server.shared
        let page = try await server.json("\(Server.items)?kind=place")
        let alternates = page["links"]?.array?.filter { $0["rel"] == "alternate" } ?? []
        #expect(alternates.compactMap { $0["type"]?.text } == ["text/html", "text/csv", "application/x-ndjson"])
        let lines = try #require(alternates.last?["href"]?.text?.split(separator: "/collections").last)
        let same = try await server.get("/collections\(lines)")
        #expect(self.lines(same).count == 100 && page["features"]?.array?.count == 100)
        #expect(target("next", same) != nil)
    }

    @Test("An empty layer is an empty file", .server())
    func anEmptyLayer() async throws {
        let server = try Server.shared
        let lines = try await server.get("\(Server.items)?f=geojsonl")
        #expect(lines.status == .ok && lines.bytes.isEmpty && lines.headers[Self.returned] == "0")
        #expect(try await server.get("\(Server.items)?f=csv&limit=3").text.hasPrefix("id,lon,lat,kind"))
    }
}
