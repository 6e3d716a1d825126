import Foundation
import HTTPTypes

/// Glyphs of the fonts that `Tools/glyphs` has drawn, 256 code points a file, as MapLibre asks for them.
enum FontRoutes {
    private static let mediaType = "application/x-protobuf"
    /// Fonts change with a package of the operating system, and with nobody's contribution.
    private static let keeping: HTTPFields = [.cacheControl: "public, max-age=86400"]

    /// `GET /fonts/{font}/{range}.pbf`: of several fonts, with commas between them, the first that there is
    static func glyphs(_ request: RouteRequest) throws -> Reply {
        let names = try request.capture("font").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        guard let folder = request.site.configuration.fontsPath, let range = GlyphRange(try request.capture("range")),
            let font = names.first(where: { isFont($0, in: folder) })
        else { throw WebError.noSuchPage }
        let bytes = FileManager.default.contents(atPath: "\(folder)/\(font)/\(range.text).pbf").map(Array.init)
        return Reply(bytes ?? range.withoutGlyphs(of: font), mediaType: mediaType, headers: keeping)
    }

    /// Whether a name is one of a folder of glyphs, and not a way out of it.
    private static func isFont(_ name: String, in folder: String) -> Bool {
        let isName = name.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: " "), UInt8(ascii: "-"): true
            default: false
            }
        }
        guard !name.isEmpty, isName else { return false }
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: "\(folder)/\(name)", isDirectory: &isFolder) && isFolder.boolValue
    }
}

/// 256 code points in a row, of the basic plane: all that map libraries draw from glyphs.
struct GlyphRange: Equatable {
    let text: String

    /// - Parameter text: such as `0-255` or `1536-1791`; nil for anything else.
    init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let first = UInt16(parts[0]), first % 256 == 0, text == "\(first)-\(first | 255)"
        else { return nil }
        self.text = text
    }

    /// A file of glyphs without one: a `fontstack` (field 1) with its name (field 1) and range (field 2).
    func withoutGlyphs(of font: String) -> [UInt8] {
        let stack = Self.field(1, Array(font.utf8)) + Self.field(2, Array(text.utf8))
        return Self.field(1, stack)
    }

    /// A field of a protocol buffer with bytes in it; their count as a varint.
    private static func field(_ number: UInt8, _ bytes: [UInt8]) -> [UInt8] {
        var length: [UInt8] = []
        var rest = bytes.count
        while rest > 0x7F {
            length.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        return [number << 3 | 2] + length + [UInt8(rest)] + bytes
    }
}
