import Foundation
import HTTPTypes
import HummingbirdTesting
import MapFormats
import Testing

@testable import MapServer

/// Codes on their way to a wall.
@Suite struct PrintTests {
    private static let known = MapServerConfiguration(port: 0, publicURL: "https://lieu.example")

    private func image(_ ending: String, _ wall: Wall, code: String? = nil, _ fabrique: Fabrique) async throws
        -> TestResponse
    {
        try await fabrique.send(
            .post, "\(wall.codes)/\(wall.identifier)/code.\(ending)", #"{"code":"\#(code ?? wall.code)"}"#,
            fabrique.asCurator)
    }

    private func sheets(_ walls: [Wall], _ fabrique: Fabrique) async throws -> TestResponse {
        let codes = walls.map {
            #"{"point":"\#($0.point.identifier)","id":"\#($0.identifier)","code":"\#($0.code)"}"#
        }
        return try await fabrique.send(
            .post, "/moderation/fabrique/sheets", #"{"codes":[\#(codes.joined(separator: ","))]}"#, fabrique.asCurator)
    }

    @Test func whoBringsTheCodeHasItsImagesAndNobodyElse() async throws {
        try await withFabrique(configuration: Self.known) { fabrique in
            let (wall, other) = (try await fabrique.wall(), try await fabrique.wall())
            let drawing = try await image("svg", wall, fabrique)
            #expect(drawing.status == .ok && drawing.mediaType == "image/svg+xml")
            #expect(drawing.headers[.cacheControl] == "private, no-store")
            let expected = try #require(QRCode("https://lieu.example/e/\(wall.code)"))
            #expect(drawing.text == expected.svg)
            let picture = try await image("png", wall, code: wall.code.lowercased(), fabrique)
            #expect(picture.mediaType == "image/png" && picture.bytes == expected.png)
            for code in [other.code, "7K3M-0QXA-T9ZD"] {
                #expect(try await image("svg", wall, code: code, fabrique).status == .notFound, "control: another code")
            }
            #expect(try await image("png", wall, code: "nothing", fabrique).pointers == ["/code"])
            let address = "\(wall.codes)/\(wall.identifier)/code.svg"
            #expect(try await fabrique.send(.post, address, #"{"code":"\#(wall.code)"}"#).status == .unauthorized)
            #expect(try await fabrique.send(.get, address, nil, fabrique.asCurator).status == .methodNotAllowed)
            _ = try await fabrique.send(.post, "\(wall.codes)/\(wall.identifier)/reissue", nil, fabrique.asCurator)
            #expect(try await image("svg", wall, fabrique).status == .notFound, "a dead code is not printed")
        }
    }

    @Test func onePrintHoldsASheetForEachPointOfTheLayer() async throws {
        try await withFabrique(configuration: Self.known) { fabrique in
            let first = try await fabrique.wall(title: "Le <banc> & l’eau")
            let second = try await fabrique.published(Fabrique.pointBody(title: "La porte"))
            _ = try await fabrique.contribute(Fabrique.pointBody(title: "Pas encore"))
            _ = try await fabrique.published()
            let issued = try await fabrique.send(
                .post, "/moderation/fabrique/codes", #"{"label":"affiche"}"#, fabrique.asCurator)
            let codes = try #require(try JSONParser.parse(issued.bytes)["codes"]?.array)
            #expect(issued.status == .created && codes.count == 1, "only the public point without a code")
            #expect(codes[0]["point"]?.text == second.identifier && codes[0]["title"] == "La porte")
            #expect(
                codes[0]["label"] == "affiche" && codes[0]["link"]?.text?.hasPrefix("https://lieu.example/e/") == true)
            let new = Wall(
                point: second, identifier: try #require(codes[0]["id"]?.text),
                code: try #require(codes[0]["code"]?.text))
            #expect(try await fabrique.arrive(new).status == .ok)
            let page = try await sheets([first, new], fabrique)
            #expect(page.status == .ok && page.mediaType == "text/html; charset=utf-8")
            let drawn = try #require(QRCode("https://lieu.example/e/\(first.code)"))
            for piece in [
                "Le &lt;banc&gt; &amp; l’eau", "La porte", first.code, new.code, "lieu.example/e/", drawn.path,
            ] { #expect(page.text.contains(piece), "\(piece)") }
            #expect(page.text.components(separatedBy: "<article").count == 3 && !page.text.contains("<banc>"))
            let again = try await fabrique.send(
                .post, "/moderation/fabrique/codes", #"{"points":"all"}"#, fabrique.asCurator)
            #expect(try JSONParser.parse(again.bytes)["codes"]?.array?.count == 2)
            #expect(try await fabrique.arrive(first).status == .ok, "what is on the wall goes on opening")
            #expect(
                try await sheets([Wall(point: first.point, identifier: first.identifier, code: new.code)], fabrique)
                    .status == .notFound)
        }
    }

    @Test(
        "nothing is printed that leads nobody here, and the refusal says what to set",
        arguments: [
            nil, "http://127.0.0.1:8080", "http://localhost", "https://a.localhost", "http://[::1]:8080",
            "http://0.0.0.0",
        ]
    )
    func unprintable(address: String?) async throws {
        try await withFabrique(configuration: MapServerConfiguration(port: 0, publicURL: address)) { fabrique in
            let wall = try await fabrique.wall()
            for refused in [
                try await image("svg", wall, fabrique), try await image("png", wall, fabrique),
                try await sheets([wall], fabrique),
                try await fabrique.send(.post, "/moderation/fabrique/codes", "{}", fabrique.asCurator),
            ] {
                #expect(refused.status == .conflict && refused.code == "NoPublicAddress")
                #expect(refused.text.contains("LIEUDIT_PUBLIC_URL"))
            }
            #expect(try fabrique.count("encounter_code") == 1, "no code is made in vain")
        }
    }
}
