import MapFormats
import TestSupport
import Testing

@testable import MapServer

/// The question of a request, written into the links of its answer.
@Suite struct QueryWritingTests {
    /// Letter by letter, as RFC 3986 says.
    private func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            let letter = Character(UnicodeScalar(byte))
            if letter.isASCII, letter.isLetter || letter.isNumber || "-._~,:/".contains(letter) {
                return String(letter)
            }
            let digits = String(byte, radix: 16, uppercase: true)
            return "%" + (digits.count < 2 ? "0" : "") + digits
        }.joined()
    }

    private func written(_ values: [(name: String, value: String)]) -> String {
        values.map { encoded($0.name) + "=" + encoded($0.value) }.joined(separator: "&")
    }

    @Test("However a question came, it is written in one way", arguments: [1, 2, 3] as [UInt64])
    func questionsAreWrittenInOneWay(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let pieces = [
            "a", "Z", "9", "-", ".", "_", "~", ",", ":", "/", "=", "&", "+", "%20", "%26", "%3D", "é", "%C3%A9",
        ]
        for _ in 0..<3_000 {
            let query = (0..<Int(generator.next() % 12)).map { _ in pieces[Int(generator.next() % 18)] }.joined()
            guard let parameters = try? QueryParameters(query) else { continue }
            #expect(parameters.text == written(parameters.values), "seed \(seed): \(query)")
            let others = parameters.values.filter { $0.name != "a" }
            #expect(
                parameters.replacing("a", with: "é&") == written(others + [(name: "a", value: "é&")]),
                "seed \(seed): \(query)")
            var bytes = Array("?".utf8)
            parameters.append(to: &bytes, without: "a")
            #expect(String(decoding: bytes, as: UTF8.self) == "?" + written(others), "seed \(seed): \(query)")
        }
    }

    @Test("A query falls into names and values by its signs alone")
    func queriesFallIntoPairs() throws {
        let parameters = try QueryParameters("&&a=b=c&d&=e&&f=%2B+%C3%A9&")
        #expect(parameters.values.map(\.name) == ["a", "d", "", "f"])
        #expect(parameters.values.map(\.value) == ["b=c", "", "e", "+ é"])
        #expect(try QueryParameters("").values.isEmpty)
    }

    @Test(
        "Stray percent signs and what is not UTF-8 are refused in a query",
        arguments: ["a=%", "a=%2", "a=%zz", "%=1", "a=%FF", "a=%C3", "a=%C3%28", "a=%ED%A0%80", "a=1&b=%e9"])
    func malformedQueriesAreRefused(query: String) {
        #expect(throws: WebError.self) { try QueryParameters(query) }
        #expect(PercentDecoding.segments(of: "/a/\(query)") == nil)
    }

    @Test("A path falls into segments, decoded, empty ones left out")
    func pathsFallIntoSegments() {
        #expect(PercentDecoding.segments(of: "//a/%2F/b+c/é/%C3%A9/") == ["a", "/", "b+c", "é", "é"])
        #expect(PercentDecoding.segments(of: "/") == [])
        #expect(PercentDecoding.segments(of: "") == [])
    }

    @Test("The links of a page are as they have always been, to the letter")
    func linksOfAPage() async throws {
        try await withServer(try Sample.row(3)) { server in
            let query = "limit=2&f=json&bbox=0,0,9,90&properties=a%22b"
            let text = try await server.get("\(Server.items)?\(query)").text
            let start = try #require(text.firstRange(of: #"[{"href":""#)).upperBound
            let root = text[start..<(try #require(text.firstRange(of: "/collections")).lowerBound)]
            let cursor = try #require(text.firstRange(of: "cursor=")).upperBound
            let token = text[cursor...].prefix { $0 != "\"" }
            let items = "\(root)/collections/quartier/items"
            let rest = "limit=2&bbox=0,0,9,90&properties=a%22b"
            let expected = """
                "links":[{"href":"\(items)?\(query)","rel":"self",\
                "type":"application/geo+json"},\
                {"href":"\(items)?\(rest)&f=html","rel":"alternate","type":"text/html"},\
                {"href":"\(items)?\(rest)&f=csv","rel":"alternate","type":"\(MediaType.table)"},\
                {"href":"\(items)?\(rest)&f=geojsonl","rel":"alternate","type":"\(MediaType.lines)"},\
                {"href":"\(root)/collections/quartier","rel":"collection","type":"application/json"},\
                {"href":"\(items)?\(query)&cursor=\(token)","rel":"next",\
                "type":"application/geo+json"}],"features":[
                """
            #expect(text.contains(expected), "\(text.prefix(1_500))")
        }
    }
}
