import Contributions
import Curation
import MapFormats
import MapGeometry
import SpatialDatabase
import SpatialIndex
import Testing

@Suite struct ExportTests {
    /// Two features whose place on Hilbert's curve and whose ids are known.
    private func fixture() async throws -> LayerFixture {
        let point = try Contribution(
            kind: .memory, title: "=1+1", text: "Un \"mot\"\net, l'autre", themes: ["travail", "fête"],
            when: try ExtendedDate("1987"), geometry: .point(place(2.3795, 48.868)))
        let nowhere = try Contribution(
            title: "Nulle part", geometry: nil,
            properties: FreeProperties(
                members: [.init(name: "étage", json: "2")], json: #"{"étage":2}"#))
        return try await LayerFixture([
            try PublishedFeature.publication(of: nowhere, identifier: PublicIdentifier(bits: 1)),
            try PublishedFeature.publication(of: point, identifier: PublicIdentifier(bits: 2)),
        ])
    }

    private func export(_ fixture: LayerFixture, _ format: ExportFormat) throws -> String {
        var bytes: [UInt8] = []
        try fixture.store.export(fixture.layer.layer, as: format, at: 0) { bytes += $0 }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static let point = #"""
        {"type":"Feature","id":"00000000000000000000000002","geometry":{"type":"Point","coordinates":[2.3795,48.868]},"properties":{"kind":"memory","title":"=1+1","text":"Un \"mot\"\net, l'autre","theme":["travail","fête"],"when":"1987","precision":"exact"}}
        """#
    private static let nowhere = #"""
        {"type":"Feature","id":"00000000000000000000000001","geometry":null,"properties":{"kind":"place","title":"Nulle part","precision":"none","étage":2}}
        """#

    @Test func geoJSONIsOneDocumentWithAFeatureALine() async throws {
        let text = try export(try await fixture(), .geojson)
        #expect(
            text == """
                {"type":"FeatureCollection","name":"quartier","features":[
                \(Self.point),
                \(Self.nowhere)
                ]}

                """)
    }

    @Test func geoJSONLinesAreTheFeaturesAlone() async throws {
        #expect(try export(try await fixture(), .geojsonl) == Self.point + "\n" + Self.nowhere + "\n")
    }

    @Test("A table guards against formulas and quotes what needs it")
    func aTableGuardsAgainstFormulas() async throws {
        #expect(
            try export(try await fixture(), .csv)
                == [
                    "id,lon,lat,kind,title,text,theme,when,lang,precision,author,licence,étage",
                    "00000000000000000000000002,2.3795,48.868,memory,'=1+1,\"Un \"\"mot\"\"\net, l'autre\",\"travail,fête\",1987,,exact,,,",
                    "00000000000000000000000001,,,place,Nulle part,,,,,none,,,2", "",
                ].joined(separator: "\r\n"))
    }

    @Test func aTableWithShapesHasAColumnForThem() async throws {
        var random = RandomContributions(seed: 41)
        let publications = try random.publications(40)
        let fixture = try await LayerFixture(publications)
        let rows = try export(fixture, .csv).split(separator: "\r\n")
        #expect(rows.first?.hasPrefix("id,lon,lat,geometry,kind,") == true)
        #expect(rows.count == publications.count + 1)
        #expect(rows.contains { $0.contains("\"POLYGON") } && rows.contains { $0.contains("\"LINESTRING") })
    }

    @Test func anEmptyLayerIsAnEmptyFileOfItsFormat() async throws {
        let empty = try await LayerFixture()
        #expect(try GeoJSON.features(of: export(empty, .geojson)).isEmpty)
        #expect(try export(empty, .geojsonl).isEmpty)
        #expect(try export(empty, .csv).split(separator: "\r\n").count == 1)
    }

    @Test("A large layer is handed on in pieces, in the order of pages, each feature once")
    func aLargeLayerComesInPieces() async throws {
        var random = RandomContributions(seed: 42)
        let fixture = try await LayerFixture(try random.publications(600))
        var pieces: [[UInt8]] = []
        try fixture.store.export(fixture.layer.layer, as: .geojson, at: 0) { pieces.append($0) }
        #expect(pieces.count > 1)
        #expect(pieces.allSatisfy { $0.count < 80_000 })
        let identifiers = try GeoJSON.features(of: String(decoding: pieces.joined(), as: UTF8.self)).map {
            $0["id"]?.text
        }
        let inOrder = try fixture.layer.snapshot.features(limit: .max).features.map {
            PublicIdentifier(bits: $0.identifier).description
        }
        #expect(identifiers == inOrder)
    }

    @Test func aLayerThatIsNotThereIsNamed() async throws {
        let fixture = try await LayerFixture()
        let other = try LayerIdentifier("ailleurs")
        for format in ExportFormat.allCases {
            #expect(throws: StoreError.unknownLayer(other)) {
                try fixture.store.export(Layer(identifier: other), as: format, at: 0) { _ in }
            }
        }
    }

    @Test("A store that is only read is exported beside its writer")
    func exportsBesideAWriter() async throws {
        let fixture = try await fixture()
        let reader = try SpatialStore.openForReading(path: fixture.store.path)
        var bytes: [UInt8] = []
        try reader.export(fixture.layer.layer, as: .geojson, at: 0) { bytes += $0 }
        #expect(String(decoding: bytes, as: UTF8.self) == (try export(fixture, .geojson)))
        try reader.close()
    }
}
