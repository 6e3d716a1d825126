import Contributions
import Foundation
import HTTPTypes
import HummingbirdTesting
import MapFormats
import NIOCore
import SpatialDatabase
import TestSupport
import Testing

@testable import MapServer

/// What is refused of what people send: with which words, and without a trace.
@Suite struct RefusalTests {
    private static func feature(
        _ properties: String, geometry: String = #"{"type":"Point","coordinates":[2.38,48.87]}"#
    )
        -> String
    {
        #"{"type":"Feature","geometry":\#(geometry),"properties":{\#(properties)}}"#
    }

    private static let nested = String(repeating: "[", count: 16) + String(repeating: "]", count: 16)

    /// A body, the members at fault, and a word of the French sentence.
    private static let table: [(String, [String], String)] = [
        (
            feature(#""title":"a","consent":true"#, geometry: #"{"type":"LineString","coordinates":[[0,0],[1,1]]}"#),
            ["/geometry/type"], "point"
        ),
        (feature(#""title":"a""#), ["/properties/consent"], "accord"),
        (feature(#""title":"a","consent":false"#), ["/properties/consent"], "accord"),
        (feature(#""title":"a","consent":"true""#), ["/properties/consent", "/properties/consent"], ""),
        (feature(#""consent":true"#), ["/properties/title"], ""),
        (feature(#""title":"   ","text":"","consent":true"#), ["/properties/title"], ""),
        (
            feature(#""text":"\#(String(repeating: "é", count: 5_001))","consent":true"#), ["/properties/text"],
            "5001"
        ),
        (feature(#""title":"a","consent":true,"inconnu":1"#), ["/properties/inconnu"], ""),
        (feature(#""title":"a","consent":true,"a/b~c":1"#), ["/properties/a~1b~0c"], ""),
        (feature(#""title":"a\u0000b","consent":true"#), ["/properties/title"], "signe"),
        (feature(#""title":"a","text":"a\u0007b","consent":true"#), ["/properties/text"], "signe"),
        (feature(#""title":"a\u202eb","consent":true"#), ["/properties/title"], "sens"),
        (feature(#""title":"a","text":"a\u202eb","consent":true"#), ["/properties/text"], "sens"),
        (feature(#""title":"a\u200bb","consent":true"#), ["/properties/title"], "invisible"),
        (feature(#""title":"a","author":"\u3164","consent":true"#), ["/properties/author"], "invisible"),
        (feature(#""title":"a","theme":["b\u2060"],"consent":true"#), ["/properties/theme"], "invisible"),
        (feature(#""title":"a","when":"hier","consent":true"#), ["/properties/when"], "1974"),
        (feature(#""title":"a","lang":"?","consent":true"#), ["/properties/lang"], "langue"),
        (feature(#""title":"a","kind":"chose","consent":true"#), ["/properties/kind"], "memory"),
        (feature(#""title":"a","precision":"fine","consent":true"#), ["/properties/precision"], "about"),
        (feature(#""title":"a","age_band":"12","consent":true"#), ["/properties/age_band"], "under-15"),
        (feature(#""title":"a","consent":true,"consents":{"autre":true}"#), ["/properties/consents/autre"], ""),
        (feature(#""title":"a","consent":true,"consents":{"licence":"MIT"}"#), ["/properties/consents/licence"], ""),
        (feature(#""title":"a","consent":true,"invitation":"court""#), ["/properties/invitation"], "douze"),
        (feature(#""title":["a"],"consent":true"#), ["/properties/title"], ""),
        (
            feature(#""title":"a","consent":true"#, geometry: #"{"type":"Point","coordinates":[2.38,98]}"#),
            ["/geometry/coordinates"], ""
        ),
        (
            feature(#""title":"a","consent":true"#, geometry: #"{"type":"Point","coordinates":[]}"#),
            ["/geometry/coordinates"], ""
        ),
        (feature(#""title":"a","precision":"about","consent":true"#, geometry: "null"), ["/geometry"], ""),
        (#"{"type":"Feature","properties":{"title":"a","consent":true}}"#, ["/geometry"], ""),
        (
            #"{"type":"FeatureCollection","geometry":{"type":"Point","coordinates":[2,48]},"properties":{"title":"a","consent":true}}"#,
            ["/type"], ""
        ),
        ("[]", [""], ""), ("7", [""], ""),
        (
            #"{"type":"Feature","geometry":{"type":"Point","coordinates":[2,48]},"properties":[]}"#,
            ["/properties", "/properties/consent", "/properties/title"], ""
        ),
        (
            feature(
                #""title":"a","theme":["\#((0..<60).map(String.init).joined(separator: #"",""#))"],"consent":true"#),
            ["/properties/theme"], "60"
        ),
    ]

    @Test func whatIsWrongIsSaidMemberByMemberInBothLanguagesAndNothingIsKept() async throws {
        try await withFabrique { fabrique async throws -> Void in
            for (body, pointers, word) in Self.table {
                let french = try await fabrique.post(body, [.acceptLanguage: "fr-FR,fr;q=0.9,en;q=0.5"])
                #expect(french.status == .unprocessableContent, "\(body): \(french.text)")
                #expect(french.mediaType == "application/problem+json" && french.headers[.contentLanguage] == "fr")
                #expect(try Set(french.pointers).isSubset(of: pointers) && !french.pointers.isEmpty, "\(body)")
                #expect(word.isEmpty || french.text.contains(word), "\(body): \(french.text)")
                let english = try await fabrique.post(body, [.acceptLanguage: "en"])
                #expect(english.headers[.contentLanguage] == "en" && english.text != french.text, "\(body)")
                #expect(try english.pointers == french.pointers)
            }
            #expect(try fabrique.count() == 0 && fabrique.count("consent") == 0 && fabrique.count("receipt") == 0)
            // The same connection goes on.
            #expect(try await fabrique.post().status == .created)
        }
    }

    @Test func whatIsNoJSONIsRefused() async throws {
        try await withFabrique { fabrique async throws -> Void in
            for body in ["", "{", "\u{FEFF}{}", "{\"a\":\(Self.nested)}", "nul", "{} {}"] {
                let response = try await fabrique.post(body)
                #expect(response.status == .badRequest && response.code == "InvalidBody", "\(body): \(response.text)")
            }
            #expect(try fabrique.count() == 0)
        }
    }

    @Test func aBodyOfOneByteTooManyIsTooLarge() async throws {
        try await withFabrique { fabrique async throws -> Void in
            func padded(_ length: Int) -> String {
                let body = Fabrique.body()
                return body + String(repeating: " ", count: length - body.utf8.count)
            }
            #expect(try await fabrique.post(padded(65_536)).status == .created)
            let refused = try await fabrique.post(padded(65_537))
            #expect(refused.status == .contentTooLarge && refused.code == "BodyTooLarge")
            #expect(try fabrique.count() == 1)
        }
    }

    @Test func fiveThousandCharactersAreTakenWhateverTheyWeigh() async throws {
        try await withFabrique { fabrique async throws -> Void in
            let body = Fabrique.body(text: String(repeating: "é", count: 5_000))
            #expect(try await fabrique.post(body).status == .created)
        }
    }

    @Test func markupIsTextWhereverItIsRead() async throws {
        try await withFabrique { fabrique async throws -> Void in
            let hostile = #"<script>alert(1)</script><img src=x onerror=alert(1)>"#
            let given = try await fabrique.published(Fabrique.body(title: hostile))
            let shown = try await fabrique.server.json(given.address)
            #expect(shown["properties"]?["title"]?.text == hostile)
            for address in ["/map/fabrique", "\(Fabrique.items)?f=html", "\(given.address)?f=html"] {
                let page = try await fabrique.server.get(address).text
                #expect(!page.contains("<script>alert") && !page.contains("<img src=x"), "\(address)")
                #expect(page.contains("&lt;script&gt;"), "\(address)")
            }
        }
    }

    @Test func whatAPhoneOrABrowserSendsAlongIsIgnored() async throws {
        try await withFabrique { fabrique async throws -> Void in
            let body = Fabrique.body(
                more: #","links":[],"cell":"x","precision_m":1,"month":"1900-01","distance":0,"age_band":"adult""#)
            let given = try await fabrique.contribute(body)
            #expect(given.document["shows"]?["precision_m"] == 200)
        }
    }

    @Test func linesThatEndWithTwoSignsAreLines() async throws {
        try await withFabrique { fabrique async throws -> Void in
            let given = try await fabrique.contribute(Fabrique.body(text: #"un\r\ndeux"#))
            let own = try JSONParser.parse(try await fabrique.server.get(given.address, given.bearer).bytes)
            #expect(own["properties"]?["text"] == "un\ndeux")
        }
    }

    @Test func aMutatedBodyIsTakenOrRefusedAndNeverAFault() async throws {
        let seed: UInt64 = 7
        try await withFabrique { fabrique async throws -> Void in
            var generator = SeededGenerator(seed: seed)
            var statuses: [Int: Int] = [:]
            for round in 0..<ProofSize.count(1_000, full: 10_000) {
                let body = Self.mutated(&generator)
                let address = round % 3 == 0 ? "/receipts" : Fabrique.items
                let response = try await fabrique.server.client.execute(
                    uri: address, method: .post, headers: [:], body: ByteBuffer(bytes: body))
                statuses[response.status.code, default: 0] += 1
                #expect(
                    response.status.code < 500 && response.status != .ok,
                    "seed \(seed), round \(round): \(response.status) for \(String(decoding: body, as: UTF8.self))")
                if response.status == .tooManyRequests { fabrique.clock.advance(3_600) }
            }
            #expect(statuses[201] ?? 0 > 0 && statuses[400] ?? 0 > 0 && statuses[422] ?? 0 > 0, "\(statuses)")
            #expect(try fabrique.temporary.store.check().isSound)
            #expect(try fabrique.count() == statuses[201])
        }
    }

    private static let pieces = [
        "null", "true", "[]", "{}", "-1", "1e999", "\"\\ud800\"", "\"\\u0000\"", "9007199254740993", "\"Point\"", "NaN",
        "\"consent\"", "[[", "}}", "\u{202E}", "\u{FEFF}", "2.38", "\"exact\"", "\"none\"", ",", ":", "\"",
    ]

    private static func mutated(_ generator: inout SeededGenerator) -> [UInt8] {
        var bytes = Array(
            Fabrique.body(more: #","kind":"memory","when":"1987","theme":["fête"],"consents":{"licence":null}"#).utf8)
        for _ in 0...Int.random(in: 0..<4, using: &generator) {
            let place = Int.random(in: 0..<max(bytes.count, 1), using: &generator)
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: if !bytes.isEmpty { bytes[place] = UInt8.random(in: 0...255, using: &generator) }
            case 1: bytes.removeSubrange(place..<min(place + Int.random(in: 1...20, using: &generator), bytes.count))
            case 2: bytes.insert(contentsOf: Array((pieces.randomElement(using: &generator) ?? "").utf8), at: place)
            case 3:
                let end = min(place + Int.random(in: 1...9, using: &generator), bytes.count)
                bytes.replaceSubrange(place..<end, with: Array((pieces.randomElement(using: &generator) ?? "").utf8))
            default: bytes.insert(UInt8(ascii: " "), at: place)
            }
        }
        return bytes
    }
}
