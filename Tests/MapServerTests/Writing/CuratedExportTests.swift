import Contributions
import Curation
import HTTPTypes
import HummingbirdTesting
import MapFormats
import TestSupport
import Testing

@testable import MapServer

/// The export for those who look after a layer: what waits is in it, marked, and in nothing that is public.
@Suite struct CuratedExportTests {
    private static let address = "/moderation/fabrique/export"
    private static let secretive = "Quartzophone"

    private func features(_ fabrique: Fabrique) async throws -> [JSONValue] {
        let response = try await fabrique.server.get("\(Self.address).geojson", fabrique.curators)
        #expect(response.headers[.cacheControl] == "private, no-store")
        #expect(response.header("X-Robots-Tag") == "noindex")
        return try JSONParser.parse(response.bytes)["features"]?.array ?? []
    }

    @Test func whatWaitsIsInItAndInNothingThatIsPublic() async throws {
        try await withFabrique { fabrique async throws -> Void in
            let given = try await fabrique.contribute(Fabrique.body(title: Self.secretive))
            _ = try await fabrique.published(Fabrique.body(title: "Le four"))
            for ending in ["geojson", "csv"] {
                let text = try await fabrique.server.get("\(Self.address).\(ending)", fabrique.curators).text
                #expect(text.contains(Self.secretive) && text.contains("Le four"), "\(ending): \(text)")
            }
            #expect(try await showing(fabrique).isEmpty)
            try await fabrique.decide("publish", given)
            // Archives and files of GDAL hide words in their own ways; those of lines of text do not.
            #expect(try await showing(fabrique).isSuperset(of: ["geojson", "geojsonl", "csv", "kml", "gpx"]))
        }
    }

    /// The formats of public exports in which the word stands; of those that this machine can write.
    private func showing(_ fabrique: Fabrique) async throws -> Set<String> {
        var found: Set<String> = []
        for ending in ExportFormat.allCases.map(\.rawValue) + FileFormat.allCases.map(\.rawValue) {
            let response = try await fabrique.server.get("/exports/fabrique.\(ending)", fabrique.curators)
            let (bytes, word) = (response.bytes, Array(Self.secretive.utf8))
            let places = bytes.indices.dropLast(min(word.count, bytes.count))
            if places.contains(where: { bytes[$0] == word[0] && bytes[$0...].starts(with: word) }) {
                found.insert(ending)
            }
        }
        return found
    }

    @Test func eachSaysHowItStandsAndOthersAreNotInIt() async throws {
        try await withFabrique { fabrique async throws -> Void in
            let pending = try await fabrique.contribute(Fabrique.body(title: "pending"))
            let published = try await fabrique.published(Fabrique.body(title: "published"))
            let asked = try await fabrique.contribute(Fabrique.body(title: "asked"))
            try await fabrique.decide("ask", asked, more: #","question":"Quand ?""#)
            let rejected = try await fabrique.contribute(Fabrique.body(title: "rejected"))
            try await fabrique.decide("reject", rejected)
            let hidden = try await fabrique.published(Fabrique.body(title: "hidden"))
            try await fabrique.decide("hide", hidden)
            let erased = try await fabrique.contribute(Fabrique.body(title: "erased"))
            try await fabrique.decide("erase", erased)
            let withdrawn = try await fabrique.contribute(Fabrique.body(title: "withdrawn"))
            _ = try await fabrique.send(.delete, withdrawn.address, nil, withdrawn.bearer)
            _ = try await fabrique.contribute(
                #"{"type":"Feature","geometry":null,"properties":{"title":"child","consent":true,"precision":"none","age_band":"under-15"}}"#
            )
            // A change waits for its review; what stands meanwhile is what is published.
            _ = try await fabrique.send(
                .patch, published.address, #"{"properties":{"text":"Changé"}}"#, published.bearer)
            // What was hidden and is contested is in the queue, and is for the desk all the same.
            _ = try await fabrique.send(.patch, hidden.address, #"{"answer":"Pourquoi ?"}"#, hidden.bearer)
            #expect(try await fabrique.queue().count == 3)
            let found = try await features(fabrique)
            #expect(found.count == 3)
            for feature in found { #expect(feature["properties"]?["state"] == feature["properties"]?["title"]) }
            let ids = Set(found.compactMap { $0["id"]?.text })
            #expect(ids == [pending.identifier, asked.identifier, published.identifier])
            #expect(found.allSatisfy { $0["properties"]?["text"] != "Changé" })
        }
    }

    @Test func whatWaitsShowsAsInTheQueueAndWhatIsPublishedAsInPublic() async throws {
        try await withFabrique { fabrique async throws -> Void in
            for level in ["about", "wide", "none", "exact"] {
                let body = Fabrique.body(title: level, more: #","precision":"\#(level)""#)
                _ = try await fabrique.contribute(body)
                _ = try await fabrique.published(body)
            }
            let queue = try await fabrique.queue().compactMap { $0["feature"] }
            let shown = try await fabrique.server.json("/exports/fabrique.geojson")["features"]?.array ?? []
            let found = try await features(fabrique)
            #expect(queue.count == 4 && shown.count == 4 && found.count == 8)
            for (state, expected) in [("pending", queue), ("published", shown)] {
                let marked = found.filter { $0["properties"]?["state"]?.text == state }
                #expect(Set(marked.map { Self.unmarked($0) }) == Set(expected.map { Self.unmarked($0) }))
            }
            #expect(
                found.allSatisfy {
                    Set($0.object?.members.map(\.name) ?? []) == ["type", "id", "geometry", "properties"]
                })
        }
    }

    /// Its text without the mark.
    private static func unmarked(_ feature: JSONValue) -> String {
        guard var members = feature.object, var properties = members["properties"]?.object else { return "" }
        properties["state"] = nil
        members["properties"] = .object(properties)
        return JSONWriter.text(of: .object(members))
    }

    @Test func aSpreadsheetRunsNothingOfIt() async throws {
        try await withFabrique { fabrique async throws -> Void in
            _ = try await fabrique.contribute(Fabrique.body(title: "=1+1", text: "@SUM(A1)"))
            let text = try await fabrique.server.get("\(Self.address).csv", fabrique.curators).text
            #expect(text.contains("'=1+1 ± 200 m") && text.contains("'@SUM(A1)") && !text.contains(",=1"))
            #expect(text.split(separator: "\r\n").first?.contains(",state") == true, "\(text)")
        }
    }

    @Test func thousandsComePageByPageEachOnce() async throws {
        try await withFabrique { fabrique async throws -> Void in
            _ = try await fabrique.published()
            try fabrique.temporary.tamper(Self.rows)
            let found = try await features(fabrique)
            #expect(found.count == 1_202)
            #expect(Set(found.compactMap { $0["id"]?.text }).count == 1_202)
            let states = Dictionary(grouping: found) { $0["properties"]?["state"]?.text ?? "" }.mapValues(\.count)
            #expect(states == ["pending": 801, "asked": 400, "published": 1])
        }
    }

    private static let rows = """
        WITH RECURSIVE counter (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counter WHERE n < 1201)
        INSERT INTO contribution (number, public_id, layer, state, kind, title, text, themes, precision, cell, properties)
        SELECT 1000 + n, randomblob(16), (SELECT number FROM layer), iif(n % 3 = 0, 'asked', 'pending'), 1, 'Bal ' || n, '',
               '', 'about', 'CRS3035RES200mN2890400E3762800', '{}' FROM counter
        """
}
