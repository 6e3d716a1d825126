import Foundation
import HTTPTypes
import HummingbirdTesting
import MapFormats
import Testing

@testable import MapServer

/// The map styles that come with the service, as it serves them.
@Suite struct ShippedStyleTests {
    private static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Styles").path
    /// What MapLibre's reference (v8) has a layer draw without a source, and with one of vectors.
    private static let types: Set = ["background", "fill", "line", "circle"]

    @Test("S1 The list names each style as it names itself, and leads to it")
    func s1TheListNamesEachStyle() async throws {
        try await withShippedStyles { server in
            let list = try await server.json("/styles")
            #expect(list.link("self") == "/styles")
            let styles = try #require(list["styles"]?.array)
            #expect(styles.map { $0["id"] } == ["lieudit", "lieudit-contraste", "lieudit-nuit"])
            #expect(styles.map { $0["title"] } == ["Lieudit", "Lieudit, contrasté", "Lieudit, la nuit"])
            for style in styles {
                let link = try #require(style["links"]?.array?.first { $0["rel"] == "stylesheet" })
                #expect(link["type"] == "application/vnd.mapbox.style+json")
                let response = try await server.get(try #require(style.link("stylesheet")))
                #expect(response.status == .ok && response.mediaType == "application/vnd.mapbox.style+json")
                #expect(try JSONParser.parse(response.bytes)["name"] == style["title"])
            }
            #expect(try await server.get("/styles?f=xml").status == .badRequest)
        }
    }

    @Test("S1 A style is of version 8, and its layers draw what our TileJSON names")
    func s1LayersDrawWhatTileJSONNames() async throws {
        try await withShippedStyles { server in
            for name in ["lieudit", "lieudit-contraste", "lieudit-nuit"] {
                let style = try await server.json("/styles/\(name)?layer=quartier")
                #expect(style["version"] == 8)
                let sources = try #require(style["sources"]?.object?.members)
                var served: Set<String> = []
                for source in sources {
                    #expect(source.value["type"] == "vector" && source.value["promoteId"] == "id")
                    let address = try #require(source.value["url"]?.text)
                    let tiles = try await server.json(try #require(address.firstRange(of: "/xyz")).tail(of: address))
                    served.formUnion(tiles["vector_layers"]?.array?.compactMap { $0["id"]?.text } ?? [])
                }
                let layers = try #require(style["layers"]?.array)
                #expect(Set(layers.compactMap { $0["id"]?.text }).count == layers.count)
                for layer in layers {
                    let type = try #require(layer["type"]?.text)
                    #expect(Self.types.contains(type))
                    if type == "background" { continue }
                    #expect(sources.contains { $0.name == layer["source"]?.text })
                    #expect(served.contains(layer["source-layer"]?.text ?? ""))
                }
                #expect(
                    layers.contains { layer in
                        layer["filter"].map { JSONWriter.text(of: $0).contains(#"["has","point_count"]"#) } ?? false
                    })
            }
        }
    }

    private func withShippedStyles(_ body: @Sendable (Server) async throws -> Void) async throws {
        let configuration = MapServerConfiguration(port: 0, stylesPath: Self.folder)
        try await withServer(try Sample.mixed(), configuration: configuration, body)
    }
}

extension Range<String.Index> {
    /// What follows its beginning.
    fileprivate func tail(of text: String) -> String { String(text[lowerBound...]) }
}
