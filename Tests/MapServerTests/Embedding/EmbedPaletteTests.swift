import Contributions
import Curation
import HTTPTypes
import HummingbirdTesting
import MapFormats
import Testing

@testable import MapServer

/// A partner's colours: what cannot be read is refused, and never shown.
@Suite struct EmbedPaletteTests {
    private func colours(_ texts: [EmbedLook.ColourName: String]) -> [EmbedLook.ColourName: Colour] {
        texts.compactMapValues(Colour.init)
    }

    @Test("Whatever is chosen, every word can be read on its ground, and every edge seen")
    func everythingIsLegible() throws {
        var seeded = SeededColours(seed: 20_261_122)
        print("seed 20261122")
        for _ in 0..<400 {
            let chosen = colours([.background: seeded.next(), .text: seeded.next(), .accent: seeded.next()])
            let sheet = try #require(EmbedPalette(chosen)).sheet
            let values = Dictionary(
                uniqueKeysWithValues: sheet.matches(of: /--([a-z-]+): (#[0-9a-f]{6});/).map {
                    (String($0.1), ThemeColour(String($0.2)))
                })
            let ground = try #require(values["card"] ?? nil)
            for name in ["ink", "soft", "link", "place", "memory", "encounter", "fault"] {
                let ratio = try #require(values[name] ?? nil).contrast(with: ground)
                #expect(ratio >= 4.5, "\(name) \(sheet)")
            }
            #expect(try #require(values["edge"] ?? nil).contrast(with: ground) >= 3)
        }
    }

    @Test("A ground of the partner's decides by itself whether it is day")
    func theGroundDecides() throws {
        #expect(try #require(EmbedPalette(colours([.background: "#10243a"]))).isDark)
        #expect(try !#require(EmbedPalette(colours([.background: "#f0e8d0"]))).isDark)
        #expect(try !#require(EmbedPalette(colours([.accent: "#0a6e4d"]))).isDark)
        #expect(EmbedPalette([:]) == nil)
    }

    @Test("Colours without contrast are refused with their ratio, where they stand")
    func contrastIsRequired() async throws {
        try await withFabrique { fabrique in
            let theatre = try await Theatre(fabrique)
            let pale = ##"{"colours":{"background":"#ffffff","text":"#999999","accent":"#dddd00"}}"##
            let refused = try await theatre.send(.put, "", pale, by: theatre.operator)
            #expect(refused.status == .unprocessableContent)
            #expect(try refused.pointers == ["/colours/text", "/colours/accent"])
            #expect(refused.text.contains("2,84 : 1") && refused.text.contains("4,5 : 1"))
            let dark = ##"{"colours":{"background":"#10243a","text":"#f4efe6","accent":"#ffb454"}}"##
            #expect(try await theatre.send(.put, "", dark, by: theatre.operator).status == .ok)
            let sheet = try await fabrique.server.get("/embed/fabrique/colours.css?embed=\(theatre.key)")
            #expect(sheet.mediaType == "text/css; charset=utf-8" && sheet.text.contains("--link: #ffb454;"))
            let page = try await fabrique.server.get("/embed/fabrique?embed=\(theatre.key)").text
            #expect(
                page.contains("<link rel=\"stylesheet\" href=\"/embed/fabrique/colours.css?embed=\(theatre.key)\">"))
            #expect(try await fabrique.server.get("/embed/fabrique/colours.css").text.isEmpty)
        }
    }
}

/// Colours by chance, the same each time.
private struct SeededColours {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> String {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let digits = String(state >> 40, radix: 16)
        return "#" + String(repeating: "0", count: 6 - digits.count) + digits
    }
}
