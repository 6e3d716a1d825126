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

    @Test func anEmptyLayerIsAnEmptyFile() async throws {
        try await withServer { server async throws in
            #expect(try await server.features("/exports/quartier.geojson").isEmpty)
            #expect(try await server.get("/exports/quartier.geojsonl").bytes.isEmpty)
        }
    }
}
