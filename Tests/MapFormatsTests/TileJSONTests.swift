import MapGeometry
import Testing

@testable import MapFormats

@Suite("Describing tiles")
struct TileJSONTests {
    private let address = "https://carte.example/xyz/quais/{z}/{x}/{y}.mvt"

    @Test("a document is asserted whole")
    func wholeDocument() throws {
        var document = try TileJSON(
            tiles: [address],
            vectorLayers: [
                .init(identifier: "quais", description: "Les quais", fields: ["title": "String", "kind": "String"])
            ])
        document.name = "Quais"
        document.description = "Souvenirs"
        document.attribution = "CC BY"
        document.bounds = try BoundingBox(west: 2, south: 48.5, east: 2.5, north: 49)
        document.centre = .init(position: try Coordinate(longitude: 2.25, latitude: 48.75), zoom: 40)
        #expect(
            String(decoding: document.bytes, as: UTF8.self)
                == #"{"tilejson":"3.0.0","scheme":"xyz","name":"Quais","description":"Souvenirs","attribution":"CC BY","#
                + #""tiles":["https://carte.example/xyz/quais/{z}/{x}/{y}.mvt"],"minzoom":0,"maxzoom":22,"#
                + #""bounds":[2,48.5,2.5,49],"center":[2.25,48.75,22],"#
                + #""vector_layers":[{"id":"quais","description":"Les quais","fields":{"kind":"String","title":"String"}}]}"#
        )
    }

    @Test("bounds do not wrap and the centre lies inside them")
    func bounds() throws {
        var document = try TileJSON(tiles: [address], zooms: 3...5, vectorLayers: [])
        document.bounds = try BoundingBox(west: 170, south: -10, east: -170, north: 10)
        document.centre = .init(position: try Coordinate(longitude: 0, latitude: 50), zoom: 0)
        #expect(document.document["bounds"] == [-180.0, -10.0, 180.0, 10.0])
        #expect(document.document["center"] == nil)
        document.centre = .init(position: try Coordinate(longitude: 175, latitude: 5), zoom: 0)
        #expect(document.document["center"] == [175.0, 5.0, 3])
    }

    @Test("relative addresses, no address and impossible zooms are refused")
    func refusals() {
        #expect(throws: FormatError.tileJSON(.noAddress)) { try TileJSON(tiles: [], vectorLayers: []) }
        #expect(throws: FormatError.tileJSON(.relativeAddress("/x"))) { try TileJSON(tiles: ["/x"], vectorLayers: []) }
        #expect(throws: FormatError.tileJSON(.zoomsOutOfRange(lowest: -1, highest: 31))) {
            try TileJSON(tiles: [address], zooms: -1...31, vectorLayers: [])
        }
    }
}
