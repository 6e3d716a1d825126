import Contributions
import Curation
import MapFormats
import MapGeometry
import Projections
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
                {"type":"FeatureCollection","name":"quartier","attribution":"quartier",\
                "positions":"\(ExportLabel.treatment)","features":[
                \(Self.point),
                \(Self.nowhere)
                ]}

                """)
    }

    @Test func geoJSONLinesAreTheFeaturesEachWithWhomToThank() async throws {
        let thanks = #","attribution":"quartier"}}"#
        let lines = [Self.point, Self.nowhere].map { $0.dropLast(2) + thanks + "\n" }
        #expect(try export(try await fixture(), .geojsonl) == lines.joined())
    }

    @Test("What a feature says of its licence stands, also where others only speak of one")
    func whatAFeatureSaysOfItsLicenceStands() async throws {
        func publication(_ bits: UInt128, _ title: String, licence: String?, free: FreeProperties = .none) throws
            -> Publication
        {
            try PublishedFeature.publication(
                of: try Contribution(title: title, licence: licence, geometry: nil, properties: free),
                identifier: PublicIdentifier(bits: bits))
        }
        let nested = FreeProperties(
            members: [.init(name: "fiche", json: #"{"licence":"x"}"#), .init(name: "attribution", json: "\"Zoé\"")],
            json: #"{"fiche":{"licence":"x"},"attribution":"Zoé"}"#)
        let fixture = try await LayerFixture([
            try publication(1, "sans", licence: nil), try publication(2, "avec", licence: "ODbL-1.0"),
            try publication(3, "dite", licence: nil, free: nested),
        ])
        var layer = try fixture.layer.layer
        layer.licence = "CC-BY-4.0"
        var bytes: [UInt8] = []
        try fixture.store.export(layer, as: .geojsonl, at: 0) { bytes += $0 }
        let said = try bytes.split(separator: 0x0A).map { try GeoJSONReader.feature(from: $0).properties }
        let wanted = [
            ("sans", "CC-BY-4.0", "quartier · CC-BY-4.0"), ("avec", "ODbL-1.0", "quartier · CC-BY-4.0"),
            ("dite", "CC-BY-4.0", "Zoé"),
        ]
        for (title, licence, attribution) in wanted {
            let one = try #require(said.first { $0["title"]?.text == title })
            #expect(one["licence"]?.text == licence && one["attribution"]?.text == attribution, "\(title)")
        }
        bytes = []
        try fixture.store.export(layer, as: .csv, at: 0) { bytes += $0 }
        let rows = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n")
        #expect(rows[0].hasSuffix("licence,fiche,attribution"))
        #expect(rows.contains { $0.contains("avec") && $0.hasSuffix(",ODbL-1.0,,quartier · CC-BY-4.0") })
        bytes = []
        try fixture.store.export(layer, as: .geojson, at: 0) { bytes += $0 }
        let collection = try JSONParser.parse(bytes)
        #expect(collection["licence"]?.text == "CC-BY-4.0")
        #expect(collection["attribution"]?.text == "quartier · CC-BY-4.0")
    }

    @Test("In a table a cell is a place with its size, and comes back as the cell")
    func aCellInATable() async throws {
        let cell = try GridCell(name: "CRS3035RES200mN2890400E3762800")
        for title in ["Carreau", "", "Le rayon ± 200 m"] {
            let given = try Contribution(
                title: title, text: "mot", precision: .about, geometry: cell.polygon, cell: cell)
            let fixture = try await LayerFixture([
                try PublishedFeature.publication(of: given, identifier: PublicIdentifier(bits: 1))
            ])
            let rows = try export(fixture, .csv).split(separator: "\r\n").map(String.init)
            #expect(!rows[0].contains("geometry"), "a cell needs no column of its own")
            let name = title.isEmpty ? "± 200 m" : "\(title) ± 200 m"
            let place = cell.representative
            #expect(rows[1].hasPrefix("00000000000000000000000001,\(place.longitude),\(place.latitude),place,\(name),"))
            let back = try Self.contributions(of: rows.joined(separator: "\r\n"))
            #expect(back.map(\.cell) == [cell] && back.map(\.precision) == [.about] && back.map(\.title) == [title])
            // Somebody has taken the cell's name away: what says that it is coarse does not become exact.
            let poorer = rows.joined(separator: "\r\n").replacing(cell.name, with: "")
            #expect(try Self.contributions(of: poorer).map(\.cell) == [cell])
        }
    }

    private static func contributions(of table: String) throws -> [Contribution] {
        let reader = try FeatureReader(ByteSource(Array(table.utf8)), format: .csv)
        var meaning = ContributionReader()
        meaning.dialect = .table
        var found: [Contribution] = []
        while let record = try reader.next() { found.append(try meaning.contribution(from: record.content.get())) }
        return found
    }

    @Test("A table guards against formulas and quotes what needs it")
    func aTableGuardsAgainstFormulas() async throws {
        #expect(
            try export(try await fixture(), .csv)
                == [
                    "id,lon,lat,kind,title,text,theme,when,lang,precision,author,licence,étage,attribution",
                    "00000000000000000000000002,2.3795,48.868,memory,'=1+1,\"Un \"\"mot\"\"\net, l'autre\",\"travail,fête\",1987,,exact,,,,quartier",
                    "00000000000000000000000001,,,place,Nulle part,,,,,none,,,2,quartier", "",
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
