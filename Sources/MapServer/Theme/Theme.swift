import Foundation
import MapFormats

/// How a venue's own pages look: its colours, its logo, and the picture that stands beside a shared link.
struct Theme: Sendable {
    struct File: Sendable {
        let name: String
        let mediaType: String
        let bytes: [UInt8]
    }

    private let files: [String: File]
    let logo: String?
    let picture: String?

    /// Nothing of its own.
    static let plain = Theme(files: [])

    private init(files: [File]) {
        self.files = Dictionary(uniqueKeysWithValues: files.map { ($0.name, $0) })
        logo = files.first { $0.name.hasPrefix("logo.") }?.name
        picture = files.first { $0.name.hasPrefix("picture.") }?.name
    }

    /// Reads a folder with `theme.json`, `logo.svg` or `logo.png`, and `picture.jpg` or `picture.png`; any may be absent.
    /// - Throws: `ThemeError`.
    init(folder: String?) throws(ThemeError) {
        guard let folder else {
            self = .plain
            return
        }
        var files = Self.images.compactMap { name, mediaType in
            FileManager.default.contents(atPath: "\(folder)/\(name)").map {
                File(name: name, mediaType: mediaType, bytes: Array($0))
            }
        }
        let path = "\(folder)/theme.json"
        if let data = FileManager.default.contents(atPath: path) {
            guard case .object(let document)? = try? JSONParser.parse(Array(data)) else { throw .unreadable(path) }
            files.append(
                File(name: "theme.css", mediaType: MediaType.css, bytes: Array(try Self.sheet(document, path).utf8)))
        }
        self.init(files: files)
    }

    private static let images = [
        ("logo.svg", "image/svg+xml"), ("logo.png", "image/png"), ("picture.jpg", "image/jpeg"),
        ("picture.png", "image/png"),
    ]

    private static func sheet(_ document: JSONObject, _ path: String) throws(ThemeError) -> String {
        func members(_ light: String) throws(ThemeError) -> JSONObject {
            guard let value = document[light] else { return JSONObject() }
            guard case .object(let members) = value else { throw .unreadable(path) }
            return members
        }
        for member in document.members where !["day", "night"].contains(member.name) { throw .unknownName(member.name) }
        let day = try ThemePalette("day", members("day"), over: ThemePalette.day)
        let night = try ThemePalette("night", members("night"), over: ThemePalette.night)
        return "@media screen { \(day.rule) }\n@media screen and (prefers-color-scheme: dark) { \(night.rule) }\n"
    }

    var hasColours: Bool { files["theme.css"] != nil }

    /// One of its files; nil when there is none of that name.
    subscript(name: String) -> File? { files[name] }
}
