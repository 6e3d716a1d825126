import HTTPTypes
import HummingbirdTesting
import Testing

@testable import MapServer

@Suite struct FilterFormTests {
    @Test(
        "Two fields of years are one datetime, the earlier first and an empty one open",
        arguments: [
            ("1960", "1989", "1960/1989"), ("1989", "1960", "1960/1989"), ("1974", "1974", "1974"),
            ("", "1989", "../1989"),
            ("1960", "", "1960/.."), ("-44", "14", "-0044/0014"), ("0", "", "0000/.."),
        ])
    func twoYearsAreOneDatetime(from: String, to: String, datetime: String) throws {
        let form = try QueryParameters("kind=memory&from=\(from)&to=\(to)")
        #expect(FilterForm.tidied(form)["datetime"] == datetime)
        #expect(FilterForm.tidied(form)["from"] == nil && FilterForm.tidied(form)["kind"] == "memory")
    }

    @Test("What is no year, and fields left empty, ask for nothing")
    func emptyFieldsAskForNothing() throws {
        for query in ["from=&to=", "from=abc&to=99999", "kind=&theme=&datetime=&q=+", "from=1e3&to="] {
            #expect(FilterForm.tidied(try QueryParameters(query)).values.isEmpty, "\(query)")
        }
        let kept = try QueryParameters("datetime=1987-06-21&q=bal&utm_source=lettre")
        #expect(FilterForm.tidied(kept).text == kept.text)
    }

    @Test(
        "The fields show the years that a datetime touches",
        arguments: [
            ("1987-06-21", 1987, 1987), ("198X", 1980, 1989), ("1980/..", 1980, nil), ("../1989-03", nil, 1989),
            ("x", nil, nil),
        ] as [(String, Int64?, Int64?)])
    func fieldsShowTheYears(datetime: String, from: Int64?, to: Int64?) {
        let years = Years(datetime: datetime)
        #expect(years.from == from && years.to == to)
    }

    @Test func theFormIsOnThePageWithWhatWasAsked() async throws {
        try await withServer(try Sample.mixed()) { server in
            let page = try await server.get("/map/quartier?kind=memory&from=1980&to=1990&interface=fr").text
            #expect(page.contains(#"<input type="radio" name="kind" value="memory" checked>"#))
            #expect(!page.contains(#"value="place" checked"#))
            let two = try await server.get("/map/quartier?kind=place,memory&interface=fr").text
            #expect(two.contains(#"value="place,memory" checked"#) && two.contains("Lieu, Souvenir"))
            #expect(try await server.get("/map/quartier?kind=&theme=&q=&from=&to=").status == .ok)
            #expect(try await server.get("/map/quartier?kind=ville").status == .badRequest)
        }
    }
}
