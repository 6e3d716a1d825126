import Contributions
import Curation
import Foundation
import MapFormats
import MapGeometry
import SpatialDatabase
import Testing

/// What a file may be like that nobody would send on purpose, and some would.
struct BadFile: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let name: String
    let bytes: [UInt8]
    /// Pieces of the sentence that refuses it.
    let says: [String]

    init(_ what: String, _ name: String, _ text: String, says: String...) {
        self.init(what, name, bytes: Array(text.utf8), says: says)
    }

    init(_ what: String, _ name: String, bytes: [UInt8], says: [String]) {
        testDescription = what
        self.name = name
        self.bytes = bytes
        self.says = says
    }

    private static let deep = String(repeating: "[", count: 10_000)
    fileprivate static let spaces = String(repeating: " ", count: 1 << 20)
    private static let openRing = #"{"type":"Polygon","coordinates":[[[2,48],[3,48],[3,49],[2,49]]]}"#

    static let refused: [BadFile] = [
        .init(
            "a truncated collection", "a.geojson", String(collection(feature(), feature()).dropLast(30)),
            says: "ends", "line 3"),
        .init(
            "a bad record in a truncated collection", "a.geojson",
            String(collection(feature(at: "[35.6,139.7]"), feature()).dropLast(30)), says: "line 2", "swapped"),
        .init("a truncated line", "a.geojsonl", feature() + "\n" + feature().dropLast(9), says: "line 2", "ends"),
        .init("a quote that never closes", "a.csv", "lon,lat,titre\n2,48,\"Rue", says: "line 2", "quote"),
        .init(
            "letters of nobody in a table", "a.csv", bytes: Array("lon,lat,nom\n2,48,caf".utf8) + [0xE9, 0x81, 0x0A],
            says: ["UTF-8", "Windows-1252", "--encoding"]),
        .init("a header of two readings", "a.csv", "lon;lat,nom\n2;48,a\n", says: "--delimiter"),
        .init(
            "Latin-1 in GeoJSON", "a.geojson",
            bytes: Array(collection(feature(#"{"title":"caf@"}"#)).utf8).map { $0 == 0x40 ? 0xE9 : $0 },
            says: ["line 2", "UTF-8", "iconv -f ISO-8859-1"]),
        .init(
            "UTF-16 with its mark", "a.geojson",
            bytes: [0xFF, 0xFE] + Array(collection(feature()).utf8).flatMap { [$0, 0] },
            says: ["UTF-16", "iconv"]),
        .init(
            "UTF-16 without its mark in a table", "a.csv", bytes: Array("lon,lat\n2,48\n".utf8).flatMap { [$0, 0] },
            says: ["UTF-16LE", "iconv"]),
        .init(
            "UTF-16 without a mark", "a.geojson", bytes: Array(collection(feature()).utf8).flatMap { [0, $0] },
            says: ["UTF-16BE", "iconv"]),
        .init("NaN in GeoJSON", "a.geojson", collection(feature(at: "[NaN,48]")), says: "line 2", "NaN"),
        .init("NaN in a table", "a.csv", "lon,lat\n2,48\nNaN,48\n", says: "line 3", "“lon”", "number of degrees"),
        .init(
            "latitude before longitude in GeoJSON", "a.geojson", collection(feature(at: "[35.6,139.7]")),
            says: "line 2", "swapped", "longitude first"),
        .init("latitude before longitude in a table", "a.csv", "lon,lat\n35.6,139.7\n", says: "line 2", "swapped"),
        .init("a latitude nowhere", "a.geojson", collection(feature(at: "[0,200]")), says: "line 2", "latitude 200"),
        .init(
            "nesting of 10,000 levels", "a.geojson", #"{"type":"FeatureCollection","features":[\#(deep)"#,
            says: "line 1", "deeper"),
        .init(
            "nesting of 10,000 levels in one property", "a.geojsonl", feature(#"{"p":\#(deep)}"#), says: "line 1",
            "deeper"),
        .init("nothing but spaces as GeoJSON", "a.geojson", spaces, says: "empty"),
        .init("nothing but spaces as a table", "a.csv", spaces, says: "longitude", "latitude"),
        .init("nothing at all", "a.json", "", says: "empty"),
        .init(
            "a ring that is not closed", "a.geojson",
            collection(#"{"type":"Feature","properties":{},"geometry":\#(openRing)}"#), says: "line 2", "ring must end"),
        .init(
            "an id twice", "a.geojson", collection(feature(id: "a"), feature(id: "b"), feature(id: "a")),
            says: "line 4", "“a”", "line 2"),
        .init(
            "a date of no calendar", "a.geojson", collection(feature(#"{"when":"naguère"}"#)), says: "line 2",
            "naguère", "EDTF"),
        .init(
            "a kind of no contribution", "a.geojson", collection(feature(#"{"kind":"chose"}"#)), says: "line 2",
            "chose", "memory"),
        .init(
            "a theme that is no text", "a.geojson", collection(feature(#"{"theme":[1]}"#)), says: "line 2",
            "/properties/theme"),
        .init(
            "a title that is no text", "a.geojson", collection(feature(#"{"title":{}}"#)), says: "line 2",
            "/properties/title"),
        .init(
            "a title longer than titles are", "a.geojson",
            collection(feature(#"{"title":"\#(String(repeating: "é", count: 201))"}"#)),
            says: "line 2", "201", "200"),
        .init("a table without places", "a.csv", "nom,prénom\na,b\n", says: "longitude", "latitude"),
        .init("a page instead of data", "a.geojson", "<!DOCTYPE html><html></html>", says: "“<”"),
        .init(
            "a bare geometry", "a.geojson", #"{"type":"Point","coordinates":[2,48]}"#, says: "Feature is needed",
            "Point"),
    ]
}

@Suite struct BadInputTests {
    @Test("A bad file is refused with its line and its reason, and leaves nothing", arguments: BadFile.refused)
    func badFilesAreRefused(file: BadFile) throws {
        let fixture = try ImportFixture()
        let source = try fixture.source(file.name, file.bytes)
        let error = #expect(throws: ImportError.self) { try source.stage(besideStore: fixture.store.path) }
        let sentence = error?.description ?? ""
        for piece in file.says { #expect(sentence.contains(piece), "“\(sentence)” lacks “\(piece)”") }
        #expect(!sentence.contains(": line "), "the line is named once: \(sentence)")
        #expect(sentence.count < 400, "\(sentence)")
        #expect(try fixture.leftovers.isEmpty)
        #expect(try fixture.store.layers().isEmpty)
        #expect(throws: ImportError.self, "a rehearsal refuses it too") { try source.rehearse() }
    }

    @Test func aFileThatIsNotThereIsNamed() throws {
        let fixture = try ImportFixture()
        let error = #expect(throws: ImportError.self) {
            try ImportSource(path: "/nulle/part.csv").stage(besideStore: fixture.store.path)
        }
        #expect(error?.description.hasPrefix("/nulle/part.csv cannot be read") == true)
    }

    @Test("A byte order mark, CRLF and blank lines make no difference", arguments: ["geojson", "geojsonl", "csv"])
    func marksAndLineEndsMakeNoDifference(ending: String) async throws {
        let text =
            switch ending {
            case "geojson": collection(feature(#"{"title":"A"}"#), feature(#"{"title":"B"}"#))
            case "geojsonl": feature(#"{"title":"A"}"#) + "\n\n" + feature(#"{"title":"B"}"#) + "\n"
            default: "lon,lat,titre\n2.3795,48.868,A\n\n2.3795,48.868,B\n"
            }
        for variant in [
            text, "\u{FEFF}" + text, text.replacing("\n", with: "\r\n"),
            "\u{FEFF}" + text.replacing("\n", with: "\r\n"),
        ] {
            let fixture = try ImportFixture()
            let found = try await fixture.bringIn(try fixture.source("a.\(ending)", variant))
            #expect(Set(found.compactMap { $0.properties["title"]?.text }) == ["A", "B"])
            #expect(found.allSatisfy { $0.geometry == .point(place(2.3795, 48.868)) })
        }
    }

    @Test("A file of lines without any record is an empty one, as our own export of an empty layer is")
    func linesWithoutRecordsAreEmpty() async throws {
        let fixture = try ImportFixture()
        #expect(try await fixture.bringIn(try fixture.source("a.geojsonl", BadFile.spaces)).isEmpty)
        #expect(fixture.layers.all.count == 1)
    }

    @Test func anEmptyGeometryBecomesNoGeometry() async throws {
        let fixture = try ImportFixture()
        let empty = [
            "null", #"{"type":"Point","coordinates":[]}"#, #"{"type":"MultiPolygon","coordinates":[]}"#,
            #"{"type":"GeometryCollection","geometries":[{"type":"MultiPoint","coordinates":[]}]}"#,
        ].map { #"{"type":"Feature","geometry":\#($0),"properties":{}}"# }
        let found = try await fixture.bringIn(
            try fixture.source("a.geojsonl", empty.joined(separator: "\n")))
        #expect(found.count == empty.count)
        #expect(found.allSatisfy { $0.geometry == nil && $0.properties["precision"] == "none" })
    }

    @Test func aPolygonThatCrossesItselfIsKeptAndNamedByTheCheck() async throws {
        let fixture = try ImportFixture()
        let bowTie = #"{"type":"Polygon","coordinates":[[[0,0],[1,1],[1,0],[0,1],[0,0]]]}"#
        let found = try await fixture.bringIn(
            try fixture.source("a.geojson", #"{"type":"Feature","geometry":\#(bowTie),"properties":{}}"#))
        guard case .polygon(let polygon)? = found.first?.geometry else {
            Issue.record("the polygon is gone")
            return
        }
        #expect(polygon.exterior.coordinates.count == 5)
        let check = try fixture.store.check()
        #expect(check.isSound)
        let notice = check.findings.first { $0.subject == "shape that crosses itself" }
        #expect(notice?.severity == .notice)
        #expect(notice?.result.contains(found[0].identifier ?? "?") == true)
    }

    @Test func badRecordsCanBeSkippedAndAreReported() async throws {
        let fixture = try ImportFixture()
        let source = try fixture.source(
            "a.geojson",
            collection(
                feature(#"{"title":"A"}"#, id: "a"), feature(at: "[35.6,139.7]"), feature(id: "a"),
                feature(#"{"when":"naguère"}"#), feature(#"{"title":"B"}"#, id: "b")), skipsInvalid: true)
        var skipped: [String] = []
        let observer = ImportSource.Observer(skipped: { skipped.append($0.description) })
        let staged = try source.stage(besideStore: fixture.store.path, observer: observer)
        defer { staged.remove() }
        #expect(staged.count == 2)
        #expect(skipped.map { $0.prefix(7) } == ["line 3:", "line 4:", "line 5:"], "\(skipped)")
        #expect(try await fixture.layers.publish(staged, in: fixture.layer) == 2)
        #expect(try Set(fixture.published().compactMap { $0.properties["title"]?.text }) == ["A", "B"])
        skipped = []
        #expect(try source.rehearse(observer: observer).count == 2)
        #expect(skipped.count == 3)
    }

    @Test("A file that cannot be read on is refused even when bad records may be skipped")
    func aBrokenFileIsRefusedEvenWhenSkipping() throws {
        let fixture = try ImportFixture()
        let truncated = String(collection(feature(), feature()).dropLast(30))
        let source = try fixture.source("a.geojson", truncated, skipsInvalid: true)
        #expect(throws: ImportError.self) { try source.stage(besideStore: fixture.store.path) }
        #expect(try fixture.leftovers.isEmpty)
    }
}
