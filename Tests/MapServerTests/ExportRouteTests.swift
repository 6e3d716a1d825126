import Contributions
import Curation
import HTTPTypes
import HummingbirdTesting
import MapFormats
import SpatialDatabase
import Testing

@testable import MapServer

@Suite struct ExportRouteTests {
    @Test("A file from the server is byte for byte the one that the command writes", arguments: ExportFormat.allCases)
    func theServerWritesWhatTheCommandWrites(format: ExportFormat) async throws {
        let publications =
            try Sample.row(1_200)
            + Sample.mixed().map { publication in
                try PublishedFeature.publication(
                    of: publication.contribution, identifier: PublicIdentifier(bits: ~publication.identifier.bits))
            }
        try await withServer(publications) { server in
            let layer = try server.layers.require(try LayerIdentifier("quartier")).layer
            var file: [UInt8] = []
            try server.layers.store.export(layer, as: format, at: 0) { file += $0 }
            let response = try await server.get("/exports/quartier.\(format.rawValue)")
            #expect(response.bytes == file)
            #expect(response.mediaType == format.mediaType)
            let name = try #require(response.headers[.contentDisposition])
            #expect(
                name.wholeMatch(of: /attachment; filename="quartier-\d{4}-\d{2}-\d{2}\.(\w+)"/)?.1
                    == format.rawValue[...])
            let packed = try await server.get("/exports/quartier.\(format.rawValue)", [.acceptEncoding: "gzip"])
            #expect(try gunzip(packed.bytes) == file)
        }
    }

    @Test func anExportTakesTheConditionsOfItems() async throws {
        try await withServer(try Sample.mixed()) { server in
            #expect(try await server.features("/exports/quartier.geojson?kind=memory").count == 2)
            #expect(try await server.get("/exports/quartier.csv?q=bal").text.split(separator: "\r\n").count == 2)
            let (all, some) = (
                try await server.get("/exports/quartier.geojsonl"),
                try await server.get("/exports/quartier.geojsonl?q=bal")
            )
            #expect(all.headers[.eTag] != some.headers[.eTag])
            #expect(try await server.get("/exports/quartier.geojsonl?kind=chose").status == .badRequest)
        }
    }

    @Test("Boxes and circles narrow an export as they narrow items", .server(try Sample.row(300)), .serialized,
        arguments: [
            "bbox=2.3795,48.867,2.40,48.869", "near=2.40,48.868&radius=700", "near=2.40,48.868&radius=700&q=3",
            "bbox=2.3795,48.867,2.40,48.869&near=2.40,48.868&radius=700",
            "bbox=48.867,2.3795,48.869,2.40&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/4326",
        ])
    func boxesAndCirclesNarrow(question: String) async throws {
        let server = try Server.shared
        let wanted = try await server.features("\(Server.items)?limit=1000&\(question)").compactMap { $0["id"]?.text }
        #expect(wanted.count < 300)
        for format in ["geojson", "geojsonl", "csv", "kml", "gpx"] {
            let reply = try await server.get("/exports/quartier.\(format)?\(question)")
            #expect(reply.status == .ok && reply.headers[.numberMatched] == String(wanted.count))
            for identifier in wanted { #expect(reply.text.contains(identifier)) }
        }
        let tiles = try await server.get("/exports/quartier.mbtiles?\(question)")
        #expect(tiles.headers[.numberMatched] == String(wanted.count))
    }

    @Test("An order is none of a file's", .server(try Sample.mixed()))
    func anOrderIsNoneOfAFiles() async throws {
        let server = try Server.shared
        for bad in ["near=2.4,48.8", "radius=5", "bbox=1,2,3", "sortby=title"] {
            for format in ["geojson", "gpx", "pmtiles"] {
                #expect(try await server.get("/exports/quartier.\(format)?\(bad)").status == .badRequest, "\(bad)")
            }
        }
    }

    @Test("A file may stand in another reference system, exactly as items do", .server(try Sample.mixed()))
    func aFileMayStandInAnotherSystem() async throws {
        let server = try Server.shared
        let uri = "http://www.opengis.net/def/crs/EPSG/0/2154"
        let name = try #require(HTTPField.Name("Content-Crs"))
        let wanted = try await server.features("\(Server.items)?crs=\(uri)").compactMap { $0["geometry"] }
        let collection = try await server.get("/exports/quartier.geojson?crs=\(uri)")
        #expect(try JSONParser.parse(collection.bytes)["features"]?.array?.compactMap { $0["geometry"] } == wanted)
        let lines = try await server.get("/exports/quartier.geojsonl?crs=\(uri)")
        let found = try lines.text.split(separator: "\n").map { try JSONParser.parse(Array($0.utf8))["geometry"] }
        #expect(found == wanted)
        let table = try await server.get("/exports/quartier.csv?crs=\(uri)")
        #expect(table.text.hasPrefix("id,x_2154,y_2154,"))
        for case .array(let position)? in wanted.filter({ $0["type"] == "Point" }).map({ $0["coordinates"] }) {
            let numbers = position.map(JSONWriter.text(of:)).joined(separator: ",")
            #expect(table.text.contains(",\(numbers),"), "\(numbers)")
        }
        for reply in [collection, lines, table] { #expect(reply.headers[name] == "<\(uri)>") }
        let plain = try await server.get("/exports/quartier.geojson")
        #expect(plain.headers[name]?.hasSuffix("CRS84>") == true)
        #expect(plain.headers[.eTag] != collection.headers[.eTag])
        #expect(collection.headers[.link]?.contains(".kml>") == true, "a format without systems is not asked for one")
        for format in ["kml", "gpx", "mbtiles", "pmtiles"] {
            let refused = try await server.get("/exports/quartier.\(format)?crs=\(uri)")
            #expect(refused.status == .badRequest && refused.text.contains("crs"), "\(format)")
        }
        let unknown = try await server.get("/exports/quartier.csv?crs=\(uri)4")
        #expect(unknown.status == .badRequest)
    }

    @Test("Northing comes second in a table, whatever the authority says", .server(try Sample.mixed()))
    func northingComesSecondInATable() async throws {
        let server = try Server.shared
        let lines = try await server.get("/exports/quartier.csv?crs=http://www.opengis.net/def/crs/EPSG/0/4326").text
        let plain = try await server.get("/exports/quartier.csv").text
        #expect(lines == plain.replacing("id,lon,lat", with: "id,x_4326,y_4326"))
    }

    @Test func anEmptyLayerIsAnEmptyFile() async throws {
        try await withServer { server async throws in
            #expect(try await server.features("/exports/quartier.geojson").isEmpty)
            #expect(try await server.get("/exports/quartier.geojsonl").bytes.isEmpty)
        }
    }
}
