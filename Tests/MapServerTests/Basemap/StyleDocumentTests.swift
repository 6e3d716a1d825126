import Foundation
import HTTPTypes
import HummingbirdTesting
import MapFormats
import TestSupport
import Testing

@testable import MapServer

/// One style for servers with and without a ground and letters.
@Suite struct StyleDocumentTests {
    private static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Styles").path

    @Test(
        "A style draws from the basemap and with letters where they are served, and leaves out what is not",
        arguments: ["lieudit", "lieudit-contraste", "lieudit-nuit"],
        [(true, true), (true, false), (false, true), (false, false)])
    func whatIsServed(name: String, having: (basemap: Bool, fonts: Bool)) async throws {
        try await withGround(basemap: having.basemap, fonts: having.fonts) { server in
            let style = try await server.json("/styles/\(name)?layer=quartier")
            let layers = try #require(style["layers"]?.array)
            let fromBasemap = layers.filter { $0["source"] == "basemap" }
            let withText = layers.filter { $0["layout"]?["text-field"] != nil }
            #expect((style["sources"]?["basemap"] != nil) == having.basemap)
            #expect(fromBasemap.isEmpty != having.basemap)
            #expect((style["glyphs"] != nil) == having.fonts)
            #expect(withText.isEmpty != having.fonts)
            #expect(layers.contains { $0["id"] == "clusters-core" } != having.fonts)
            let own = Set(layers.filter { $0["source"] == "lieudit" }.compactMap { $0["id"]?.text })
            #expect(own.isSuperset(of: ["cells-fill", "walks-touch", "clusters", "points-touch", "points"]))
            #expect(layers.first?["type"] == "background")
            // What a style leaves is drawn below the layer: the ground never hides what people gave.
            let places = layers.map { $0["source"]?.text }
            if having.basemap { #expect(places.lastIndex(of: "basemap") ?? 0 < places.firstIndex(of: "lieudit") ?? 0) }
        }
    }

    @Test(
        "Every font that a style asks for is one that the tool draws",
        arguments: ["lieudit", "lieudit-contraste", "lieudit-nuit"])
    func fontsAreDrawn(name: String) async throws {
        let tool = try String(contentsOfFile: Self.folder + "/../Tools/glyphs", encoding: .utf8)
        try await withGround(basemap: true, fonts: true) { server in
            for layer in try await server.json("/styles/\(name)")["layers"]?.array ?? [] {
                for font in layer["layout"]?["text-font"]?.array ?? [] {
                    #expect(tool.contains("    \"\(try #require(font.text))\": ("), "\(font)")
                }
                #expect(layer["layout"]?["text-field"] == nil || layer["layout"]?["text-font"] != nil)
            }
        }
    }

    @Test("What is no style is left as it is")
    func whatIsNoStyle() {
        #expect(StyleDocument("{") == nil && StyleDocument("[]") == nil)
        var odd = StyleDocument(#"{"layers":{"a":1},"sources":[1]}"#)
        odd?.dropText()
        odd?.dropSources(at: "x")
        #expect(odd.map { String(decoding: $0.bytes, as: UTF8.self) } == #"{"layers":{"a":1},"sources":[1]}"#)
    }

    private func withGround(
        basemap: Bool, fonts: Bool, _ body: @Sendable (Server) async throws -> Void
    ) async throws {
        try await SampleGround.inFolder { ground in
            var configuration = try MapServerConfiguration(port: 0, stylesPath: Self.folder).with(ground)
            if !basemap { configuration.basemap = nil }
            if !fonts { configuration.fontsPath = nil }
            try await withServer(try Sample.mixed(), configuration: configuration, body)
        }
    }
}
