import Contributions
import Curation
import Foundation
import MapFormats
import MapGeometry
import Projections
import SpatialDatabase
import SpatialIndex
import Testing

/// How the records of a file become contributions.
@Suite struct ImportMeaningTests {
    private func brought(
        _ name: String, _ text: String, reader: ContributionReader = .init(), columns: CSVColumns.Names = .init()
    ) async throws -> [GeoJSONFeature] {
        let fixture = try ImportFixture()
        return try await fixture.bringIn(try fixture.source(name, text, reader: reader, columns: columns))
    }

    private func properties(_ json: String, reader: ContributionReader = .init()) async throws -> JSONObject {
        let found = try await brought("a.geojson", feature(json), reader: reader)
        return try #require(found.first).properties
    }

    @Test func propertiesOfOursGetTheirMeaningAndOthersAreCarriedThrough() async throws {
        let found = try await properties(
            #"""
            {"titre":"L'atelier","kind":"memory","text":"Un souvenir","theme":["travail","métro"],"when":"1968~",
             "lang":"fr","author":"Une voisine","licence":"CC-BY-4.0","étage":2,"détail":{"mur":["bleu",null,1.5]}}
            """#)
        #expect(
            found == [
                "kind": "memory", "title": "L'atelier", "text": "Un souvenir", "theme": ["travail", "métro"],
                "when": "1968~",
                "lang": "fr", "precision": "exact", "author": "Une voisine", "licence": "CC-BY-4.0", "étage": 2,
                "détail": ["mur": ["bleu", nil, 1.5]],
            ])
    }

    @Test func whatThisServiceWorksOutItselfIsIgnored() async throws {
        let found = try await properties(
            #"{"title":"A","precision":"exact","month":"2026-11","distance":3,"cell":"x","precision_m":200,"links":[],"nul":null}"#
        )
        #expect(found == ["kind": "place", "title": "A", "precision": "exact"])
    }

    @Test(
        "Themes come as a list or as one text with commas",
        arguments: [
            (#"["travail","fête"]"#, ["travail", "fête"]), (#"" travail , fête,travail""#, ["travail", "fête"]),
            (#""travail""#, ["travail"]), (#"12"#, ["12"]),
        ])
    func themesComeAsListOrText(json: String, themes: [String]) async throws {
        let found = try await properties(#"{"theme":\#(json)}"#)
        #expect(found["theme"]?.array?.compactMap(\.text) == themes)
    }

    @Test("The title is found by its usual names", arguments: ["title", "titre", "name", "nom"])
    func theTitleIsFoundByItsUsualNames(name: String) async throws {
        #expect(try await properties(#"{"\#(name)":"Ici"}"#)["title"] == "Ici")
    }

    @Test func theTitleMayHaveAnotherNameAndPropertiesMayBeRenamed() async throws {
        let reader = ContributionReader(
            titleName: "libellé", kind: .encounter, renamed: ["année": "when", "rem": "text"])
        let found = try await properties(
            #"{"libellé":"Le banc","année":1987,"rem":"Sous l'arbre","nom":"N"}"#, reader: reader)
        #expect(
            found == [
                "kind": "encounter", "title": "Le banc", "text": "Sous l'arbre", "when": "1987", "precision": "exact",
                "nom": "N",
            ])
    }

    @Test("Positions are kept as they are printed: with seven decimals")
    func positionsAreKeptAsPrinted() async throws {
        let found = try await brought("a.geojson", feature(at: "[2.37950000049,48.86800000051,35.5]"))
        #expect(found.first?.geometry == .point(place(2.3795, 48.8680000)))
        let moved = try await brought("a.geojson", feature(at: "[2.37950006,48.86799994]"))
        #expect(moved.first?.geometry == .point(place(2.3795001, 48.8679999)))
    }

    @Test(
        "Columns are recognised, or named by hand",
        arguments: [
            ("lon,lat,name,étage\n2.5,48.5,Ici,2\n", CSVColumns.Names()),
            ("name;Latitude;Longitude;étage\nIci;48.5;2.5;2\n", CSVColumns.Names()),
            ("étage\tx\ty\ttitre\n2\t2.5\t48.5\tIci\n", CSVColumns.Names()),
            (
                "est,nord,lieu,étage\n2.5,48.5,Ici,2\n",
                CSVColumns.Names(longitude: "est", latitude: "nord", title: "lieu")
            ),
        ])
    func columnsAreRecognisedOrNamed(table: String, names: CSVColumns.Names) async throws {
        let found = try await brought("a.csv", table, columns: names)
        #expect(found.count == 1)
        #expect(found.first?.geometry == .point(place(2.5, 48.5)))
        #expect(found.first?.properties == ["kind": "place", "title": "Ici", "precision": "exact", "étage": "2"])
    }

    @Test func theFormatIsToldFromTheFirstBytesWhenTheNameDoesNotTell() async throws {
        for text in [collection(feature()), feature() + "\n" + feature(), "lon,lat\n2.3795,48.868\n"] {
            let found = try await brought("sans-nom", text)
            #expect(found.first?.geometry == .point(place(2.3795, 48.868)))
        }
    }

    @Test("What is exported comes back the same", arguments: [ExportFormat.geojson, .geojsonl])
    func whatIsExportedComesBackTheSame(format: ExportFormat) async throws {
        var random = RandomContributions(seed: 21, hasCells: true)
        let given = try random.publications(80)
        #expect(given.contains { $0.contribution.cell != nil })
        let from = try await LayerFixture(given)
        var file: [UInt8] = []
        try from.store.export(from.layer.layer, as: format, at: 0) { file += $0 }
        let fixture = try ImportFixture()
        let found = try await fixture.bringIn(try fixture.source("a.\(format.rawValue)", file))
        let sent = try from.layer.snapshot.features(limit: .max).features.map { feature in
            try feature.withText { text, _ in try GeoJSONReader.feature(from: text) }
        }
        func described(_ features: [GeoJSONFeature]) -> [String] {
            features.map { feature in
                "\(JSONWriter.text(of: .object(Self.withoutThanks(feature)))) \(String(describing: feature.geometry))"
            }.sorted()
        }
        // Lines say one by one whom to thank, and that goes on with them.
        #expect(found.allSatisfy { ($0.properties["attribution"]?.text == "quartier") == (format == .geojsonl) })
        #expect(described(found) == described(sent))
        // The ids are new: two layers never share one.
        #expect(Set(found.compactMap(\.identifier)).isDisjoint(with: sent.compactMap(\.identifier)))
    }

    private static func withoutThanks(_ feature: GeoJSONFeature) -> JSONObject {
        var properties = feature.properties
        properties["attribution"] = nil
        return properties
    }

    @Test("What was a cell comes back as that cell, wherever its point has gone, and is refused when it cannot")
    func aCellNeverComesBackFiner() async throws {
        let name = "CRS3035RES200mN2890400E3762800"
        for said in [#""precision":"about","cell":"\#(name)""#, #""cell":"\#(name)""#] {
            let found = try await brought("a.geojson", feature("{\(said)}"))
            #expect(found.first?.geometry == (try GridCell(name: name)).polygon)
            #expect(found.first?.properties["precision"] == "about" && found.first?.properties["precision_m"] == 200)
        }
        await #expect(throws: ImportError.self) {
            _ = try await brought("a.geojson", feature(#"{"precision":"about","cell":"B12"}"#))
        }
        let other = try await brought("a.geojson", feature(#"{"cell":"B12"}"#))
        #expect(other.first?.geometry == .point(place(2.3795, 48.868)))
    }

    @Test func aTableOfPointsComesBackTheSame() async throws {
        let fixture = try ImportFixture()
        let first = try await fixture.bringIn(
            try fixture.source(
                "a.geojson", collection(feature(#"{"title":"A","theme":["x","y"],"when":"198X","étage":"2"}"#))))
        var table: [UInt8] = []
        try fixture.store.export(fixture.layer, as: .csv, at: 0) { table += $0 }
        let second = try ImportFixture()
        let back = try await second.bringIn(try second.source("a.csv", table))
        #expect(back.map(Self.withoutThanks) == first.map(\.properties))
        #expect(back.map { $0.properties["attribution"]?.text } == ["apport"], "whom to thank goes on with it")
        #expect(back.map(\.geometry) == first.map(\.geometry))
    }
}
