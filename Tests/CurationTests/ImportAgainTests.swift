import Contributions
import Foundation
import MapFormats
import MapGeometry
import SpatialDatabase
import TestSupport
import Testing

@testable import Curation

/// Files that come again by the keys of their records, and imports that are taken back.
@Suite struct ImportAgainTests {
    private func participation(_ fixture: ImportFixture) -> Participation {
        Participation(layers: fixture.layers, localTime: .paris)
    }

    private func update(_ fixture: ImportFixture, _ rows: [Int: Int]) async throws -> ImportUpdate {
        let lines = rows.map { "k\($0.key),t\($0.value),2.\($0.key % 9 + 1),48.8" }
        var source = try fixture.source("a.csv", "ref,title,lon,lat\n" + lines.joined(separator: "\n") + "\n")
        source.key = RecordKey(field: "ref", source: "a.csv")
        let staged = try source.stage(besideStore: fixture.store.path)
        defer { staged.remove() }
        return try await participation(fixture).update(staged, in: fixture.layer, from: "a.csv")
    }

    /// What stands: key → (id, title).
    private func standing(_ fixture: ImportFixture) throws -> [String: [String]] {
        // The first import makes the layer.
        guard fixture.layers[fixture.layer.identifier] != nil else { return [:] }
        return Dictionary(
            uniqueKeysWithValues: try fixture.published().map {
                ($0.properties["source_id"]?.text ?? "", [$0.identifier ?? "", $0.properties["title"]?.text ?? ""])
            })
    }

    @Test("Whatever comes in which order, what stands is what a list of keys would hold", arguments: 1...6)
    func againstModel(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        let fixture = try ImportFixture()
        var model: [Int: Int] = [:]
        // Which import has added each key, and which has changed it last.
        var adder: [Int: Int] = [:]
        var changer: [Int: Int] = [:]
        for number in 0..<12 {
            if Int.random(in: 0..<4, using: &generator) == 0 {
                let participation = participation(fixture)
                guard let last = (Array(adder.values) + changer.values).max() else {
                    await #expect(throws: ImportError.self) {
                        try await participation.undoImport(into: fixture.layer.identifier, at: 1)
                    }
                    continue
                }
                let outcome = try await participation.undoImport(into: fixture.layer.identifier, at: 1)
                let gone = adder.filter { $0.value == last }.keys
                #expect(outcome.withdrawn == gone.count && outcome.kept == 0, "seed \(seed)")
                #expect(outcome.changed == changer.filter { $0.value == last }.count, "seed \(seed)")
                changer = changer.filter { $0.value != last && !gone.contains($0.key) }
                for key in Array(gone) { (model[key], adder[key]) = (nil, nil) }
                #expect(try Set(standing(fixture).keys) == Set(model.keys.map { "k\($0)" }), "seed \(seed)")
                continue
            }
            let ids = try standing(fixture)
            let rows = Dictionary(
                (0..<Int.random(in: 1...12, using: &generator)).map { _ in
                    (Int.random(in: 0..<15, using: &generator), Int.random(in: 0..<3, using: &generator))
                }
            ) { $1 }
            let added = Set(rows.keys).subtracting(model.keys)
            let changed = rows.filter { model[$0.key, default: $0.value] != $0.value }
            let outcome = try await update(fixture, rows)
            #expect(outcome.added == added.count && outcome.changed == changed.count, "seed \(seed)")
            #expect(outcome.gone == model.keys.filter { rows[$0] == nil }.count, "seed \(seed)")
            model.merge(rows) { $1 }
            for key in added { adder[key] = number }
            for key in changed.keys { changer[key] = number }
            let now = try standing(fixture)
            #expect(now.mapValues { $0[1] } == Dictionary(uniqueKeysWithValues: model.map { ("k\($0)", "t\($1)") }))
            for (key, value) in ids { #expect(now[key]?[0] == value[0], "the id stays, seed \(seed)") }
        }
        #expect(try fixture.store.check().isSound)
    }

    @Test("A digest is of all that is published but the id")
    func digest() throws {
        func digest(_ title: String, _ bits: UInt128, _ properties: String = "{}") throws -> UInt128 {
            let feature = try GeoJSONReader.feature(
                from: Array(
                    #"{"type":"Feature","geometry":{"type":"Point","coordinates":[2,48]},"properties":{"title":"\#(title)"}}"#
                        .utf8))
            let contribution = try ContributionReader().contribution(from: feature)
            return PublishedFeature.digest(
                of: try PublishedFeature.publication(of: contribution, identifier: PublicIdentifier(bits: bits)))
        }
        #expect(try digest("a", 1) == digest("a", .max))
        #expect(try digest("a", 1) != digest("b", 1))
    }

    @Test("An import that fails midway by key leaves all as it was")
    func failing() async throws {
        let fixture = try ImportFixture()
        _ = try await update(fixture, [1: 1, 2: 2])
        let before = try standing(fixture)
        let lines = "ref,title,lon,lat\nk1,other,2.1,48.8\nk3,new,2.3,48.8\n"
        var source = try fixture.source("b.csv", lines)
        source.key = RecordKey(field: "ref", source: "a.csv")
        let staged = try source.stage(besideStore: fixture.store.path)
        defer { staged.remove() }
        let handle = try #require(FileHandle(forWritingAtPath: staged.path))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data(feature(#"{"title":"without a key"}"#).utf8))
        try handle.close()
        await #expect(throws: ImportError.self) {
            try await participation(fixture).update(staged, in: fixture.layer, from: "a.csv")
        }
        #expect(try standing(fixture) == before)
    }

    @Test(
        "Fields are proposed as they are read",
        arguments: [
            ("nom,lon,lat,surface", "nom → title, lon → longitude, lat → latitude; kept as they are: surface."),
            (
                "title,nom,x,y,month",
                "title → title, x → longitude, y → latitude; kept as they are: nom; left out: month."
            ),
            ("ref,source,lng,lat", "ref → source_id, lng → longitude, lat → latitude; left out: source."),
        ])
    func proposal(header: String, sentence: String) throws {
        let fixture = try ImportFixture()
        var source = try fixture.source("a.csv", header + "\n")
        if header.hasPrefix("ref") { source.key = RecordKey(field: "ref", source: "a") }
        #expect(try source.rehearse().fields.sentence == sentence)
    }

    @Test("The names of other formats are proposed under ours")
    func dialects() {
        let kml = ImportDialect.kml.names(of: ["Name", "description", "icon", "ogr_x"])
        #expect(kml == ["title", "text", nil, "x"])
        #expect(ImportDialect.gpx.names(of: ["name", "title", "kind"]) == [nil, "title", "kind"])
        #expect(ImportDialect.none.names(of: ["Name"]) == ["Name"])
    }
}
