import MapFormats
import Testing

@testable import MapServer

@Suite struct ThemeTests {
    @Test("The contrast of two colours is that of WCAG")
    func contrastIsThatOfWCAG() throws {
        let table = [
            ("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#0000ff", "#ffffff", 8.59),
            ("#abcdef", "#abcdef", 1.0),
        ]
        for (one, other, ratio) in table {
            let (a, b) = (try #require(ThemeColour(one)), try #require(ThemeColour(other)))
            #expect(abs(a.contrast(with: b) - ratio) < 0.01 && a.contrast(with: b) == b.contrast(with: a))
        }
        for text in ["red", "#fff", "#12345g", "123456", "#1234567", "#+12345", "#1é345"] {
            #expect(ThemeColour(text) == nil)
        }
    }

    @Test("Our own colours can be read by day and by night, and are those of the style sheet")
    func ourOwnColoursCanBeRead() throws {
        let sheet = String(decoding: try Pages().asset("lieudit.css"), as: UTF8.self)
        for (light, colours) in [("day", ThemePalette.day), ("night", ThemePalette.night)] {
            _ = try ThemePalette(light, JSONObject(), over: colours)
            #expect(colours.count == 13)
            for (name, colour) in colours { #expect(sheet.contains("--\(name): \(colour);"), "\(light).\(name)") }
        }
    }
}
