import Foundation
import HTTPTypes

/// The scripts and style sheets of our own pages, and the map library beside them.
enum AssetRoutes {
    private static let ownTypes = ["css": MediaType.css, "js": MediaType.script, "svg": "image/svg+xml"]
    private static let mapLibrary = ["maplibre-gl.js": MediaType.script, "maplibre-gl.css": MediaType.css]

    /// `GET /assets/{file}`
    static func file(_ request: RouteRequest) throws -> Reply {
        let name = try request.capture("file")
        if let bytes = try? request.site.pages.asset(name),
            let mediaType = name.split(separator: ".").last.flatMap({ ownTypes[String($0)] })
        {
            return Reply(bytes, mediaType: mediaType)
        }
        if let file = request.site.theme[name] { return Reply(file.bytes, mediaType: file.mediaType) }
        guard let mediaType = mapLibrary[name], let folder = request.site.configuration.mapLibrePath,
            let data = FileManager.default.contents(atPath: "\(folder)/\(name)")
        else { throw WebError.noSuchPage }
        return Reply(Array(data), mediaType: mediaType)
    }

    /// `GET /favicon.ico`: browsers ask for it unbidden; our mark is an SVG.
    static func favicon(_ request: RouteRequest) throws -> Reply {
        Reply(try request.site.pages.asset("favicon.svg"), mediaType: "image/svg+xml")
    }
}
